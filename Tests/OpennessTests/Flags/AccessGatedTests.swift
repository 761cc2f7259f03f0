import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct AccessGatedTests {
    private let rule = AccessGated()

    @Test func catches() throws {
        let release = FlagContextBuilder.openModel.card([
            ("license", ["mit"]), ("extra_gated_prompt", ["Tell us who you are"]),
        ])
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.places == ["README.md:3"])
        #expect(found.quotes == ["extra_gated_prompt: Tell us who you are"])
        #expect(found.words == ["a field of the card puts terms before the files"])
        #expect(found.severity == .info, "whoever agrees gets them")
    }

    @Test func whoAsksOrChoosesIsMoreThanANote() throws {
        let form = try #require(
            rule.check(FlagContextBuilder.openModel.card([("extra_gated_fields", ["Name"])]).context))
        #expect(form.severity == nil)
        let chosen = FlagContextBuilder().claiming(.openSource, "Our model is open source.").card([]) { card in
            let place = Evidence(path: "README.md", lines: LineRange(9), quote: "Weights are available upon request.")
            card.disclosures = [Disclosure(id: "audience-applicants", evidence: place)]
        }
        #expect(rule.check(chosen.context)?.places == ["README.md:9"])
        #expect(rule.check(chosen.having(.weightsFinal).context) == nil, "these can be had")
    }

    @Test func anyOwnClaimWillDo() {
        let release = FlagContextBuilder().claiming(.openSource, "The code is open source.", of: .code)
            .card([("extra_gated_fields", ["Name"])])
        #expect(rule.check(release.context) != nil)
    }

    @Test(arguments: [
        FlagContextBuilder.openModel.card([("license", ["mit"])]),
        FlagContextBuilder.openModel.card([("extra_gated_eu_disallowed", ["true"])]),
        FlagContextBuilder().card([("extra_gated_prompt", ["Tell us who you are"])]),
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }
}
