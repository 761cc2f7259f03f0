import Testing

@testable import Licensing

@Suite struct ClauseTests {
    private func clauses(_ text: String) -> [String] {
        scan(
            text
                + "\nYou must not do anything else, and you shall agree that no warranty is granted by us here in these terms of use."
        ).clauses.map(\.id)
    }

    @Test(arguments: [
        ("You may not use the Materials for any commercial purpose.", "non-commercial"),
        ("The Model may be used for research purposes only.", "research-only"),
        ("If you have more than 700 million monthly active users, you must request a license.", "mau-threshold"),
        ("You will not use the output to improve any other large language model.", "no-training-other-models"),
        ("You must indemnify and hold harmless the licensor.", "indemnity"),
        ("This Agreement is governed by the laws of California.", "governing-law"),
        ("This license does not apply in the European Union.", "territorial-exclusion"),
    ])
    func eachKindOfTermIsFound(text: String, id: String) { #expect(clauses(text).contains(id), "\(clauses(text))") }

    @Test func everyRuleIsWellFormed() {
        #expect(Clause.all.count >= 100)
        #expect(Set(Clause.all.map(\.id)).count == Clause.all.count)
        // Some are told by a licence's record alone; most have words of their own.
        #expect(Clause.all.count { !$0.patterns.isEmpty } >= 89)
        for clause in Clause.all {
            #expect(
                clause.fails.allSatisfy { (1...10).contains($0) } && clause.concern.allSatisfy { (1...10).contains($0) }
            )
            #expect(
                clause.patterns.allSatisfy { !$0.firstWords.isEmpty }, "\(clause.id) has a pattern that can never match"
            )
        }
    }
}
