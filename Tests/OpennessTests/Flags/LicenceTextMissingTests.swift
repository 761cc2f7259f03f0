import Testing

@testable import OpenscanOpenness

@Suite struct LicenceTextMissingTests {
    private let rule = LicenceTextMissing()

    @Test(arguments: [
        FlagContextBuilder().declaring("apache-2.0", "Apache-2.0"), FlagContextBuilder().declaring("other"),
        FlagContextBuilder().declaring("apache-2.0", "Apache-2.0").under(.text("MIT")),
        // A path that leads nowhere.
        FlagContextBuilder().declaring("other").card([("license_link", ["LICENSE"])]),
    ])
    func catches(release: FlagContextBuilder) throws {
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:2")
        #expect(found.claim?.quote?.hasPrefix("license: ") == true)
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no file carries the text"])
    }

    @Test(arguments: [
        FlagContextBuilder(), FlagContextBuilder().declaring("gpl"),
        FlagContextBuilder().declaring("gpl-3.0", "GPL-3.0-only").under(.text("GPL-3.0-or-later")),
        FlagContextBuilder().declaring("apache-2.0", "Apache-2.0").having(.licenceFile),
        FlagContextBuilder().declaring("other").under(.text("MIT")),
        // An address may or may not resolve: files cannot tell.
        FlagContextBuilder().declaring("other").card([("license_link", ["https://example.org/terms"])]),
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }
}
