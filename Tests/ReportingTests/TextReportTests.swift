import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct TextReportTests {
    private func text(_ dossier: Dossier, style: Style = .plain, language: Language = .en) -> String {
        let rules = TestRules.shared
        return TextReport.text(dossier, rules: rules, style: style, words: Words(language, rules: rules))
    }

    private func lines(_ dossier: Dossier) -> [String] { text(dossier).split(separator: "\n").map(String.init) }

    // MARK: The verdict

    /// The lack that comes first was lost where a release has no licence: it was told by its position.
    @Test func aReleaseWithoutALicenceStillSaysThatItHasNoTrainingCode() {
        let dossier = Samples.bare {
            $0.gradient.reasons = [Reason("weights-final present", [Evidence(path: "model.safetensors")])]
            $0.gradient.next = [
                Reason("no training code found"), Reason("training data neither present nor linked"),
            ]
        }
        let text = text(dossier)
        #expect(text.contains("  - no training code found\n"))
        #expect(text.contains("  - training data neither present nor linked\n"))
        #expect(!text.contains("weights-final present"))
    }

    @Test func atMostThreeLacksAreShownEachWithItsPlace() {
        let dossier = Samples.bare {
            $0.gradient.next = (1...5).map {
                Reason("lack \($0)", [Evidence(path: "README.md", lines: LineRange($0)), Evidence(path: "b")])
            }
        }
        let lacks = lines(dossier).filter { $0.hasPrefix("  - ") }
        #expect(lacks == ["  - lack 1 README.md:1", "  - lack 2 README.md:2", "  - lack 3 README.md:3"])
    }

    @Test(arguments: [
        (Verdict.Ground.limited, "Not open source: ", Style.Colour.red),
        (.review, "Needs a person: ", .yellow), (.open, "Licence terms open: ", .green), (.unlicensed, "", .red),
    ])
    func theGroundOfTheVerdictGivesWordsAndColour(ground: Verdict.Ground, title: String, colour: Style.Colour) {
        let dossier = Samples.bare {
            $0.verdict = Verdict(answer: .no, ground: ground, sentence: Reason("so it is", [Samples.licencePlace]))
        }
        #expect(text(dossier).contains("\n  \(title)so it is LICENSE:2-126\n"))
        #expect(text(dossier, style: Style(isColoured: true)).contains("\u{1B}[\(colour.rawValue)m"))
    }

    @Test func whatAPersonDecidesFollowsTheVerdict() {
        let sentence = Reason("the terms are unclear")
        let dossier = Samples.bare {
            $0.verdict = Verdict(
                answer: .notShown, ground: .review, sentence: sentence,
                needsPerson: [sentence, Reason("whether the list is narrow", [Samples.licencePlace])])
        }
        let text = text(dossier)
        #expect(text.contains("  A person has to decide: whether the list is narrow LICENSE:2-126\n"))
        // The sentence itself is not said twice.
        #expect(text.components(separatedBy: "the terms are unclear").count == 2)
    }

    @Test func theTextDecidesNothing() {
        // Yardsticks and licences say one thing, the verdict another: the verdict is printed.
        var dossier = Samples.full
        dossier.verdict = Verdict(answer: .yes, ground: .open, sentence: "licence MIT passes".reason)
        #expect(text(dossier).contains("Licence terms open: licence MIT passes\n"))
    }

    @Test func whatHasNoLevelSaysWhatItIs() {
        #expect(lines(Samples.bare { $0.gradient.subject = .dataOnly }).contains("A data release, no model"))
        #expect(lines(Samples.bare)[1] == "Undetermined, confidence low")
        let most = Samples.bare { $0.gradient.atMost = "fine-tuning-access" }
        #expect(lines(most)[1] == "Undetermined (at most API access to fine-tuning), confidence low")
    }

    // MARK: Terms

    @Test func eachPartHasALineWithItsTermsAndHowTheyAreKnown() {
        let lines = lines(Samples.full)
        #expect(lines.contains { $0.hasPrefix("  Weights    LicenseRef-llama-2") && $0.contains("by a licence text") })
        #expect(lines.contains { $0.hasPrefix("  Code       MIT") && $0.hasSuffix(" README.md:9") })
    }

    @Test func termsOfTheRepositoryNeverReadAsThoseOfThePart() {
        #expect(
            text(Samples.full).contains(
                "  Data       not stated here; the repository's licence is LicenseRef-llama-2\n"))
    }

    @Test func aPartThatIsNotThereHasNoLine() {
        #expect(!lines(Samples.full).contains { $0.hasPrefix("  Documents") })
    }

    // MARK: Flags

    @Test func aFlagShowsClaimReasonsAndPlaces() {
        let flags = lines(Samples.full).drop { $0 != "FLAGS" }.dropFirst().prefix(4)
        #expect(
            Array(flags) == [
                "  high   Called open source, but the weights' licence shuts out users b…  ow-03",
                "         claim    README.md:5 “Our model is open source.”",
                "         why      LicenseRef-llama-2 fails OSD 5, 6 LICENSE:2-126",
                "         evidence LICENSE:66 “700 million monthly users”",
            ])
    }

    @Test func aPlaceThatAReasonNamesIsNotNamedTwice() {
        var dossier = Samples.full
        dossier.flags[0].evidence = [Samples.licencePlace]
        let rows = lines(dossier).drop { $0 != "FLAGS" }.filter { $0.contains("LICENSE:2-126") && $0.hasPrefix("    ") }
        #expect(rows.count == 1)
    }

    // MARK: Files

    @Test func whatIsSaidOfTheWholeReleaseNamesNoFile() {
        let text = text(Samples.full)
        #expect(text.contains("  the whole release"))
        #expect(!text.contains("  . "))
    }

    @Test func whatWouldHarmTheReaderComesFirst() {
        let dossier = Samples.bare {
            $0.artefacts = (1...9).map { JudgedArtefact(path: "file-\($0)", component: .weightsFinal, format: "gguf") }
            $0.artefacts[8].findings = [Finding(.dangerousGlobal, .high, "os.system")]
        }
        let text = text(dossier)
        #expect(text.contains("file-9") && !text.contains("file-8"))
        #expect(text.contains("  … and 3 more (--format json)\n"))
    }

    // MARK: The screen

    @Test(arguments: [60, 80, 120], Language.allCases)
    func noLineIsWiderThanTheScreen(width: Int, language: Language) {
        var long = Samples.full
        long.release.name = String(repeating: "name", count: 40)
        long.licences += (0..<12).map { number in
            var licence = Samples.licence
            licence.id = LicenceID("LicenseRef-" + String(repeating: "long-\(number)-", count: 9))
            licence.path = String(repeating: "folder/", count: 20) + "LICENSE"
            return licence
        }
        long.terms[.weights]?.expression = String(repeating: "Apache-2.0 AND ", count: 12) + "MIT"
        long.terms[.code]?.evidence = [Evidence(path: String(repeating: "folder/", count: 20) + "LICENSE")]
        for dossier in [Samples.full, Samples.bare, long] {
            for isColoured in [false, true] {
                let text = text(dossier, style: Style(isColoured: isColoured, width: width), language: language)
                for line in text.split(separator: "\n") {
                    #expect(Columns.count(String(line)) <= width, "\(line)")
                    #expect(line.last != " ")
                }
            }
        }
    }

    @Test func aPlainReportHasNoColours() { #expect(!text(Samples.full).contains("\u{1B}")) }

    @Test func theReportSpeaksChinese() {
        let text = text(Samples.full, language: .zh)
        for english in [
            "COMPONENTS", "TERMS", "FLAGS", "evidence", "present", "3 tensors", "confidence", "files,", "stated",
            "Open Weights",
        ] {
            #expect(!text.contains(english), "\(english)")
        }
        #expect(text.contains("组成部分") && text.contains("不是开源"))
    }
}

extension String {
    fileprivate var reason: Reason { Reason(Wording(self)) }
}
