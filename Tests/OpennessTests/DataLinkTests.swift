import Openness
import Testing

@Suite struct DataLinkTests {
    @Test(arguments: [
        ("The model was trained on [X](https://huggingface.co/datasets/a/x).", "dataset" as String?),
        ("We evaluate on [X](https://huggingface.co/datasets/a/x).", "evaluation-data"),
        ("See [MMLU](https://huggingface.co/datasets/cais/mmlu).", "evaluation-data"),
        ("Follow the [dataset format](https://huggingface.co/datasets/a/x) to prepare your data.", nil),
        (
            "Released under [apache-2.0](https://huggingface.co/datasets/choosealicense/licenses/blob/main/apache-2.0.md)",
            nil
        ),
    ])
    func theWordsAroundALinkSayWhatItIs(line: String, component: String?) throws {
        let report = try TemporaryRelease([("README.md", "# Tiny\n\n" + line)]).report()
        let found = report.components.filter { ["dataset", "evaluation-data"].contains($0.id) && $0.status == .linked }
            .map(\.id)
        #expect(found == (component.map { [$0] } ?? []))
    }
}
