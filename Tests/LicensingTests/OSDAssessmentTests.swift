import Testing

@testable import Licensing

@Suite struct OSDAssessmentTests {
    @Test func knownLicencesHaveTheirVerdict() throws {
        let index = LicenceIndex.embedded
        #expect(OSDAssessment.of(index.record(id: "MIT"), isModified: false, clauses: []).verdict == .pass)
        #expect(OSDAssessment.of(index.record(id: "CC-BY-NC-4.0"), isModified: false, clauses: []).failed == [1, 6])
        #expect(
            OSDAssessment.of(index.record(id: "LicenseRef-llama-2"), isModified: false, clauses: []).failed == [5, 6])
        #expect(OSDAssessment.of(nil, isModified: false, clauses: []).verdict == .review)
        #expect(OSDAssessment.of(index.record(id: "MIT"), isModified: true, clauses: []).verdict == .review)
    }

    @Test func aDutyToDisplayClosesNoField() {
        let duty = ClauseEngine.shared.find(
            in:
                "If it makes more than 20 million US dollars in monthly revenue, you shall prominently display “X1” on it.",
            path: "LICENSE")
        #expect(OSDAssessment.of(nil, isModified: false, clauses: duty).failed == [5])
        let end = ClauseEngine.shared.find(
            in: "If your annual revenue exceeds USD 1 million, you must request a license.", path: "LICENSE")
        #expect(OSDAssessment.of(nil, isModified: false, clauses: end).failed == [5, 6])
    }
}
