import Foundation
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct WordsTests {
    private let rules = TestRules.shared
    private let chinese = Words(.zh, rules: TestRules.shared)

    @Test func partsAreFilledInAndStayAsTheyAre() {
        #expect(
            chinese("{0} (level {1} of 7), confidence {2}", "present", "5", "{0}") == "present（第 5 级，共 7 级），可信度{0}")
        #expect(chinese("no such words") == "no such words")
        #expect(Words.english("{0} files, {1}", "3", "{0}") == "3 files, {0}")
    }

    @Test func aSentenceIsTranslatedByItsFormAndItsPartsByTheirs() {
        let name: Wording = "free redistribution"
        let wording: Wording = "\("licence" as Wording) \("MIT") fails OSD \(1) (\(name))"
        #expect(chinese(wording) == "许可证 MIT 不符合开源定义第 1 条（自由再分发）")
        #expect(Words.english(wording) == "licence MIT fails OSD 1 (free redistribution)")
    }

    /// What reports name is in the catalogue: an entry that is missing would stay English.
    @Test func everyNameHasItsWords() {
        let names =
            rules.components.all.map(\.name) + rules.gradient.levels.map(\.name) + rules.flags.map(\.title)
            + rules.flags.map(\.remedy) + rules.changeFlags.flatMap { [$0.title, $0.remedy] }
            + rules.frameworks.map(\.name)
            + rules.frameworks.flatMap { $0.criteria.map(\.name) + $0.criteria.map(\.change) }
            + rules.frameworks.flatMap { [$0.verdicts.met, $0.verdicts.failed, $0.verdicts.open] }
            + rules.openness.definitions.map(\.name) + rules.clauses.groups + rules.definition.freedoms
            + OSDCriterion.allCases.map(rules.definition.name) + (0...3).map(rules.openness.className)
        for name in names where !name.isEmpty { #expect(chinese(name) != name, "\(name)") }
    }

    @Test func everyCaseHasItsWords() {
        let cases =
            Component.Status.allCases.map(\.rawValue) + Severity.allCases.map(\.rawValue)
            + Confidence.allCases.map(\.rawValue) + ArtefactStatus.allCases.map(\.rawValue)
            + ReleaseFacts.Kind.allCases.map(\.rawValue) + OtherLicence.Why.allCases.map(\.rawValue)
            + LicenceClass.allCases.map(\.rawValue) + LicenceCategory.allCases.map(\.rawValue)
            + OSDJudgement.Verdict.allCases.map(\.rawValue) + FrameworkResult.Status.allCases.map(\.rawValue)
            + Gradient.Subject.allCases.map(\.rawValue)
        for word in cases { #expect(chinese(word) != word, "\(word)") }
    }

    /// What reports quote of rules: what only a reader can see, what clauses mean, what travels with copies.
    @Test func everyReasonThatRulesGiveHasItsWords() {
        let roles: [ClauseRule.Role] = [.limitsCommercialUse, .limitsTerritory, .policyTerm]
        let clauses = rules.clauses.all.filter { !$0.fails.isEmpty || !$0.roles.isDisjoint(with: roles) }
        let notices = rules.models.models.filter { model in
            model.passesDown.contains { rules.clauses[$0]?.proof == .noticeFile }
        }
        let data = rules.models.datasets.filter { $0.isVerified && $0.commercial == .no && $0.licence == nil }
        let reasons =
            rules.frameworks.flatMap { $0.criteria.compactMap(\.unknown) } + clauses.map(\.meaning)
            + notices.compactMap(\.notice) + data.compactMap(\.terms) + rules.cards.territoryFields.values
            + rules.definition.kinds.values.flatMap { Array($0.fails.values) + Array($0.review.values) }
        #expect(clauses.count > 40 && notices.count > 20 && reasons.count > 120)
        for reason in Set(reasons) { #expect(chinese(reason) != reason, "\(reason)") }
    }

    /// What the answers on use say of clauses.
    @Test func everyAnswerOnUseHasItsWords() {
        let use = rules.use
        let said =
            use.answers.map(\.name) + use.clauses.map(\.says) + use.kinds.values.map(\.says)
            + use.conflicts.map(\.says) + use.fields.map(\.name) + use.territories.map(\.name)
            + ReleasePart.allCases.map(\.rawValue)
        #expect(said.count > 60)
        for words in said { #expect(chinese(words) != words, "\(words)") }
    }

    /// Reasons of the Open Source Definition are whole texts, without gaps: each kind of licence gives its own.
    @Test func everyReasonOfTheDefinitionHasItsWords() {
        let judge = OSDJudge(rules)
        var reasons = Set(judge.assess(nil, isModified: false, clauses: []).criteria.values.map(\.reason))
        for category in LicenceCategory.allCases {
            for isApproved in [false, true] {
                let record = LicenceRecord(id: "x", name: "X", category: category, isOSIApproved: isApproved)
                for isModified in [false, true] {
                    let judged = judge.assess(record, isModified: isModified, clauses: [])
                    reasons.formUnion(judged.criteria.values.map(\.reason))
                }
            }
        }
        #expect(reasons.count > 15)
        for reason in reasons { #expect(chinese(reason) != reason.description, "\(reason)") }
    }

    /// Every sentence that stands in the code of the judges, and every word that stands in one of them.
    @Test func everyFormOfTheJudgesHasItsWords() throws {
        // The reasons of the definition are no forms; the test above holds them.
        let literals = try SwiftLiterals.of("Sources/Openness").filter { $0.file != "OSDJudge.swift" }
        let said = literals.filter {
            $0.isSentence || $0.isNested || $0.line.contains("Reason(") || $0.line.contains("Wording")
        }
        #expect(said.count(where: \.hasWords) > 90)
        for literal in said where literal.hasWords {
            #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)")
        }
    }

    /// Every sentence that readers say of files.
    @Test func everyFormOfTheReadersHasItsWords() throws {
        let folders = ["Unpacking", "Artefacts", "Cards", "SourceCode", "Scanning"]
        let literals = try folders.flatMap { try SwiftLiterals.of("Sources/\($0)") }
        let saying: Set<String> = [
            "Finding", "find", "spoil", "malformed", "fail", "note", "part", "at", "limit", "notInspected", "Problem",
            "Wording",
        ]
        // What is wrong with a list written by hand goes to standard error.
        let said = literals.filter {
            $0.file != "ComponentListReader.swift" && $0.isSentence && !saying.isDisjoint(with: $0.calls.suffix(2))
        }
        #expect(said.count(where: \.hasWords) > 250)
        for literal in said where literal.hasWords {
            #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)")
        }
    }

    /// Sentences that are joined have the language's own sign between them.
    @Test func joinedSentencesHaveTheirSign() {
        for count in 2...8 {
            let form = Wording.joined(Array(repeating: "x", count: count), by: "; ").form
            #expect(chinese(form) != form, "\(form)")
        }
        // So many clauses are named against a criterion.
        for count in 2...6 {
            let form = Wording.joined(Array(repeating: "x", count: count), by: ", ").form
            #expect(chinese(form) != form, "\(form)")
        }
    }

    /// Every sentence in the code of the printers, and every word that they look up.
    @Test func everyFormOfThePrintersHasItsWords() throws {
        let folders = ["Text", "Markdown", "Yardsticks", "Licences", "Use"]
        let literals = try folders.flatMap { try SwiftLiterals.of("Sources/Reporting/\($0)") }
        let looksUp = ["words(", "title(", "subject(", "self(", "row(", "amount("]
        let said = literals.filter { literal in
            literal.isSentence || literal.line.contains("words(") || looksUp.contains(where: literal.lead.hasSuffix)
                || literal.lead.trimmingCharacters(in: .whitespaces).hasPrefix("case .")
        }
        #expect(said.count(where: \.hasWords) > 120)
        for literal in said where literal.hasWords {
            #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)")
        }
    }

    /// Every sentence of explanations.
    @Test func everyFormOfExplanationsHasItsWords() throws {
        let said = try SwiftLiterals.of("Sources/Reporting/Words").filter { $0.form.contains(#/[a-z]{2,} [a-z]{2,}/#) }
        #expect(said.count > 40)
        for literal in said { #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)") }
    }

    /// The same for pages, whose views have keys beside their words.
    @Test func everyFormOfPagesHasItsWords() throws {
        let looksUp = ["words(", "fact(", "row("]
        let said = try ["Review", "Difference", "Hosts", "Policy"].flatMap {
            try SwiftLiterals.of("Sources/Reporting/\($0)")
        }
        .filter {
            literal in
            looksUp.contains(where: literal.lead.hasSuffix)
                || literal.isSentence
                    && (literal.file == "RuleCards.swift" || literal.lead.allSatisfy(\.isWhitespace))
                    // Markup is no sentence: `name="{0}"`.
                    && !literal.form.contains("=\"")
        }
        #expect(said.count(where: \.hasWords) > 150)
        for literal in said where literal.hasWords {
            #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)")
        }
    }

    /// And for catalogues, where everything that is said is looked up.
    @Test func everyFormOfCataloguesHasItsWords() throws {
        let said = try SwiftLiterals.of("Sources/Catalogue").filter { $0.calls.last == "words" }
        #expect(said.count(where: \.hasWords) > 120)
        for literal in said where literal.hasWords {
            #expect(chinese(literal.form) != literal.form, "\(literal.file): \(literal.form)")
        }
    }

    /// Rules are told on pages.
    @Test func everyMeaningHasItsWords() {
        let meanings =
            rules.clauses.all.map(\.meaning) + rules.components.all.map(\.meaning)
            + rules.gradient.levels.map(\.meaning) + rules.components.all.map(\.group)
        let cases =
            Claim.Category.allCases.map(\.rawValue)
            + [
                "model", "code", "data", "other-model", "dependency", "claim", "negated", "promise", "mention", "kept",
                "accept", "reject", "override", "left to a person",
            ]
        // What code hosts show as the help of a rule.
        let findings = FindingID.allCases.map { rules.finding($0) ?? $0.rawValue }
        for words in meanings + cases + findings { #expect(chinese(words) != words, "\(words)") }
    }

    /// What the tests above rest on: a form is found as the compiler would make it, and comments are none.
    @Test func literalsOfCodeAreForms() {
        let code = #"""
            /// "no literal"
            let a: Wording = "\(b.map { "in \($0)" }) is \u{201C}\(c)\u{201D}" // "none"
            let d = parts.joined(separator: ", ")
            """#
        var literals = SwiftLiterals(code, file: "")
        #expect(literals.read().map(\.form) == ["in {0}", "{0} is \u{201C}{1}\u{201D}", ", "])
        #expect(literals.found.map(\.isNested) == [true, false, false])
        #expect(literals.found.map(\.isSentence) == [true, true, false])
    }
}

/// The string literals of Swift code, in the form that a wording of theirs has: `"no \(name) found"` is `no {0} found`.
private struct SwiftLiterals {
    struct Literal {
        let file: String
        let form: String
        /// The line on which it begins, and what stands on it before.
        let line: String
        let lead: String
        /// Whether it stands in a gap of another.
        let isNested: Bool
        /// Names of the calls around it, the innermost last.
        let calls: [String]

        /// Whether words stand in it beside its gaps.
        var hasWords: Bool { form.replacing(#/\{\d+\}/#, with: "").contains(where: \.isLetter) }
        var isSentence: Bool { form.trimmingCharacters(in: .whitespaces).contains(" ") }
    }

    let file: String
    private let code: [Character]
    private var place = 0
    private var calls: [String] = []
    private(set) var found: [Literal] = []

    init(_ code: String, file: String) {
        self.code = Array(code)
        self.file = file
    }

    /// Those of every file of a folder.
    static func of(_ folder: String) throws -> [Literal] {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: folder)
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)?.allObjects ?? []
        return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }.flatMap { file in
            var literals = SwiftLiterals(try String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
            return literals.read()
        }
    }

    mutating func read() -> [Literal] {
        skim(isGap: false)
        return found
    }

    private func stands(_ sign: String) -> Bool { code[place...].starts(with: sign) }

    /// Code up to its end, or up to the parenthesis that closes a gap.
    private mutating func skim(isGap: Bool) {
        var depth = 0
        while place < code.count {
            if stands("//") {
                place = code[place...].firstIndex(where: \.isNewline) ?? code.count
            } else if code[place] == "\"" {
                literal(isNested: isGap)
            } else {
                if code[place] == "(" {
                    depth += 1
                    calls.append(String(code[..<place].reversed().prefix { $0.isLetter || $0.isNumber }.reversed()))
                }
                if code[place] == ")" {
                    depth -= 1
                    if depth >= 0 { _ = calls.popLast() }
                }
                place += 1
                if isGap, depth < 0 { return }
            }
        }
    }

    private mutating func literal(isNested: Bool) {
        let start = place
        var form = ""
        var gaps = 0
        place += 1
        while place < code.count, code[place] != "\"" {
            if stands("\\(") {
                place += 2
                skim(isGap: true)
                form += "{\(gaps)}"
                gaps += 1
            } else if stands("\\u{") {
                let digits = code[(place + 3)...].prefix { $0 != "}" }
                place += digits.count + 4
                form += UInt32(String(digits), radix: 16).flatMap(Unicode.Scalar.init).map(String.init) ?? ""
            } else {
                if code[place] == "\\" { place += 1 }
                form.append(code[place])
                place += 1
            }
        }
        place += 1
        let lead = code[..<start].reversed().prefix { !$0.isNewline }.reversed()
        let line = lead + code[start...].prefix { !$0.isNewline }
        found.append(
            Literal(
                file: file, form: form, line: String(line), lead: String(lead), isNested: isNested,
                calls: calls))
    }
}
