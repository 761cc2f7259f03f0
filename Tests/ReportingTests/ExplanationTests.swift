import OpenscanFacts
import OpenscanReporting
import OpenscanTestSupport
import Testing

@Suite struct ExplanationTests {
    private let explanation = Explanation(
        TestRules.shared, formats: [(id: "gguf", words: "GGUF, one file of weights")])

    @Test func everythingThatHasAnIdIsExplained() {
        let rules = TestRules.shared
        let ids =
            rules.flags.map(\.id.rawValue) + rules.clauses.all.map(\.id.rawValue) + ComponentID.allCases.map(\.rawValue)
            + rules.gradient.levels.map(\.id) + OSDCriterion.allCases.map { "osd-\($0.rawValue)" }
            + rules.frameworks.flatMap { [$0.id] + $0.criteria.map(\.id) } + ["osd", "mof", "gguf", "MIT", "mit"]
        for id in ids { #expect(explanation.of(id) != nil, "\(id)") }
        #expect(explanation.of("no-such-id") == nil)
        #expect(explanation.of("OW-01")?.hasPrefix("ow-01 (flag, high)") == true)
    }

    /// From a line of a report to its rule: the place is that of the id in Licenses/.
    @Test func everyRuleHasItsFileAndLine() throws {
        let rules = TestRules.shared
        let ids =
            rules.flags.map(\.id.rawValue) + rules.clauses.all.map(\.id.rawValue)
            + ComponentID.allCases.map(\.rawValue) + rules.gradient.levels.map(\.id)
            + rules.frameworks.flatMap { [$0.id] + $0.criteria.map(\.id) } + UseID.ofEveryPart.map(\.rawValue)
        for id in ids {
            let text = try #require(explanation.of(id), "\(id)")
            let place = try #require(text.split(separator: "\n").last?.split(separator: " ").last, "\(id)").split(
                separator: ":")
            let lines = try Repository.text(String(place[0])).split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines[try #require(Int(place[1])) - 1].contains(id), "\(id): \(text)")
        }
    }

    @Test func rowsOfTheGradientAndQuestionsOnUseAreExplained() {
        #expect(explanation.of("rule-13")?.contains("level weights-available") == true)
        #expect(explanation.of("commercial-use")?.contains("non-commercial") == true)
        #expect(explanation.of("use-in-uk") != nil)
        #expect(explanation.of("rule-0") == nil && explanation.of("rule-x") == nil)
    }

    @Test func explanationsSpeakChinese() {
        let rules = TestRules.shared
        let chinese = Explanation(rules, words: Words(.zh, rules: rules))
        let ids =
            rules.flags.map(\.id.rawValue) + rules.clauses.all.map(\.id.rawValue)
            + ComponentID.allCases.map(\.rawValue) + rules.gradient.levels.map(\.id) + ["rule-5", "osd-5", "MIT"]
        for id in ids {
            let first = chinese.of(id)?.split(separator: "\n").first ?? ""
            #expect(first.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }, "\(id): \(first)")
        }
        #expect(chinese.of("ow-03")?.contains("What clears it") == false)
    }

    @Test func aClauseSaysWhichCriteriaItFails() {
        #expect(explanation.of("mau-threshold")?.contains("fails the Open Source Definition on 5 (") == true)
        #expect(explanation.of("osd-5")?.contains("mau-threshold") == true)
    }

    @Test func everyListHasALineAnItem() {
        for kind in Explanation.Kind.allCases { #expect(!explanation.list(kind).isEmpty) }
        #expect(explanation.list(.levels).count == TestRules.shared.gradient.levels.count)
        #expect(explanation.list(.formats) == ["gguf".padding(34) + " GGUF, one file of weights"])
    }
}

extension String {
    fileprivate func padding(_ width: Int) -> String { self + String(repeating: " ", count: width - count) }
}
