import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct BaseDutiesMissingTests {
    private let rule = BaseDutiesMissing()
    private let copy = ModelDescription.Duty(
        clause: "include-licence-copy", status: .missing, note: Reason("no copy of LicenseRef-llama-2 in the release"))

    private func release(
        _ duties: [ModelDescription.Duty], known: String = "llama-2", _ licence: LicenceID = "LicenseRef-llama-2"
    ) -> FlagContextBuilder {
        FlagContextBuilder().having(.weightsFinal).madeFrom("a/b", known: known, licence, duties: duties)
    }

    @Test func catches() throws {
        let notice = ModelDescription.Duty(clause: "notice-file-text", status: .missing, note: nil)
        let found = try #require(rule.check(release([copy, notice]).context))
        #expect(found.claim?.place == "README.md:2")
        #expect(found.claim?.quote == "base_model: a/b")
        #expect(found.evidence.isEmpty)
        #expect(
            found.words == [
                "include-licence-copy: no copy of LicenseRef-llama-2 in the release", "notice-file-text: missing",
            ])
    }

    @Test func leavesAlone() {
        // Kept, not to be seen in files, an approved licence, weights that are elsewhere.
        let kept = ModelDescription.Duty(clause: "include-licence-copy", status: .kept, note: nil)
        let unseen = ModelDescription.Duty(clause: "share-alike", status: .missing, note: nil)
        #expect(rule.check(release([kept, unseen]).context) == nil)
        #expect(rule.check(release([copy], known: "qwen-2.5", "Apache-2.0").context) == nil)
        #expect(rule.check(release([copy]).with { $0.components = [] }.context) == nil)
    }
}
