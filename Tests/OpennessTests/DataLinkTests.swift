import OpenscanKit
import Testing

@Suite struct DataLinkTests {
    @Test(arguments: [
        ("The model was trained on [X](https://huggingface.co/datasets/a/x).", ComponentID.dataset as ComponentID?),
        ("We evaluate on [X](https://huggingface.co/datasets/a/x).", .evaluationData),
        ("See [MMLU](https://huggingface.co/datasets/cais/mmlu).", .evaluationData),
        ("Follow the [dataset format](https://huggingface.co/datasets/a/x) to prepare your data.", nil),
        ("## Acknowledgements\n\nThe valuable [X dataset](https://example.org/x-dataset/) was trained on.", nil),
        (
            "Released under [apache-2.0](https://huggingface.co/datasets/choosealicense/licenses/blob/main/apache-2.0.md)",
            nil
        ),
    ])
    func theWordsAroundALinkSayWhatItIs(line: String, component: ComponentID?) throws {
        let dossier = try TemporaryRelease([("README.md", "# Tiny\n\n" + line)]).dossier()
        let found = dossier.components.filter { [.dataset, .evaluationData].contains($0.id) && $0.status == .linked }
            .map(\.id)
        #expect(found == (component.map { [$0] } ?? []))
    }
}
