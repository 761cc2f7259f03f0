import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct LicenceShutsOutUsersTests {
    private let rule = LicenceShutsOutUsers()
    private let threshold = ClauseMatch.clause(
        "mau-threshold", "greater than 700 million monthly active users", line: 40)

    @Test func catches() throws {
        let licence = JudgedLicence.text(
            "LicenseRef-llama-3", .llamaStyle, fails: [.noDiscriminationAgainstPersons], clauses: [threshold])
        let found = try #require(rule.check(FlagContextBuilder.openModel.under(licence).context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.places == ["LICENSE:1-20", "LICENSE:40"])
        #expect(found.words.first == "LicenseRef-llama-3 fails OSD 5")
        #expect(found.words.last?.hasPrefix("mau-threshold: ") == true)
    }

    @Test func leavesResearchLicencesToTheirFlag() {
        let licence = JudgedLicence.text(
            .unknown, .unclear, fails: [.noDiscriminationAgainstPersons],
            clauses: [threshold, .clause("non-commercial", "non-commercial use only")])
        #expect(rule.check(FlagContextBuilder.openModel.under(licence).context) == nil)
    }

    @Test func leavesHonestWordsAlone() {
        let licence = JudgedLicence.text(
            "LicenseRef-llama-3", .llamaStyle, fails: [.noDiscriminationAgainstPersons], clauses: [threshold])
        let release = FlagContextBuilder().having(.weightsFinal).claiming(.openWeights, "We release open weights.")
        #expect(rule.check(release.under(licence).context) == nil)
    }

    /// No licence raises two of the three.
    @Test(arguments: [LicenceCategory.openRAIL, .llamaStyle, .nonCommercial, .researchOnly, .noDerivatives])
    func oneFlagALicence(category: LicenceCategory) {
        let licence = JudgedLicence.text("LicenseRef-x", category, fails: [.noDiscriminationAgainstFields])
        let context = FlagContextBuilder.openModel.under(licence).context
        let rules: [any FlagRule] = [LicenceLimitsUse(), LicenceForResearchOnly(), LicenceShutsOutUsers()]
        #expect(rules.filter { $0.check(context) != nil }.count == 1)
    }
}
