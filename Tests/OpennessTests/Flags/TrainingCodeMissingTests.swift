import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct TrainingCodeMissingTests {
    private let rule = TrainingCodeMissing()
    private let train = Evidence(path: "tune.py", lines: LineRange(4), quote: "trainer.train()")

    @Test func catchesNone() throws {
        let found = try #require(rule.check(FlagContextBuilder.openModel.file("a").context))
        #expect(found.claim?.quote == "Our model is open source.")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no training code among 1 files, no link to any"])
    }

    @Test func catchesPromises() throws {
        let promise = Evidence(path: "README.md", lines: LineRange(9), quote: "Training code coming soon.")
        let release = FlagContextBuilder.openModel.having(.trainingCode, .promised, at: promise)
        let found = try #require(rule.check(release.context))
        #expect(found.evidence == [promise])
        #expect(found.words.last == "training-code is only promised")
        #expect(found.reasons.last?.evidence == [promise])
    }

    @Test func catchesTuning() throws {
        let release = FlagContextBuilder.openModel.having(.trainingCode, at: train).with {
            $0.inputs.trainingCode = .partial
        }
        let found = try #require(rule.check(release.context))
        #expect(found.evidence == [train])
        #expect(found.words == ["the training code only tunes a finished model"])
    }

    @Test func leavesAlone() {
        let whole = FlagContextBuilder.openModel.having(.trainingCode, at: train)
        #expect(rule.check(whole.with { $0.inputs.trainingCode = .full }.context) == nil)
        let linked = FlagContextBuilder.openModel.having(.trainingCode, .linked, at: train)
        #expect(rule.check(linked.with { $0.inputs.trainingCode = .partial }.context) == nil)
        #expect(rule.check(FlagContextBuilder().having(.weightsFinal).context) == nil)
        #expect(rule.check(FlagContextBuilder().claiming(.openSource, "Our model is open source.").context) == nil)
    }
}
