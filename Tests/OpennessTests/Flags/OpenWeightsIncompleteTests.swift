import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct OpenWeightsIncompleteTests {
    private let rule = OpenWeightsIncomplete()

    private func lacking(_ release: FlagContextBuilder) -> FlagContextBuilder {
        release.file("model.safetensors.index.json") {
            $0.findings = [
                Finding(.missingShard, .high, "b.safetensors is named by the index and not there"),
                Finding(.extraShard, .low, "c.safetensors looks like a shard"),
            ]
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(lacking(.openModel).context))
        #expect(found.claim?.quote == "Our model is open source.")
        #expect(found.places == ["model.safetensors.index.json"])
        #expect(found.quotes.isEmpty)
        #expect(found.words == ["b.safetensors is named by the index and not there"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(lacking(FlagContextBuilder()).context) == nil)
        let pointers = FlagContextBuilder.openModel.file("model.safetensors") {
            $0.artefact = ArtefactFacts(format: "safetensors", status: .pointer)
        }
        #expect(rule.check(pointers.context) == nil)
    }
}
