import OpenscanFacts
import OpenscanKit
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

/// Kinds of fault that releases showed which nobody here had read, each with what it must catch and what it must leave alone.
@Suite struct StrangerTests {
    private func dossier(_ readme: String, _ files: [(String, String)] = [], name: String = "zephyr") throws -> Dossier
    {
        try TemporaryRelease(name: name, [("README.md", readme)] + files).dossier()
    }

    private let hub = "https://huggingface.co/zephyr-lab/"

    // MARK: Terms

    @Test func aSentenceOnTheCodeLicensesNoModel() throws {
        let dossier = try dossier(
            """
            # Zephyr

            Weights: \(hub)zephyr-7b

            **On licensing and data**: While all code in this repository is released under an MIT License, our pretrained models may inherit
            restrictions from the base models. Specifically, both models are derived from Llama-2, and as such are subject to the
            [Llama Community License](https://ai.meta.com/llama/license/).
            """)
        let weights = try #require(dossier.terms[.weights])
        #expect(weights.expression == "LicenseRef-llama-2" && weights.basis == .stated && !weights.isOpen)
        #expect(dossier.terms[.data] == nil)
        #expect(dossier.model.baseModels.map(\.known) == ["llama-2"])
    }

    @Test(arguments: [
        (
            "The small model is under the Apache-2.0 license. The base and large models are under the CC-BY-NC-4.0 license.",
            ["Apache-2.0", "CC-BY-NC-4.0"]
        ),
        (
            "| Model | License |\n|---|---|\n| Zephyr-S | Apache-2.0 |\n| Zephyr-L | CC-BY-NC-4.0 |",
            ["Apache-2.0", "CC-BY-NC-4.0"]
        ),
        ("The weights are under the Apache-2.0 license. All model weights are under the CC-BY-NC-4.0 license.", []),
    ])
    func modelsUnderLicencesOfTheirOwnAreRows(text: String, expressions: [String]) throws {
        let dossier = try dossier("# Zephyr\n\n[S](\(hub)zephyr-s) [L](\(hub)zephyr-l)\n\n## License\n\n\(text)\n")
        let weights = try #require(dossier.terms[.weights])
        #expect(weights.models.map(\.expression) == expressions && !weights.isOpen)
        #expect(dossier.flags.contains { $0.id == "ow-04" } == expressions.isEmpty)
    }

    @Test func aSentenceThatSendsElsewhereOutranksTheRepositorysText() throws {
        let silent = ReleaseBuilder().linking(.hubModel, hub + "zephyr-7b", saying: "Weights").licensing(
            "LICENSE", .text("MIT"))
        #expect(silent.terms.parts[.weights]?.basis == .inherited)
        let sending = silent.card { card in
            card.links = [Link(kind: .hubModel, target: hub + "zephyr-7b", line: 3, quote: "Weights")]
            card.termsElsewhere = [
                Evidence(path: "README.md", lines: LineRange(3), quote: "See the card for the license.")
            ]
        }
        #expect(sending.terms.parts[.weights]?.basis == .elsewhere)
    }

    // MARK: Lineage

    @Test(arguments: [
        ("Our model is initialized from Llama-2 and tuned.", ["Llama-2"]),
        ("We use the tokenizer; our vocabulary is derived from Llama-2 tokenizer files.", []),
        ("Many models of others are fine-tuned from Llama-2.", []), ("Our code is derived from Llama-2 code.", []),
    ])
    func aSentenceNamesAKnownBase(sentence: String, bases: [String]) throws {
        #expect(try dossier("# Zephyr\n\n\(sentence)\n").model.baseModels.map(\.name) == bases)
    }

    // MARK: Components

    @Test func aGuideLeadsToWeights() throws {
        let bucket = "https://zephyr-files.s3.amazonaws.com/zephyr/checkpoints_1226.zip"
        let usage = "# Usage\n\nDownload the checkpoint from [here](\(bucket)) and extract it.\n"
        let dossier = try dossier("# Zephyr\n\nSee [usage](docs/USAGE.md).\n", [("docs/USAGE.md", usage)])
        #expect(dossier.component(.weightsFinal).links.map(\.target) == [bucket])
        #expect(dossier.gradient.subject == .model)
    }

    @Test func whatAGuideGetsIsNoDataOfTheReleases() throws {
        let guide = """
            # Prepare the training data

            ```bash
            wget https://zephyr.s3.amazonaws.com/processed_targets.tar
            wget https://cdn.rcsb.org/resources/clusters-by-entity-40.txt
            ```
            """
        let found = try dossier("# Zephyr\n\nA model.\n", [("docs/training.md", guide)]).component(.dataset)
        #expect(found.links.map(\.target) == ["https://zephyr.s3.amazonaws.com/processed_targets.tar"])
    }

    @Test func otherPeoplesConversionsAreNoWeights() throws {
        let dossier = try dossier(
            """
            # Zephyr

            It runs in Core ML ([model](https://huggingface.co/fruit/coreml-zephyr-small)).

            Weights: [Zephyr](\(hub)Zephyr-Small)
            """)
        #expect(dossier.component(.weightsFinal).links.map(\.target) == [hub + "Zephyr-Small"])
    }

    /// The base's own page is no weights of a tune; code of a known model under a name of its own leads to that model.
    @Test func aBaseBesideModelsOfItsOwnIsNoWeights() throws {
        let base = "https://huggingface.co/decapoda-research/llama-7b-hf"
        let tuned = try dossier("# Zephyr-Llama\n\n- [base model](\(base))\n- [our model](\(hub)zephyr-llama)\n")
        #expect(tuned.component(.weightsFinal).links.map(\.target) == [hub + "zephyr-llama"])
        let code = try dossier("# Zephyr-Llama\n\n- [our model](\(base))\n")
        #expect(code.component(.weightsFinal).links.map(\.target) == [base])
    }

    @Test func listsOfPairsAreNoWeights() throws {
        let host = "https://download.zephyr.example/"
        let dossier = try dossier(
            "# Zephyr\n\n## Datasets\n\n[Street dataset pairs](\(host)street_pairs.npz)\n\n## Models\n\n[model](\(host)zephyr.pth)\n"
        )
        #expect(dossier.component(.weightsFinal).links.map(\.target) == [host + "zephyr.pth"])
    }

    @Test func aListOfTrainingSetsLinksThem() throws {
        let set = "https://github.com/streets/streets3d"
        let listed = try dossier(
            "# Zephyr\n\nWe used the following training datasets:\n- [Streets3D](\(set))\n- others\n")
        #expect(listed.component(.dataset).links.map(\.target) == [set])
        let thanked = try dossier("# Zephyr\n\nThanks to:\n- [Streets3D](\(set))\n")
        #expect(thanked.component(.dataset).status == .absent)
    }

    @Test func aDefaultNamesTheModelThatIsFetched() throws {
        let program = """
            from huggingface_hub import snapshot_download


            def load(name: str = "zephyr-lab/zephyr-7b"):
                return snapshot_download(repo_id=name)


            def generate(x):
                return load().generate(x)
            """
        let dossier = try dossier("# Zephyr\n\nA model.\n", [("run.py", program)])
        #expect(dossier.component(.weightsFinal).links.map(\.target) == ["zephyr-lab/zephyr-7b"])
        let other = try self.dossier(
            "# Zephyr\n\nA model.\n", [("run.py", program.replacing("zephyr-lab/zephyr-7b", with: "bigco/vocoder"))])
        #expect(other.component(.weightsFinal).status == .absent)
    }
}
