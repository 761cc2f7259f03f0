import Testing

@testable import OpenscanOpenness

@Suite struct TrainingDataMissingTests {
    private let rule = TrainingDataMissing()

    @Test func catches() throws {
        let found = try #require(rule.check(FlagContextBuilder.openModel.context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no training data and no link to any found"])
    }

    /// Data are there, but not those of the training.
    @Test func catchesOtherData() {
        let release = FlagContextBuilder.openModel.having(.dataset)
        #expect(rule.check(release.context) != nil)
        #expect(rule.check(release.with { $0.inputs.isDerivative = true }.context) == nil)
    }

    @Test(arguments: [
        FlagContextBuilder.openModel.having(.dataset).with { $0.inputs.trainingData = .full },
        FlagContextBuilder.openModel.having(.dataset, .linked).with { $0.inputs.trainingData = .full },
        FlagContextBuilder.openModel.having(.dataCard, .linked), FlagContextBuilder().having(.weightsFinal),
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }
}
