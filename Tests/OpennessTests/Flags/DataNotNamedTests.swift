import Testing

@testable import OpenscanOpenness

@Suite struct DataNotNamedTests {
    private let rule = DataNotNamed()
    private let release = FlagContextBuilder().having(.weightsFinal)
        .claiming(.openData, "Trained on publicly available data.", of: .data)

    @Test func catches() throws {
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.quote == "Trained on publicly available data.")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no data set is named, linked or there"])
    }

    @Test func oneNameIsEnough() {
        #expect(rule.check(release.with { $0.model.datasets = ["a/b"] }.context) == nil)
        #expect(rule.check(release.having(.dataset, .linked).context) == nil)
        #expect(rule.check(release.having(.dataCard).context) == nil)
    }

    @Test func aReportMayNameThem() {
        #expect(rule.check(release.having(.technicalReport).context) == nil)
        #expect(rule.check(release.having(.researchPaper).context) == nil)
        #expect(rule.check(release.having(.researchPaper, .linked).context) != nil)
    }

    @Test func namesInTheSentenceAreNotGeneral() {
        let named = FlagContextBuilder().having(.weightsFinal).claiming(.openData, "Trained on the Pile.", of: .data)
        #expect(rule.check(named.context) == nil)
    }
}
