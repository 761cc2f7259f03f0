import OpenscanKit
import Testing

@Suite struct CollectionTests {
    private static let config = "{\"architectures\": [\"LlamaForCausalLM\"], \"model_type\": \"llama\"}"

    @Test func modelsInFoldersAreJudgedEach() throws {
        let dossier = try TemporaryRelease([
            ("README.md", "# Zoo"), ("LICENSE", "x"), ("models/a/README.md", "---\nlicense: mit\n---\n# A\n"),
            ("models/a/config.json", Self.config), ("models/b/README.md", "---\nlicense: llama2\n---\n# B\n"),
            ("models/b/config.json", Self.config),
        ]).dossier()
        #expect(dossier.parts.map(\.path) == ["models/a/", "models/b/"])
        #expect(dossier.parts.first?.licenceOfWeights == "MIT")
    }

    @Test(arguments: [
        [("README.md", "# One"), ("model/README.md", "---\nlicense: mit\n---\n# A\n"), ("model/config.json", config)],
        [("a/README.md", "# Tool A"), ("a/LICENSE", "x"), ("b/README.md", "# Tool B"), ("b/LICENSE", "x")],
        [
            ("examples/a/README.md", "---\nlicense: mit\n---\n"), ("examples/a/config.json", config),
            ("examples/b/README.md", "---\nlicense: mit\n---\n"), ("examples/b/config.json", config),
        ],
    ])
    func toolsAndExamplesAreNoCollection(files: [(String, String)]) throws {
        #expect(try TemporaryRelease(files).dossier().parts.isEmpty)
    }

    @Test func cardsAreReadSectionBySection() throws {
        let dossier = try TemporaryRelease([
            (
                "MODEL_CARD.md",
                "# Card\n## Intended use\nChat in one language.\n## Limitations\nIt may be wrong.\n## Training data\nWeb text of 2024.\n## Bias\n\n"
            )
        ]).dossier()
        let card = try #require(dossier.documents.first)
        #expect(card.sections["limits"] == LineRange(4))
        #expect(card.missing.contains("environmental-impact"))
        #expect(card.missing.contains("bias-and-risk"), "a heading over nothing")
    }
}
