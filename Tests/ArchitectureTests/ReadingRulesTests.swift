import Foundation
import OpenscanTestSupport
import Testing

@testable import OpenscanRules

/// Facts are judged anew as long as the rules by which they were read stay: so readers may go by no other rules than those of
/// which the digest is taken.
@Suite struct ReadingRulesTests {
    /// What of a rule set comes from which document, where the names differ.
    private static let documents = ["licenceWords": "licence-words", "licences": "aliases"]
    /// Of a rule set, what judges ask for.
    private static let judging: Set<String> = [
        "components", "flags", "changeFlags", "gradient", "definition", "frameworks",
        "openness", "clauseRecords",
    ]

    @Test func readersGoByTheRulesOfTheDigest() throws {
        var asked = Set<String>()
        for folder in ["Licensing", "Cards", "SourceCode", "Artefacts"] {
            for file in Repository.swiftFiles(below: "Sources/" + folder) {
                let text = try String(contentsOf: file, encoding: .utf8)
                // A reader is handed the set as `rules: RuleSet`, or `_ rules: RuleSet`.
                guard text.contains("RuleSet") else { continue }
                // The names of territories are part of the digest.
                let parts = text.replacingOccurrences(of: "rules.use.territoryWords", with: "")
                #expect(!parts.contains("rules.use."), "\(file.lastPathComponent)")
                for part in parts.components(separatedBy: "rules.").dropFirst() {
                    asked.insert(String(part.prefix { $0.isLetter }))
                }
            }
        }
        #expect(asked.contains("claims") && asked.contains("languages"))
        #expect(asked.isDisjoint(with: Self.judging), "\(asked.intersection(Self.judging))")
        for name in asked
        where [
            "claims", "cards", "links", "lineage", "models", "roles", "places", "clauses", "disclosures", "languages",
            "licenceWords",
            "licences",
        ].contains(name) {
            #expect(RuleSet.reading.contains(Self.documents[name] ?? name), "\(name)")
        }
    }
}
