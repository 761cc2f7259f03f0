import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking
import Testing

@testable import OpenscanArtefacts

@Suite struct TextAsWeightsTests {
    private func facts(_ text: String, as name: String) throws -> ArtefactFacts? {
        try readArtefact(MemoryBytes(Array(text.utf8)), name: name)
    }

    @Test(arguments: [
        "<!DOCTYPE html><html><head><title>Sign in</title></head></html>",
        "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", "{\"error\":\"gone\"}", "Nothing here.\n",
        "Доступ закрыт, войдите в систему.\n",
    ])
    func noTextIsWeights(text: String) throws {
        for name in [
            "model.safetensors", "model.gguf", "pytorch_model.bin", "a.pt", "b.ckpt", "c.onnx", "w.npz", "w.h5",
        ] {
            let found = try #require(try facts(text, as: name), "\(name)")
            #expect(found.status == .malformed, "\(name)")
            #expect(found.kind == .weights)
            #expect(!found.holdsWeights)
            let beginning = text.prefix(12)
            #expect(found.findings.contains { $0.detail.description.contains(beginning) }, "\(name)")
        }
    }

    /// Formats of text keep their names.
    @Test func textsThatMayBeModelsStay() throws {
        #expect(try facts("svm_type c_svc\nkernel_type rbf\n", as: "a.model")?.status != .malformed)
        #expect(try facts("plain words\n", as: "notes.txt") == nil)
        #expect(try facts("tree\nversion=v3\nnum_class=1\n", as: "a.bin")?.format == "lightgbm")
    }
}
