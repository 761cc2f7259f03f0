import Scanning
import Testing
import Unpacking

@testable import Openness

@Suite struct KnownModelsTests {
    @Test(arguments: [
        ("meta-llama/Llama-2-7b-chat-hf", "llama-2"), ("https://huggingface.co/meta-llama/Llama-3.1-8B", "llama-3.1"),
        ("TheBloke/Llama-2-13B-GGUF", "llama-2"), ("Qwen/Qwen2.5-3B-Instruct", "qwen-2.5-3b"),
        ("Qwen/Qwen2.5-7B", "qwen-2.5"), ("Qwen/Qwen2.5-72B-Instruct", "qwen-2.5-72b"),
        ("mistralai/Mistral-7B-v0.1", "mistral-7b"), ("unsloth/Llama-3.2-1B-GGUF", "llama-3.2"),
        ("openai/whisper-large-v3", "whisper"),
    ])
    func models(name: String, id: String) { #expect(KnownModels.shared.model(name)?.entry.id == id) }

    @Test(arguments: ["someone/My-Own-Model", "", "/", "Qwen/Qwen9-7B", "stranger/Llama-2-7b"])
    func unknown(name: String) {
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

    @Test(arguments: [
        ("a*c", "abbbc", true), ("a*c", "abbb", false), ("*", "", true), ("a?c", "abc", true), ("a?c", "ac", false),
        ("*a*b*", "xxaxxbxx", true), ("Abc", "abc", true),
    ])
    func globs(pattern: String, name: String, matches: Bool) { #expect(Glob(pattern).matches(name) == matches) }
}

@Suite struct LineageTests {
    private func report(_ files: [(String, String)], name: String = "tuned") throws -> Report {
        let folder = try TemporaryRelease(name: name, files)
        return try folder.report()
    }

    @Test func cardsNameBases() throws {
        let report = try report([
            (
                "README.md",
                "---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-2-7b-hf\ndatasets:\n- HuggingFaceH4/x\n---\n# Tuned\n\nA model."
            ),
            (
                "adapter_config.json",
                "{\"base_model_name_or_path\": \"meta-llama/Llama-2-7b-hf\", \"peft_type\": \"LORA\"}"
            ),
        ])
        let base = try #require(report.model.baseModels.first)
        #expect(report.model.baseModels.count == 1)
        #expect(base.known == "llama-2")
        #expect(base.relation == "adapter")
        #expect(base.certainty == .verified)
        #expect(base.duties.contains { $0.clause == "include-licence-copy" && $0.status == .missing })
    }

    @Test func mergesNameTheirParts() throws {
        let report = try report([
            (
                "mergekit_config.yml",
                "models:\n  - model: mistralai/Mistral-7B-v0.1\n  - model: teknium/OpenHermes-2.5-Mistral-7B\nmerge_method: slerp\n"
            )
        ])
        #expect(report.model.baseModels.map(\.relation) == ["merge", "merge"])
    }

    @Test func proseHints() throws {
        let report = try report([
            ("README.md", "# Tuned\n\nFine-tuned from [Qwen](https://huggingface.co/Qwen/Qwen2.5-7B) on chats.")
        ])
        #expect(report.model.baseModels.isEmpty)
        #expect(report.model.hintedBases.first?.known == "qwen-2.5")
    }
}
