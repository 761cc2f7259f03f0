import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct WeightsWithoutLicenceTests {
    private let rule = WeightsWithoutLicence()

    @Test func catches() throws {
        let weights = Evidence(path: "model.safetensors")
        let found = try #require(rule.check(FlagContextBuilder().having(.weightsFinal, at: weights).context))
        #expect(found.claim == nil)
        #expect(found.evidence == [weights])
        #expect(found.words == ["no licence covers the weights"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder().having(.weightsFinal, .linked).context) == nil)
        #expect(rule.check(FlagContextBuilder().having(.weightsFinal).under(.text("MIT")).context) == nil)
    }
}
