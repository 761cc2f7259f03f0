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
