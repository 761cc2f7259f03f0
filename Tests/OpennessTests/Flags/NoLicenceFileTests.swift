import Testing

@testable import OpenscanOpenness

@Suite struct NoLicenceFileTests {
    private let rule = NoLicenceFile()

    @Test func catches() throws {
        let found = try #require(rule.check(FlagContextBuilder().file("a").file("b").context))
        #expect(found.claim == nil)
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no file with a licence's text or notice among 2 files"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder().having(.licenceFile).context) == nil)
        #expect(rule.check(FlagContextBuilder().with { $0.subject = .notAModel }.context) == nil)
    }
}
