import Openness
import Testing

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

    @Test func proseIsAHintOnly() throws {
        let report = try report([
            ("README.md", "# Tuned\n\nFine-tuned from [Qwen](https://huggingface.co/Qwen/Qwen2.5-7B) on chats.")
        ])
        #expect(report.model.baseModels.isEmpty)
        #expect(report.model.hintedBases.first?.known == "qwen-2.5")
    }
}
