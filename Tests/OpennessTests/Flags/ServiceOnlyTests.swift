import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct ServiceOnlyTests {
    private let rule = ServiceOnly()
    private let service = FlagContextBuilder().claiming(.openSource, "Our model is open source.")
        .having(.hostedAPI, .linked, at: Evidence(path: "README.md", lines: LineRange(8), quote: "api.example.org"))

    @Test func catches() throws {
        let found = try #require(rule.check(service.context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.places == ["README.md:8"])
        #expect(found.quotes == ["api.example.org"])
        #expect(found.words == ["hosted-api, and no weights here or linked"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(service.having(.weightsFinal, .linked).context) == nil)
        #expect(rule.check(service.with { $0.subject = .codeOnly }.context) == nil)
        #expect(rule.check(FlagContextBuilder().claiming(.openSource, "Our model is open source.").context) == nil)
        let client = FlagContextBuilder().claiming(.openSource, "The client is open source.", of: .code)
            .having(.hostedAPI, .linked)
        #expect(rule.check(client.context) == nil)
    }
}
