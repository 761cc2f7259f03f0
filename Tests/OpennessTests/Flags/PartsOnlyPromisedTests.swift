import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct PartsOnlyPromisedTests {
    private let rule = PartsOnlyPromised()
    private let promise = Evidence(path: "README.md", lines: LineRange(12), quote: "Training code coming soon.")

    @Test func catches() throws {
        let release = FlagContextBuilder.openModel.having(.trainingCode, .promised, at: promise)
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.evidence == [promise])
        #expect(found.words == ["training-code is only promised"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder.openModel.context) == nil)
        #expect(rule.check(FlagContextBuilder().having(.trainingCode, .promised, at: promise).context) == nil)
    }
}
