import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct CommercialUseLimitedTests {
    private let rule = CommercialUseLimited()
    private let claim = "The model is free for commercial use."

    private func licence(_ clauses: [ClauseMatch], _ category: LicenceCategory = .unclear) -> JudgedLicence {
        .text(.unknown, category, fails: [.distributionOfLicence], clauses: clauses)
    }

    @Test func catchesClauses() throws {
        let clause = ClauseMatch.clause("registration-or-request", "You must apply for a commercial licence.")
        let release = FlagContextBuilder().claiming(.commercialOK, claim).under(licence([clause]))
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.quote == claim)
        #expect(found.places == ["LICENSE:7"])
        #expect(found.quotes == ["You must apply for a commercial licence."])
        #expect(found.words.first?.hasPrefix("registration-or-request: ") == true)
    }

    @Test func catchesKinds() throws {
        let release = FlagContextBuilder().claiming(.commercialOK, claim).under(licence([], .nonCommercial))
        let found = try #require(rule.check(release.context))
        #expect(found.places == ["LICENSE:1-20"])
        #expect(found.words == ["LicenseRef-unknown is for non-commercial use"])
    }

    @Test func limitsInTheSameSentenceAreHonest() {
        let clause = ClauseMatch.clause("registration-or-request", "You must apply for a commercial licence.")
        let release = FlagContextBuilder()
            .claiming(.commercialOK, "Free for commercial use after you register.").under(licence([clause]))
        #expect(rule.check(release.context) == nil)
    }

    @Test func leavesAlone() {
        let partial = ClauseMatch.clause("registration-or-request", "You may tell us.", .partial)
        #expect(
            rule.check(FlagContextBuilder().claiming(.commercialOK, claim).under(licence([partial])).context) == nil)
        #expect(rule.check(FlagContextBuilder().claiming(.commercialOK, claim).under(.text("MIT")).context) == nil)
        let ofCode = FlagContextBuilder().claiming(.commercialOK, claim, of: .code)
        #expect(rule.check(ofCode.under(licence([], .nonCommercial)).context) == nil)
    }
}
