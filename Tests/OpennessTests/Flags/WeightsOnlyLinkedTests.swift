import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct WeightsOnlyLinkedTests {
    private let rule = WeightsOnlyLinked()

    @Test func catches() throws {
        let link = Evidence(path: "README.md", lines: LineRange(6), quote: "huggingface.co/a/b")
        let found = try #require(rule.check(FlagContextBuilder().having(.weightsFinal, .linked, at: link).context))
        #expect(found.claim == nil)
        #expect(found.evidence == [link])
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder().having(.weightsFinal).context) == nil)
        #expect(
            rule.check(FlagContextBuilder().having(.weightsFinal, .linked).having(.weightsAdapter).context) == nil)
    }
}
