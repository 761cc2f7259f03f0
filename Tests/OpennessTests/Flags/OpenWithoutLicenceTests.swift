import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct OpenWithoutLicenceTests {
    private let rule = OpenWithoutLicence()

    @Test(arguments: [
        FlagContextBuilder.openModel,
        FlagContextBuilder().having(.weightsFinal, .linked).claiming(.openWeights, "Weights are available."),
    ])
    func catches(release: FlagContextBuilder) throws {
        let found = try #require(rule.check(release.file("a").file("b").context))
        #expect(found.claim?.place == "README.md:3")
        #expect(found.evidence.isEmpty)
        #expect(found.words == ["no licence file, field, header or sentence found in 2 files"])
        #expect(
            found.reasons.first?.words.form == "no licence file, field, header or sentence found in {0} files")
    }

    @Test(arguments: [
        FlagContextBuilder.openModel.under(.text("MIT", covers: [.inferenceCode])),
        FlagContextBuilder().having(.weightsFinal),
        FlagContextBuilder().claiming(.openSource, "Our model is open source."),
        FlagContextBuilder.openModel.with {
            $0.terms.parts[.weights] = PartTerms(
                expression: nil, basis: .elsewhere, category: nil, osd: OSDAssessment(), isOpen: false, evidence: [])
        },
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }
}
