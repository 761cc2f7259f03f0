import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

/// Lines, items and rows that give parts a licence, and lines that only look like it.
@Suite struct PartStatementTests {
    private func card(_ text: String) -> CardFacts { CardReader(TestRules.shared).read(text, path: "README.md") }

    private func said(_ text: String) -> [String: String] {
        var out: [String: String] = [:]
        for statement in card("# Tiny\n\n" + text + "\n").partStatements {
            for part in statement.parts {
                out[part.rawValue] = statement.value.ids.map(\.rawValue).joined(separator: " ")
            }
        }
        return out
    }

    @Test(arguments: [
        "Code: MIT\n\nWeights: CC BY-NC 4.0", "- **Source code**: MIT\n- **Model weights**: CC BY-NC 4.0",
        "We use MIT for the code and CC BY-NC 4.0 for the weights.", "The code is MIT. The weights are CC BY-NC 4.0.",
        "Code: MIT | Weights: CC-BY-NC-4.0", "Code under MIT, weights under CC-BY-NC-4.0.",
        "| Component | License |\n|---|---|\n| Code | MIT |\n| Model weights | CC-BY-NC-4.0 |",
        "| | Code | Weights |\n|---|---|---|\n| License | MIT | CC-BY-NC-4.0 |",
        "The following license applies to the code:\n\nMIT\n\nThe following license applies to the model weights:\n\nCC BY-NC 4.0",
    ])
    func eachLineIsForItsPart(text: String) {
        #expect(said(text) == ["code": "MIT", "weights": "CC-BY-NC-4.0"], "\(text)")
    }

    @Test(arguments: [
        "The code is not MIT.", "Code: MIT unless you sell it.", "The weights of LLaMA are MIT compatible.",
        "| Model | License |\n|---|---|\n| Other-7B | MIT |", "| Model | Score |\n|---|---|\n| Tiny-7B | MIT |",
        "| Model | Score |\n|---|---|\n| Weights | MIT |",
        "## Acknowledgements\n\nCode: MIT", "Is the code MIT?", "Weights: see the LICENSE file.",
    ])
    func whatHasOtherWordsIsNone(text: String) { #expect(said(text).isEmpty, "\(text)") }

    /// A family's table: a row a model of the release's own.
    @Test func aRowIsForItsModel() {
        let table = """
            | Model | Size | License | Download |
            |---|---|---|---|
            | Tiny-S | 1B | Apache-2.0 | [hub](https://huggingface.co/tiny/tiny-s) |
            | Tiny-L | 30B | CC-BY-NC-4.0 | [hub](https://huggingface.co/tiny/tiny-l) |
            | Other-7B | 7B | MIT | - |
            """
        let found = card("# Tiny\n\n" + table).partStatements
        #expect(found.map(\.model) == ["Tiny-S", "Tiny-L"] && found.allSatisfy { $0.parts == [.weights] })
        #expect(found.flatMap(\.value.ids) == ["Apache-2.0", "CC-BY-NC-4.0"])
    }

    @Test(arguments: [
        "Please follow the license of each base model.", "See the model cards on Hugging Face for their licenses.",
        "The original licenses apply.", "For the license, please refer to the original repository.",
        "各模型的许可证请参见其模型卡。",
    ])
    func termsThatStandElsewhere(text: String) { #expect(card("# Tiny\n\n" + text).termsElsewhere.count == 1) }

    @Test(arguments: [
        "See the LICENSE file for the license.", "The license is described below.", "We follow the original paper.",
        "This license applies to the model.",
    ])
    func termsThatAreHere(text: String) { #expect(card("# Tiny\n\n" + text).termsElsewhere.isEmpty) }
}
