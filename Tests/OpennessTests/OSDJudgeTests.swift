import OpenscanFacts
import OpenscanLicensing
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct OSDJudgeTests {
    private let judge = OSDJudge(TestRules.shared)

    private func assess(_ id: LicenceID?, isModified: Bool = false, clauses: [ClauseMatch] = []) -> OSDAssessment {
        judge.assess(id.flatMap(TestRules.shared.licences.record), isModified: isModified, clauses: clauses)
    }

    private func clauses(_ text: String) -> [ClauseMatch] {
        ClauseEngine(TestRules.shared.clauses).find(in: text, path: "LICENSE")
    }

    @Test func knownLicencesHaveTheirVerdict() {
        #expect(assess("MIT").verdict == .pass)
        #expect(assess("CC-BY-NC-4.0").failed == [.freeRedistribution, .noDiscriminationAgainstFields])
        #expect(
            assess("LicenseRef-llama-2").failed
                == [.noDiscriminationAgainstPersons, .noDiscriminationAgainstFields])
        #expect(assess(nil).verdict == .review)
        #expect(assess("MIT", isModified: true).verdict == .review)
    }

    @Test func aDutyToDisplayClosesNoField() {
        let duty = clauses(
            "If it makes more than 20 million US dollars in monthly revenue, you shall prominently display “X1” on it."
        )
        #expect(assess(nil, clauses: duty).failed == [.noDiscriminationAgainstPersons])
        let end = clauses("If your annual revenue exceeds USD 1 million, you must request a license.")
        #expect(
            assess(nil, clauses: end).failed == [.noDiscriminationAgainstPersons, .noDiscriminationAgainstFields])
    }

    @Test func anAddedLimitMakesAStandardTextFail() {
        let added = clauses("You may not use the Software for any commercial purpose.")
        #expect(!assess("MIT", isModified: true, clauses: added).failed.isEmpty)
    }

    @Test func exportLawNamesPeopleOnlyWhereItBarsThem() {
        let ban = ClauseMatch(
            id: "export-control", status: .present, evidence: Evidence(path: "x"), parameters: ["level": "party-ban"])
        var covenant = ban
        covenant.parameters = ["level": "covenant"]
        #expect(assess(nil, clauses: [ban]).failed == [.noDiscriminationAgainstPersons])
        #expect(assess(nil, clauses: [covenant]).failed.isEmpty)
    }
}
