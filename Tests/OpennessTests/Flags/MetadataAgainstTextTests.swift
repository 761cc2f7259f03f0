import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct MetadataAgainstTextTests {
    private let rule = MetadataAgainstText()

    @Test func catchesFields() throws {
        let release = FlagContextBuilder().under(.text("LicenseRef-llama-2", .llamaStyle)).declaring("mit", "MIT")
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:2")
        #expect(found.claim?.quote == "license: mit")
        #expect(found.places == ["LICENSE:1-20"])
        #expect(found.quotes.isEmpty)
        #expect(found.words == ["text of LicenseRef-llama-2"])
        #expect(found.reasons.first?.words.form == "text of {0}")
    }

    @Test func catchesProseOnTheWeights() throws {
        let prose = JudgedLicence.text("MIT", path: "README.md", covers: [.weightsFinal]).with {
            $0.method = .notice
            $0.lines = LineRange(9)
            $0.quote = "The weights are released under MIT."
        }
        let text = JudgedLicence.text("CC-BY-NC-4.0", path: "MODEL_LICENSE", covers: [.weightsFinal])
        let found = try #require(rule.check(FlagContextBuilder().under(text).under(prose).context))
        #expect(found.claim?.place == "README.md:9")
        #expect(found.claim?.quote == "The weights are released under MIT.")
        #expect(found.places == ["MODEL_LICENSE:1-20"])
    }

    @Test func aTextForEachNameIsOneOfSeveralModels() {
        func prose(_ id: LicenceID, line: Int) -> JudgedLicence {
            JudgedLicence.text(id, path: "README.md", covers: [.weightsFinal]).with {
                $0.method = .notice
                $0.lines = LineRange(line)
            }
        }
        let texts = ["CC-BY-NC-4.0", "CC-BY-4.0"].map {
            JudgedLicence.text(LicenceID($0), path: "LICENSE-MODEL-" + $0, covers: [.weightsFinal])
        }
        var release = FlagContextBuilder().under(prose("CC-BY-NC-4.0", line: 9)).under(prose("CC-BY-4.0", line: 20))
        #expect(rule.check(release.context) != nil, "without texts they differ")
        for text in texts { release = release.under(text) }
        #expect(rule.check(release.context) == nil)
    }

    /// Lines that introduce lists speak of the items below each; a text that nobody knows is no name.
    @Test func listsOfModelsAndUnknownTextsAreNoContradiction() {
        func prose(_ id: LicenceID, line: Int, _ quote: String) -> JudgedLicence {
            JudgedLicence.text(id, path: "README.md", covers: [.weightsFinal]).with {
                $0.method = .notice
                $0.lines = LineRange(line)
                $0.quote = quote
            }
        }
        let first = prose("CC-BY-NC-4.0", line: 9, "The following models are CC-BY-NC 4.0 licensed:")
        let lists = FlagContextBuilder().under(first).under(prose("MIT", line: 20, "These are MIT licensed:"))
        #expect(rule.check(lists.context) == nil)
        let one = FlagContextBuilder().under(first).under(prose("MIT", line: 20, "The models are MIT licensed."))
        #expect(rule.check(one.context) != nil)
        let unknown = FlagContextBuilder().under(first).under(prose(.unknown, line: 20, "The models are Foo licensed."))
        #expect(rule.check(unknown.context) == nil)
    }

    @Test func catchesNamesWithoutAText() throws {
        let prose = JudgedLicence.text("CC-BY-NC-4.0", path: "README.md", covers: [.weightsFinal]).with {
            $0.method = .notice
            $0.lines = LineRange(9)
        }
        let release = FlagContextBuilder().declaring("mit", "MIT").under(prose)
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "README.md:2" && found.places == ["README.md:9"])
        #expect(found.words == ["CC-BY-NC-4.0 is named in another place"])
        #expect(rule.check(FlagContextBuilder().declaring("cc-by-nc-4.0", "CC-BY-NC-4.0").under(prose).context) == nil)
        // The text is the code's: the field is held against the sentence.
        let beside = release.under(.text("Apache-2.0", covers: [.inferenceCode]))
        #expect(rule.check(beside.context)?.places == ["README.md:9"])
        // A sentence on the whole, or on the code, is not one on the weights.
        let onCode = prose.with { $0.appliesTo = [.inferenceCode] }
        #expect(rule.check(FlagContextBuilder().declaring("mit", "MIT").under(onCode).context) == nil)
    }

    @Test(arguments: [
        FlagContextBuilder().under(.text("MIT")).declaring("mit", "MIT"),
        FlagContextBuilder().under(.text("GPL-3.0-or-later")).declaring("gpl-3.0", "GPL-3.0-only"),
        FlagContextBuilder().under(.text("BSD-3-Clause")).declaring("bsd-3-clause-clear", "BSD-3-Clause-Clear"),
        FlagContextBuilder().under(.text("MIT")).declaring("other"),
        // A field of a card speaks of the weights; these texts cover code.
        FlagContextBuilder().under(.text("GPL-3.0-only", covers: [.inferenceCode]))
            .under(.text("MPL-2.0", path: "lib/LICENSE", covers: [.inferenceCode])).declaring("mit", "MIT"),
        // Part of a text, a text nobody knows, an exception.
        FlagContextBuilder().under(JudgedLicence.text("Apache-2.0").with { $0.coverage = 0.5 }).declaring("mit", "MIT"),
        FlagContextBuilder().under(.text(.unknown)).declaring("mit", "MIT"),
        FlagContextBuilder().under(.text("Classpath-exception-2.0")).declaring("mit", "MIT"),
    ])
    func leavesAlone(release: FlagContextBuilder) { #expect(rule.check(release.context) == nil) }

    @Test func packagesSpeakOfTheWhole() throws {
        let release = FlagContextBuilder().under(.text("GPL-3.0-only", covers: [.inferenceCode]))
            .under(.text("MPL-2.0", path: "lib/LICENSE", covers: [.inferenceCode]))
            .declaring("mit", "MIT", in: .package)
        let found = try #require(rule.check(release.context))
        #expect(found.words == ["text of GPL-3.0-only", "text of MPL-2.0"])
    }
}
