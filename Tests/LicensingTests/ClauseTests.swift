import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

@Suite struct ClauseTests {
    private func clauses(_ text: String) -> [ClauseID] {
        scan(
            text
                + "\nYou must not do anything else, and you shall agree that no warranty is granted by us here in these terms of use."
        ).clauses.map(\.id)
    }

    @Test(arguments: [
        ("You may not use the Materials for any commercial purpose.", ClauseID("non-commercial")),
        ("The Model may be used for research purposes only.", "research-only"),
        ("If you have more than 700 million monthly active users, you must request a license.", "mau-threshold"),
        ("You will not use the output to improve any other large language model.", "no-training-other-models"),
        ("You must indemnify and hold harmless the licensor.", "indemnity"),
        ("This Agreement is governed by the laws of California.", "governing-law"),
        ("This license does not apply in the European Union.", "territorial-exclusion"),
    ])
    func eachKindOfTermIsFound(text: String, id: ClauseID) { #expect(clauses(text).contains(id), "\(clauses(text))") }

    @Test func everyRuleCanMatch() {
        let all = TestRules.shared.clauses.all
        #expect(all.count >= 100)
        #expect(Set(all.map(\.id)).count == all.count)
        // Some are told by a licence's record alone; most have words of their own.
        #expect(all.count { !$0.patterns.isEmpty } >= 89)
        for rule in all {
            let patterns = (rule.patterns + rule.partial).map(PhrasePattern.init)
            #expect(patterns.allSatisfy { !$0.firstWords.isEmpty }, "\(rule.id) has a pattern that can never match")
        }
    }
}
