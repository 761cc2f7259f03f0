import Testing

@testable import OpenscanOpenness

@Suite struct LicenceForResearchOnlyTests {
    private let rule = LicenceForResearchOnly()

    @Test func catchesByKind() throws {
        let licence = JudgedLicence.text(
            "CC-BY-NC-4.0", .nonCommercial, fails: [.freeRedistribution, .noDiscriminationAgainstFields])
        let found = try #require(rule.check(FlagContextBuilder.openModel.under(licence).context))
        #expect(found.claim?.quote == "Our model is open source.")
        #expect(found.places == ["LICENSE:1-20"])
        #expect(found.words == ["CC-BY-NC-4.0 fails OSD 1, 6"])
    }

    @Test func catchesUnknownTextsByTheirClauses() throws {
        let licence = JudgedLicence.text(
            .unknown, .unclear, fails: [.noDiscriminationAgainstFields],
            clauses: [.clause("research-only", "for research purposes only")])
        let found = try #require(rule.check(FlagContextBuilder.openModel.under(licence).context))
        #expect(found.quotes == ["for research purposes only"])
    }

    @Test func leavesLicencesOfDataAlone() {
        let data = JudgedLicence.text(
            "CC-BY-NC-4.0", .nonCommercial, fails: [.noDiscriminationAgainstFields], covers: [.dataset])
        let release = FlagContextBuilder.openModel.under(data).under(.text("MIT"))
        #expect(rule.check(release.context) == nil)
    }
}
