import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct PickleWeightsTests {
    private let rule = PickleWeights()

    private func release(_ id: FindingID, area: FilePlace.Area = .main) -> FlagContextBuilder {
        FlagContextBuilder().file("model.bin", area: area) {
            $0.artefact = ArtefactFacts(format: "torch-zip", status: .ok)
            $0.artefact?.kind = .weights
            $0.artefact?.findings = [Finding(id, .info, "a pickle")]
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(release(.picklePresent).context))
        #expect(found.claim == nil)
        #expect(found.evidence == [Evidence(path: "model.bin")])
        #expect(found.words == ["format torch-zip"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(release(.legacyGGML).context) == nil)
        #expect(rule.check(release(.picklePresent, area: .test).context) == nil)
        let names = FlagContextBuilder().file("genes.npy") {
            $0.artefact = ArtefactFacts(format: "npy", status: .ok)
            $0.artefact?.kind = .weights
            $0.artefact?.findings = [Finding(.picklePresent, .info, "a pickle")]
        }
        #expect(rule.check(names.context) == nil, "an array of which nothing says that it is weights")
    }
}
