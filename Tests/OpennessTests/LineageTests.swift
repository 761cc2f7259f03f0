import OpenscanKit
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

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

    /// An adapter says for what it is, outright or by the kind of its base; of a name and an address the address is taken.
    @Test(
        arguments: [
            (["ss_sd_model_name": "v1-5.ckpt", "ss_base_model_version": "sd_v1"], ["v1-5.ckpt"]),
            (["ss_network_module": "x", "ss_base_model_version": "sdxl_base"], ["sdxl_base"]),
            (["modelspec.architecture": "flux-1-dev/lora"], ["flux-1-dev"]),
            (["modelspec.architecture": "flux-1-dev"], []),
            (["general.type": "adapter", "general.base_model.0.name": "Tiny 1B"], ["Tiny 1B"]),
            (
                [
                    "general.type": "adapter", "general.base_model.0.name": "Tiny 1B",
                    "general.base_model.0.repo_url": "https://huggingface.co/org/tiny",
                ], ["https://huggingface.co/org/tiny"]
            ),
        ] as [([String: String], [String])])
    func adaptersNameWhatTheyAreFor(metadata: [String: String], names: [String]) {
        let release = ReleaseBuilder().weights("x.safetensors") { $0.metadata = metadata }.release
        let bases = Lineage(release, rules: TestRules.shared).bases
        #expect(bases.map(\.name) == names)
        #expect(bases.allSatisfy { $0.relation == .adapter })
    }

    @Test func proseIsAHintOnly() throws {
        let dossier = try dossier([
            ("README.md", "# Tuned\n\nFine-tuned from [Qwen](https://huggingface.co/Qwen/Qwen2.5-7B) on chats.")
        ])
        #expect(dossier.model.baseModels.isEmpty)
        #expect(dossier.model.hintedBases.first?.known == "qwen-2.5")
    }

    /// A family's page that links to one of its models beside "fine-tuning" names no base.
    @Test func aModelOfTheFamilyIsNoBaseOfIt() throws {
        func hinted(_ name: String, _ target: String) throws -> [String] {
            let text = "# News\n\nFine-tuned from [it](https://huggingface.co/\(target)), with scripts."
            return try dossier([("README.md", text)], name: name).model.hintedBases.map(\.name)
        }
        #expect(try hinted("MiniCPM", "openbmb/MiniCPM5-1B").isEmpty)
        #expect(try hinted("Chat-Tune", "openbmb/MiniCPM5-1B") == ["openbmb/MiniCPM5-1B"])
        // A name that is only a beginning of another tells nothing.
        #expect(try hinted("Min", "openbmb/MiniCPM5-1B") == ["openbmb/MiniCPM5-1B"])
    }
}
