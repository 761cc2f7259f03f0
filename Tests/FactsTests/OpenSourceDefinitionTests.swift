import OpenscanFacts
import Testing

@Suite struct OpenSourceDefinitionTests {
    func assessment(_ verdicts: [OSDCriterion: OSDJudgement.Verdict]) -> OSDAssessment {
        OSDAssessment(verdicts.mapValues { OSDJudgement(verdict: $0, reason: Wording($0.rawValue)) })
    }

    @Test func theWeakestVerdictOfEachCriterionCounts() {
        let first = assessment([.freeRedistribution: .pass, .derivedWorks: .review])
        let second = assessment([.freeRedistribution: .fail, .derivedWorks: .pass])
        let both = OSDAssessment.weakest([first, second])
        #expect(both.criteria[.freeRedistribution]?.verdict == .fail)
        #expect(both.criteria[.derivedWorks]?.verdict == .review)
        #expect(both.failed == [.freeRedistribution])
        #expect(both.verdict == .fail)
    }

    @Test func withoutALicenceNothingIsOpen() {
        #expect(!OSDAssessment().isOpen)
        #expect(OSDAssessment.weakest([]).isEmpty)
    }

    @Test func oneReviewIsNotOpen() {
        #expect(!assessment([.freeRedistribution: .pass, .derivedWorks: .review]).isOpen)
        #expect(assessment([.freeRedistribution: .pass]).isOpen)
    }
}
