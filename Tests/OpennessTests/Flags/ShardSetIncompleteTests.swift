import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct ShardSetIncompleteTests {
    private let rule = ShardSetIncomplete()

    @Test func catchesWithoutAClaim() throws {
        let release = FlagContextBuilder().file("model.safetensors.index.json") {
            $0.findings = [Finding(.missingShard, .high, "b.safetensors is named by the index and not there")]
        }
        let found = try #require(rule.check(release.context))
        #expect(found.claim == nil)
        #expect(found.places == ["model.safetensors.index.json"])
        #expect(found.words == ["b.safetensors is named by the index and not there"])
    }

    @Test func leavesWholeSetsAlone() {
        #expect(rule.check(FlagContextBuilder().file("model.safetensors.index.json").context) == nil)
    }
}
