import Testing

@testable import OpenscanOpenness

@Suite struct FullReleaseIncompleteTests {
    private let rule = FullReleaseIncomplete()

    @Test func catches() throws {
        var release = FlagContextBuilder().claiming(.openSource, "A fully open model.")
        for id in FullReleaseIncomplete.parts where id != .dataset && id != .evaluationCode {
            release = release.having(id, .linked)
        }
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.quote == "A fully open model.")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["not found: evaluation-code, dataset"])
        #expect(found.reasons.first?.words.form == "not found: {0}")
        #expect(rule.check(release.having(.dataset).having(.evaluationCode).context) == nil)
    }

    @Test(arguments: [
        FlagContextBuilder.openModel,
        FlagContextBuilder().having(.weightsFinal).claiming(.openSource, "Fully open to academic research."),
        FlagContextBuilder().claiming(.openSource, "A fully open model."),
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }
}
