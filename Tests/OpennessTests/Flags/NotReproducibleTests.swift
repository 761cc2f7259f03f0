import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct NotReproducibleTests {
    private let rule = NotReproducible()
    private let release = FlagContextBuilder().having(.weightsFinal)
        .claiming(.reproducible, "Our results are fully reproducible.")

    @Test func catches() throws {
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.quote == "Our results are fully reproducible.")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["neither training nor evaluation code found"])
    }

    @Test(arguments: [ComponentID.trainingCode, .evaluationCode])
    func codeOfEitherKindIsEnough(id: ComponentID) {
        #expect(rule.check(release.having(id).context) == nil)
        #expect(rule.check(release.having(id, .linked).context) == nil)
        #expect(rule.check(release.having(id, .promised).context) != nil)
    }

    @Test func noClaimNoFlag() { #expect(rule.check(FlagContextBuilder().having(.weightsFinal).context) == nil) }
}
