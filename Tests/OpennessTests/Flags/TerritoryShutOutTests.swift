import Testing

@testable import OpenscanOpenness

@Suite struct TerritoryShutOutTests {
    private let rule = TerritoryShutOut()

    @Test func catchesTheField() throws {
        let release = FlagContextBuilder.openModel.card([("extra_gated_eu_disallowed", ["true"])])
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.quote == "Our model is open source.")
        #expect(found.places == ["README.md:2"])
        #expect(found.quotes == ["extra_gated_eu_disallowed: true"])
        #expect(found.words == ["a field of the card shuts out the European Union"])
    }

    @Test func catchesTheClause() throws {
        let licence = JudgedLicence.text(
            "LicenseRef-x", clauses: [.clause("territorial-exclusion", "not granted to you in the European Union")])
        let found = try #require(rule.check(FlagContextBuilder.openModel.under(licence).context))
        #expect(found.places == ["LICENSE:7"])
        #expect(found.quotes == ["not granted to you in the European Union"])
        #expect(found.words.first?.hasPrefix("territorial-exclusion: ") == true)
    }

    @Test func exportLawIsNoBar() {
        let licence = JudgedLicence.text(
            "LicenseRef-x", clauses: [.clause("export-control", "comply with export laws")])
        #expect(rule.check(FlagContextBuilder.openModel.under(licence).context) == nil)
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder().card([("extra_gated_eu_disallowed", ["true"])]).context) == nil)
        let off = FlagContextBuilder.openModel.card([("extra_gated_eu_disallowed", ["false"])])
        #expect(rule.check(off.context) == nil)
    }
}
