import Testing

@testable import OpenscanOpenness

@Suite struct LicenceLimitsUseTests {
    private let rule = LicenceLimitsUse()
    private let rail = JudgedLicence.text(
        "LicenseRef-bigscience-openrail-m", .openRAIL, fails: [.noDiscriminationAgainstFields],
        clauses: [
            .clause("use-restriction-list", "You agree not to use the Model:", line: 90),
            .clause("grant-use", "a licence to use", line: 12),
        ])

    @Test func catches() throws {
        let found = try #require(rule.check(FlagContextBuilder.openModel.under(rail).context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.claim?.quote == "Our model is open source.")
        #expect(found.places == ["LICENSE:1-20", "LICENSE:90"])
        #expect(found.quotes == ["You agree not to use the Model:"])
        #expect(found.words.first == "LicenseRef-bigscience-openrail-m fails OSD 6")
        #expect(found.words.last?.hasPrefix("use-restriction-list: ") == true)
        #expect(found.reasons.first?.words.form == "{0} fails OSD {1}")
    }

    @Test(arguments: [
        FlagContextBuilder().having(.weightsFinal).claiming(.openSource, "The code is open source.", of: .code),
        FlagContextBuilder().having(.weightsFinal).claiming(.openSource, "Open source models", of: .otherModel),
        FlagContextBuilder().having(.weightsFinal).claiming(.openSource, "This is not open source.", .negated),
        FlagContextBuilder().having(.weightsFinal).claiming(.openSource, "We openly release the model."),
        FlagContextBuilder().claiming(.openSource, "Our model is open source."),
    ])
    func leavesOthersAlone(release: FlagContextBuilder) { #expect(rule.check(release.under(rail).context) == nil) }

    @Test func aListOfUsesBesideAThresholdCountsByItself() {
        let both = JudgedLicence.text(
            "LicenseRef-llama-3", .llamaStyle,
            fails: [.noDiscriminationAgainstPersons, .noDiscriminationAgainstFields],
            clauses: [
                .clause("mau-threshold", "700 million monthly users", line: 66),
                .clause("use-restriction-list", "You agree not to use it for:", line: 90),
            ])
        #expect(rule.check(FlagContextBuilder.openModel.under(both).context) != nil)
        let threshold = JudgedLicence.text(
            "LicenseRef-llama-3", .llamaStyle, fails: [.noDiscriminationAgainstPersons],
            clauses: [.clause("mau-threshold", "700 million monthly users", line: 66)])
        #expect(rule.check(FlagContextBuilder.openModel.under(threshold).context) == nil)
    }

    @Test func otherLimitsHaveFlagsOfTheirOwn() {
        let llama = JudgedLicence.text("LicenseRef-llama-2", .llamaStyle, fails: [.noDiscriminationAgainstPersons])
        #expect(rule.check(FlagContextBuilder.openModel.under(llama).context) == nil)
        #expect(rule.check(FlagContextBuilder.openModel.under(.text("Apache-2.0")).context) == nil)
    }
}
