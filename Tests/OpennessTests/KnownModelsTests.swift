import Testing

@testable import Openness

@Suite struct KnownModelsTests {
    @Test(arguments: [
        ("meta-llama/Llama-2-7b-chat-hf", "llama-2"), ("https://huggingface.co/meta-llama/Llama-3.1-8B", "llama-3.1"),
        ("TheBloke/Llama-2-13B-GGUF", "llama-2"), ("Qwen/Qwen2.5-3B-Instruct", "qwen-2.5-3b"),
        ("Qwen/Qwen2.5-7B", "qwen-2.5"), ("Qwen/Qwen2.5-72B-Instruct", "qwen-2.5-72b"),
        ("mistralai/Mistral-7B-v0.1", "mistral-7b"), ("unsloth/Llama-3.2-1B-GGUF", "llama-3.2"),
        ("openai/whisper-large-v3", "whisper"),
    ])
    func namesFindTheirModel(name: String, id: String) { #expect(KnownModels.shared.model(name)?.entry.id == id) }

    @Test(arguments: ["someone/My-Own-Model", "", "/", "Qwen/Qwen9-7B", "stranger/Llama-2-7b"])
    func strangersAreNoModel(name: String) {
        #expect(KnownModels.shared.model(name) == nil, "\(String(describing: KnownModels.shared.model(name)))")
    }

    @Test func copiesSayLess() { #expect(KnownModels.shared.model("unsloth/Llama-3.2-1B-GGUF")?.isCopy == true) }

    @Test func tableIsWhole() {
        #expect(KnownModels.shared.models.count >= 300)
        #expect(KnownModels.shared.datasets.count >= 120)
        #expect(
            KnownModels.shared.models.allSatisfy {
                !$0.licence.isEmpty && ["yes", "no", "conditional"].contains($0.commercial)
            })
    }
}
