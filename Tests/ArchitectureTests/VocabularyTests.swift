import Foundation
import OpenscanTestSupport
import Testing

/// Words that a reviewer could argue with are data in Licenses/, never literals in Openness.
@Suite struct VocabularyTests {
    /// Code with comments taken out.
    static func code(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.trimmingCharacters(in: .whitespaces).hasPrefix("//") ? "" : String(line)
        }.joined(separator: "\n")
    }

    /// Lists of words, and words that text or names are compared with.
    static let patterns = [
        #"\[\s*"[^"\\]*[A-Za-z][^"\\]*"\s*,\s*"[^"\\]*""#,
        #"\.(holds|hasPrefix|contains|areIn|starts)\(\s*"[^"\\]*[A-Za-z][^"\\]*"\s*\)"#,
        #"Phrases\(\[\s*""#, #"NamePatterns\(\[\s*""#,
    ]

    @Test func opennessHoldsNoWordsToCompareWith() throws {
        let files = Repository.swiftFiles(below: "Sources/Openness")
        #expect(files.count > 40)
        for file in files {
            let text = Self.code(try String(contentsOf: file, encoding: .utf8))
            for pattern in Self.patterns {
                let found = text.range(of: pattern, options: .regularExpression)
                #expect(found == nil, "\(file.lastPathComponent): \(found.map { String(text[$0]) } ?? "")")
            }
        }
    }

    @Test func theTestCatchesALiteral() {
        for sample in [#"["model", "weight"]"#, #"name.hasPrefix("readme")"#, #"Phrases(["license"])"#] {
            #expect(Self.patterns.contains { sample.range(of: $0, options: .regularExpression) != nil })
        }
    }

    @Test func judgementTakesItsRulesAsAValue() throws {
        for module in ["Openness", "Reporting", "Scanning", "Cards", "SourceCode", "Licensing", "Rules"] {
            for file in Repository.swiftFiles(below: "Sources/\(module)") {
                let text = Self.code(try String(contentsOf: file, encoding: .utf8))
                let found = text.range(of: #"\.(shared|embedded)\b"#, options: .regularExpression)
                #expect(found == nil, "\(file.lastPathComponent) takes what is shared or embedded by itself")
            }
        }
    }
}
