import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct TrainingTokensTests {
    @Test(
        arguments: [
            ("Trained on 2 trillion tokens of data.", 2e12), ("pre-trained on 300B tokens", 3e11),
            ("使用 2.6万亿 tokens 训练", 2.6e12), ("trained with 8 GPUs on tokens", nil), ("trained for 15T tokens", 1.5e13),
        ] as [(String, Double?)])
    func tokensAreReadWithTheirUnit(line: String, tokens: Double?) {
        #expect(CardReader(TestRules.shared).read(line, path: "README.md").trainingTokens?.tokens == tokens)
    }
}
