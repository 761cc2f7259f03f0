import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// Parameters of a release that holds its model more than once, or in parts.
@Suite struct ModelSizeTests {
    private func size(
        _ files: [(path: String, format: FormatID, parameters: Int)],
        with change: (inout ArtefactFacts) -> Void = { _ in }
    ) -> Int? {
        let release = files.reduce(ReleaseBuilder()) { release, file in
            release.artefact(file.path, .weights, file.format, 100) {
                $0.parameters = file.parameters
                $0.tensors = 1
                change(&$0)
            }
        }
        return ModelSize(release.release.files, TestRules.shared.components.weights).parameters
    }

    @Test func partsAreAddedUp() {
        #expect(size([("m-00001-of-00002.gguf", "gguf", 40), ("m-00002-of-00002.gguf", "gguf", 60)]) == 100)
        #expect(size([("consolidated.00.pth", "torch-zip", 50), ("consolidated.01.pth", "torch-zip", 50)]) == 100)
        #expect(size([("unet/a.safetensors", "safetensors", 50), ("vae/a.safetensors", "safetensors", 50)]) == 100)
    }

    @Test func copiesAreCountedOnce() {
        #expect(size([("m-Q4_K_M.gguf", "gguf", 100), ("m-Q8_0.gguf", "gguf", 100)]) == 100)
        #expect(
            size([("model.fp16.safetensors", "safetensors", 100), ("model.safetensors", "safetensors", 100)]) == 100)
        #expect(
            size([
                ("model-00001-of-00002.safetensors", "safetensors", 40),
                ("model-00002-of-00002.safetensors", "safetensors", 60),
                ("consolidated.safetensors", "safetensors", 101),
            ]) == 100)
        #expect(size([("a.safetensors", "safetensors", 100), ("b.safetensors", "safetensors", 30)]) == 130)
        #expect(
            size([("a.safetensors", "safetensors", 100), ("b.safetensors", "safetensors", 30)]) {
                $0.tensorNames = [1, 2, 3]
            }
                == 100)
    }

    @Test func whatGoesWithAModelIsNoneOfIt() {
        #expect(size([("mmproj-F16.gguf", "gguf", 100)]) { $0.metadata["general.architecture"] = "clip" } == nil)
        #expect(size([("style.safetensors", "safetensors", 100)]) { $0.isAdapter = true } == nil)
    }
}
