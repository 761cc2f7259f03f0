import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct PartsOnlyPromisedTests {
    private let rule = PartsOnlyPromised()
    private let promise = Evidence(path: "README.md", lines: LineRange(12), quote: "Training code coming soon.")

    @Test func catches() throws {
        let release = FlagContextBuilder.openModel.having(.trainingCode, .promised, at: promise)
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.evidence == [promise])
        #expect(found.words == ["training-code is only promised"])
    }

    @Test func aDayThatHasPassedIsMoreThanANote() throws {
        func release(_ due: String) throws -> FlagContextBuilder {
            let (due, news) = (try #require(StatedDate(due)), try #require(StatedDate("2024-09-01")))
            return FlagContextBuilder.openModel.having(.trainingCode, .promised, at: promise).card([]) { card in
                card.dueDates = [DatedStatement(date: due, evidence: promise)]
                card.latestNews = DatedStatement(
                    date: news, evidence: Evidence(path: "README.md", lines: LineRange(20)))
            }
        }
        #expect(rule.check(try release("2024-06").context)?.severity == .medium)
        #expect(rule.check(try release("2024-12").context)?.severity == nil)
    }

    @Test func leavesAlone() {
        #expect(rule.check(FlagContextBuilder.openModel.context) == nil)
        #expect(rule.check(FlagContextBuilder().having(.trainingCode, .promised, at: promise).context) == nil)
    }
}
