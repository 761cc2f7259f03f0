import Testing

@testable import OpenscanOpenness

@Suite struct OpenInNameTests {
    private let rule = OpenInName()

    @Test(arguments: ["BigScience OpenRAIL-M", "NVIDIA Open Model License"])
    func catches(name: String) throws {
        let licence = JudgedLicence.text(
            "LicenseRef-x", name: name, .openRAIL, fails: [.noDiscriminationAgainstFields],
            clauses: [.clause("use-restriction-list", "You agree not to use the Model:", line: 90)])
        let found = try #require(rule.check(FlagContextBuilder().under(licence).context))
        #expect(found.claim?.place == "LICENSE:1-20")
        #expect(found.claim?.quote == nil)
        #expect(found.places == ["LICENSE:90"])
        #expect(found.quotes == ["You agree not to use the Model:"])
        #expect(found.words == ["the licence's name is \(name)", "LicenseRef-x fails OSD 6"])
    }

    @Test(arguments: [
        JudgedLicence.text("OSL-3.0", name: "Open Software License 3.0"),
        .text("LicenseRef-x", name: "OpenAI terms", fails: [.noDiscriminationAgainstFields]),
        .text("LicenseRef-x", name: "Community License", fails: [.noDiscriminationAgainstFields]),
        .text(.unknown, name: "Open", fails: [.noDiscriminationAgainstFields]),
    ])
    func leavesAlone(licence: JudgedLicence) { #expect(rule.check(FlagContextBuilder().under(licence).context) == nil) }
}
