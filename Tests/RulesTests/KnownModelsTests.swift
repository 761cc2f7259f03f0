import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct KnownModelsTests {
    @Test(arguments: [
        ("meta-llama/Llama-2-7b-chat-hf", "llama-2"), ("https://huggingface.co/meta-llama/Llama-3.1-8B", "llama-3.1"),
        ("TheBloke/Llama-2-13B-GGUF", "llama-2"), ("Qwen/Qwen2.5-3B-Instruct", "qwen-2.5-3b"),
        ("Qwen/Qwen2.5-7B", "qwen-2.5"), ("Qwen/Qwen2.5-72B-Instruct", "qwen-2.5-72b"),
        ("mistralai/Mistral-7B-v0.1", "mistral-7b"), ("unsloth/Llama-3.2-1B-GGUF", "llama-3.2"),
        ("openai/whisper-large-v3", "whisper"),
    ])
    func namesFindTheirModel(name: String, id: String) {
        #expect(TestRules.shared.models.model(named: name)?.entry.id == id)
    }

    @Test(arguments: ["someone/My-Own-Model", "", "/", "Qwen/Qwen9-7B", "stranger/Llama-2-7b"])
    func strangersAreNoModel(name: String) {
        #expect(
            TestRules.shared.models.model(named: name) == nil,
            "\(String(describing: TestRules.shared.models.model(named: name)))")
    }

    @Test func copiesSayLess() {
        #expect(TestRules.shared.models.model(named: "unsloth/Llama-3.2-1B-GGUF")?.isCopy == true)
    }

    @Test func tableIsWhole() {
        #expect(TestRules.shared.models.models.count >= 300)
        #expect(TestRules.shared.models.datasets.count >= 120)
        #expect(
            TestRules.shared.models.models.allSatisfy {
                !$0.licence.rawValue.isEmpty && $0.commercial != .unclear
            })
    }
}
