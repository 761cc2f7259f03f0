import OpenscanRules
import Testing

@testable import OpenscanOpenness

@Suite struct DataTermsStricterTests {
    private let rule = DataTermsStricter()

    private func release(
        _ certainty: ModelDescription.Certainty = .verified, _ commercial: KnownModel.Commercial = .no
    ) -> FlagContextBuilder {
        FlagContextBuilder().having(.weightsFinal).card([("license", ["mit"]), ("datasets", ["tatsu-lab/alpaca"])])
            .with {
                $0.model.datasetTerms = [
                    ModelDescription.DatasetTerms(
                        name: "tatsu-lab/alpaca", known: "alpaca", licence: "CC-BY-NC-4.0", commercial: commercial,
                        terms: nil, generatedBy: "text-davinci-003", isWithdrawn: false, certainty: certainty)
                ]
            }
    }

    @Test func catchesAnOpenLicence() throws {
        let found = try #require(rule.check(release().under(.text("MIT")).context))
        #expect(found.claim?.place == "LICENSE:1-20")
        #expect(found.claim?.quote == nil)
        #expect(found.places == ["README.md:3"])
        #expect(found.quotes.isEmpty)
        #expect(
            found.words == [
                "licence of the weights: MIT",
                "tatsu-lab/alpaca is under CC-BY-NC-4.0, outputs of text-davinci-003 inside",
            ])
    }

    @Test func catchesASentence() throws {
        let found = try #require(rule.check(release().claiming(.commercialOK, "Free for commercial use.").context))
        #expect(found.claim?.quote == "Free for commercial use.")
        #expect(found.words.count == 1)
    }

    @Test func onlyWhatWasReadCounts() {
        #expect(rule.check(release(.probable).under(.text("MIT")).context) == nil)
        #expect(rule.check(release(.verified, .conditional).under(.text("MIT")).context) == nil)
    }

    @Test func limitedLicencesPromiseNothing() {
        #expect(rule.check(release().under(.text("CC-BY-NC-4.0", .nonCommercial)).context) == nil)
    }
}
