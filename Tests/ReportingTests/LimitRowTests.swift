import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

/// The row of an approved licence that a sentence beside it limits says what fails.
@Suite struct LimitRowTests {
    @Test func whatFailsComesBeforeWhoApproved() {
        let words = Words(.en, rules: TestRules.shared)
        var licence = Samples.licence
        licence.isOSIApproved = true
        #expect(words.standing(licence) == "fails OSD 5, 6")
        licence.osd = Samples.open
        #expect(words.standing(licence) == "OSI-approved")
    }
}
