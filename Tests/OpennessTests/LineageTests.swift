import OpenscanKit
import Testing

@Suite struct LineageTests {
    private func dossier(_ files: [(String, String)], name: String = "tuned") throws -> Dossier {
        let folder = try TemporaryRelease(name: name, files)
        return try folder.dossier()
    }

    @Test func cardsNameBases() throws {
        let dossier = try dossier([
            (
                "README.md",
                "---\nlicense: apache-2.0\nbase_model: meta-llama/Llama-2-7b-hf\ndatasets:\n- HuggingFaceH4/x\n---\n# Tuned\n\nA model."
            ),
            (
                "adapter_config.json",
                "{\"base_model_name_or_path\": \"meta-llama/Llama-2-7b-hf\", \"peft_type\": \"LORA\"}"
            ),
        ])
        let base = try #require(dossier.model.baseModels.first)
        #expect(dossier.model.baseModels.count == 1)
        #expect(base.known == "llama-2")
        #expect(base.relation == .adapter)
        #expect(base.certainty == .verified)
        #expect(base.duties.contains { $0.clause == "include-licence-copy" && $0.status == .missing })
    }

    @Test func mergesNameTheirParts() throws {
        let dossier = try dossier([
            (
                "mergekit_config.yml",
                "models:\n  - model: mistralai/Mistral-7B-v0.1\n  - model: teknium/OpenHermes-2.5-Mistral-7B\nmerge_method: slerp\n"
            )
        ])
        #expect(dossier.model.baseModels.map(\.relation) == [.merge, .merge])
    }

    @Test func proseIsAHintOnly() throws {
        let dossier = try dossier([
            ("README.md", "# Tuned\n\nFine-tuned from [Qwen](https://huggingface.co/Qwen/Qwen2.5-7B) on chats.")
        ])
        #expect(dossier.model.baseModels.isEmpty)
        #expect(dossier.model.hintedBases.first?.known == "qwen-2.5")
    }
}
