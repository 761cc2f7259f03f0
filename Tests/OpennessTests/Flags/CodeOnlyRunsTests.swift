import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct CodeOnlyRunsTests {
    private let rule = CodeOnlyRuns()
    private let code = Evidence(path: "run.py", lines: LineRange(8), quote: "model.generate(")

    @Test func catches() throws {
        let found = try #require(rule.check(FlagContextBuilder.openModel.having(.inferenceCode, at: code).context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.evidence == [code])
        #expect(found.words == ["the code runs the model, and none trains it"])
    }

    @Test func leavesAlone() {
        let tuned = FlagContextBuilder.openModel.having(.inferenceCode, at: code)
        #expect(rule.check(tuned.with { $0.inputs.trainingCode = .partial }.context) == nil)
        #expect(rule.check(FlagContextBuilder.openModel.having(.inferenceCode, .linked, at: code).context) == nil)
        #expect(rule.check(FlagContextBuilder.openModel.context) == nil)
    }
}
