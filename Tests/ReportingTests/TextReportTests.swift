import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct TextReportTests {
    private func text(
        _ dossier: Dossier, style: Style = .plain, language: Language = .en, isDetailed: Bool = false
    ) -> String {
        let rules = TestRules.shared
        return TextReport.text(
            dossier, rules: rules, style: style, words: Words(language, rules: rules), isDetailed: isDetailed)
    }

    private func lines(_ dossier: Dossier) -> [String] { text(dossier).split(separator: "\n").map(String.init) }

    private func detail(_ dossier: Dossier) -> [String] {
        text(dossier, isDetailed: true).split(separator: "\n").map(String.init)
    }

    // MARK: May I use it?

    @Test func theFirstQuestionsAreAnsweredInTheHeading() {
        let dossier = Samples.bare {
            $0.use = [
                Self.decision(.commercialUse, .no, "not for money"),
                Self.decision(.redistribute, .conditions, "MIT permits it"),
                Self.decision(.useInEU, .unclear, "ask the licensor"),
            ]
        }
        #expect(
            lines(dossier).contains(
                "MAY I USE IT?  commercial use: no · in the EU: unclear"))
    }

    @Test func answersStandUnderTheTermsOfTheirPartAndPlacesAtTheEdge() {
        let dossier = Samples.bare {
            $0.terms[.weights] = PartTerms(
                expression: "Apache-2.0", basis: .stated, category: .permissive, osd: Samples.open, isOpen: true,
                evidence: [Evidence(path: "README.md", lines: LineRange(4))])
            $0.use = [
                Self.decision(.commercialUse, .no, .named("not for money", by: "Apache-2.0"), line: 4),
                Self.decision(.modify, .yes, "Apache-2.0 permits it", line: 4),
            ]
        }
        let lines = lines(dossier)
        #expect(
            lines.contains { $0.hasPrefix("  weights         Apache-2.0; stated ") && $0.hasSuffix(" README.md:4") })
        #expect(lines.contains("    yes           changing it"))
        #expect(lines.contains("    no            commercial use"))
        // The licence and the file are named above already.
        let ground = lines.first { $0.hasPrefix("    - not for money ") }
        #expect(ground?.hasSuffix(" :4") == true && ground.map(Columns.count) == 80)
    }

    /// Eleven questions about a part of which nothing is known are one line.
    @Test func aPartWithoutTermsTakesOneLine() {
        let dossier = Samples.bare {
            $0.use = UseID.ofEveryPart.map { Self.decision($0, .unclear, "find a licence for the data", part: .data) }
        }
        #expect(lines(dossier).contains { $0.hasPrefix("  data            unclear: find a licence for the data ") })
        #expect(!text(dossier).contains("everything that is asked here"))
    }

    @Test func termsOfTheRepositoryNeverReadAsThoseOfThePart() {
        let dossier = Samples.bare {
            $0.terms[.weights] = PartTerms(
                expression: "MIT", basis: .inherited, category: nil, osd: OSDAssessment(), isOpen: false,
                evidence: [Samples.licencePlace])
            $0.use = [
                Self.decision(.commercialUse, .unclear, "find what covers the weights"),
                Self.decision(.modify, .no, "no"),
            ]
        }
        #expect(text(dossier).contains("  weights         not stated; the repository's licence is MIT "))
    }

    @Test func forbiddenFieldsAreOneLineTheMostOfThemFirst() {
        let fields = [("deception", 2), ("harm to people", 5)].map { name, uses in
            UseField(name: Wording(name), uses: uses, evidence: [Evidence(path: "LICENSE", lines: LineRange(uses))])
        }
        let dossier = Samples.bare {
            var decision = Self.decision(.fieldsOfUse, .conditions, "X permits it")
            decision.fields = fields
            decision.conditions = fields.map {
                Reason(.named("not for \($0.name): \($0.uses) of the listed uses", by: "X"), $0.evidence)
            }
            $0.use = [decision, Self.decision(.modify, .yes, "X permits it")]
        }
        #expect(text(dossier).contains("    - forbidden uses (7): harm to people, deception "))
        #expect(!text(dossier).contains("of the listed uses"))
    }

    @Test func dutiesBasesAndNeedsStandBelow() {
        let dossier = Samples.bare {
            $0.use = [Self.decision(.modify, .yes, "MIT permits it")]
            $0.duties = [Samples.duty]
            $0.model = Samples.model
            $0.model.needs = [.init(name: "org/encoder", evidence: Evidence(path: "run.py", lines: LineRange(7)))]
        }
        let text = text(dossier)
        #expect(text.contains("  on showing or publishing: words to show "))
        #expect(text.contains("  made from       org/base (finetune): probably LicenseRef-llama-2 "))
        #expect(text.contains("                  not kept: include-licence-copy\n"))
        #expect(text.contains("  needs as well   org/encoder: licence not known "))
        #expect(text.contains("  trained on      org/data: CC-BY-NC-4.0 · no commercial use"))
    }

    private static func decision(
        _ id: UseID, _ answer: UseAnswer, _ reason: Wording, line: Int = 1, part: ReleasePart = .weights
    ) -> UseDecision {
        UseDecision(
            id: id, answer: answer, part: part,
            reason: Reason(reason, [Evidence(path: "README.md", lines: LineRange(line))]))
    }

    // MARK: Is it open source?

    @Test(arguments: [
        (Verdict.Answer.no, "No.", Style.Colour.red), (.notShown, "Not shown.", .yellow),
        (.yes, "Yes, as far as files show it.", .green),
    ])
    func theAnswerHasItsWordsAndColour(answer: Verdict.Answer, title: String, colour: Style.Colour) {
        let dossier = Samples.bare {
            $0.verdict = Verdict(answer: answer, ground: .review, sentence: Reason("so it is", [Samples.licencePlace]))
        }
        #expect(lines(dossier).contains("IS IT OPEN SOURCE?  \(title) It does not call itself so."))
        #expect(text(dossier).contains("  - so it is "))
        #expect(text(dossier, style: Style(isColoured: true)).contains("\u{1B}[\(colour.rawValue)m\(title)"))
    }

    @Test func aClaimIsToldWithItsPlace() {
        #expect(lines(Samples.full).contains("IS \"OPEN SOURCE\" TRUE?  No. Said in README.md:5."))
        var twice = Samples.full
        twice.claims += twice.claims
        #expect(lines(twice).contains("IS \"OPEN SOURCE\" TRUE?  No. Said 2 times, first in README.md:5."))
        // What is said of another model is no claim of this one.
        var others = Samples.full
        others.claims[0].subject = .otherModel
        #expect(lines(others).contains { $0.hasPrefix("IS IT OPEN SOURCE?") })
    }

    @Test func eachCriterionThatFailsHasTheLinesOfItsClauses() {
        let failing = lines(Samples.full).filter { $0.hasPrefix("  - fails OSD ") }
        #expect(failing.count == 2)
        #expect(failing[0].hasPrefix("  - fails OSD 5, no discrimination against persons or groups "))
        #expect(failing[0].hasSuffix(" LICENSE:66"))
    }

    @Test func whatAPersonDecidesFollowsTheVerdict() {
        let sentence = Reason("the terms are unclear")
        let dossier = Samples.bare {
            $0.verdict = Verdict(
                answer: .notShown, ground: .review, sentence: sentence,
                needsPerson: [sentence, Reason("whether the list is narrow", [Samples.licencePlace])])
        }
        let text = text(dossier)
        #expect(text.contains("  - a person has to decide: whether the list is narrow "))
        // The sentence itself is not said twice.
        #expect(text.components(separatedBy: "the terms are unclear").count == 2)
    }

    @Test func theTextDecidesNothing() {
        // Yardsticks and licences say one thing, the verdict another: the verdict is printed.
        var dossier = Samples.full
        dossier.verdict = Verdict(answer: .yes, ground: .open, sentence: "licence MIT passes".reason)
        #expect(text(dossier).contains("  - licence MIT passes\n"))
        #expect(!text(dossier).contains("fails OSD 5"))
    }

    // MARK: Flags

    @Test func aClaimIsQuotedOnceAboveWhatSpeaksAgainstIt() {
        var dossier = Samples.full
        var second = dossier.flags[0]
        second.id = "ow-11"
        second.title = "Called open source, but the training code is not there"
        second.reasons = []
        second.evidence = []
        dossier.flags.append(second)
        let flags = Array(lines(dossier).drop { !$0.contains("\u{201C}Our model") }.prefix(4))
        #expect(
            flags[0].hasPrefix("  \u{201C}Our model is open source.\u{201D} ") && flags[0].hasSuffix(" README.md:5"))
        #expect(flags[1].hasPrefix("    high   Called open source, but the weights' licence shuts out "))
        #expect(flags[1].hasSuffix(" LICENSE:2-126"))
        #expect(flags[2].hasSuffix("ow-03"))
        #expect(flags[3] == "    high   Called open source, but the training code is not there ow-11")
    }

    @Test func aQuoteIsCutAroundWhatIsClaimed() {
        var dossier = Samples.full
        let long = String(repeating: "We worked on this for very long indeed. ", count: 3)
        dossier.flags[0].claim = Evidence(
            path: "README.md", lines: LineRange(5), quote: long + "Our model is open source and free of charge.")
        let quote = lines(dossier).first { $0.contains("open source and") }
        #expect(quote?.hasPrefix("  \u{201C}…") == true)
    }

    @Test func detailsShowEveryReasonAndPlaceOfAFlag() {
        let flags = detail(Samples.full).drop { $0 != "FLAGS" }.dropFirst().prefix(4)
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
        let rows = detail(dossier).drop { $0 != "FLAGS" }.dropFirst().prefix(4).filter { $0.contains("LICENSE:2-126") }
        #expect(rows.count == 1)
    }

    // MARK: Level

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

    @Test func whatHasNoLevelSaysWhatItIs() {
        #expect(lines(Samples.bare { $0.gradient.subject = .dataOnly }).contains("LEVEL  A data release, no model"))
        #expect(lines(Samples.bare).contains("LEVEL  Undetermined; confidence low"))
        #expect(lines(Samples.full).contains("LEVEL  5 of 7, weights available; confidence high"))
        let most = Samples.bare { $0.gradient.atMost = "fine-tuning-access" }
        #expect(lines(most).contains("LEVEL  Undetermined (at most API access to fine-tuning); confidence low"))
    }

    // MARK: What is there

    @Test func whatIsLinkedSaysWhereItLeads() {
        let rows = lines(Samples.full)
        #expect(rows.contains { $0.hasPrefix("  Training data") && $0.contains("linked org/data ") })
        #expect(rows.contains { $0.hasPrefix("  Final weights          present ") && $0.hasSuffix(" +1") })
    }

    @Test func onlyWhatAReaderLooksForIsMissed() {
        func words(_ lines: [String]) -> String {
            lines.joined(separator: " ").split(separator: " ").joined(separator: " ")
        }
        let absent = words(lines(Samples.bare))
        #expect(absent.contains("not there final weights"))
        #expect(absent.contains("training code") && !absent.contains("security policy"))
        // Of a plain program nobody expects training data.
        #expect(!text(Samples.bare { $0.gradient.subject = .notAModel }).contains("not there"))
        #expect(words(detail(Samples.bare)).contains("security policy"))
    }

    // MARK: Files

    @Test func whatWouldHarmTheReaderStandsBeforeEverythingElse() {
        let dossier = Samples.bare {
            $0.artefacts = (1...9).map { JudgedArtefact(path: "file-\($0)", component: .weightsFinal, format: "gguf") }
            $0.artefacts[8].findings = [Finding(.dangerousGlobal, .high, "os.system", offset: 7)]
            $0.artefacts[3].findings = [Finding(.trailingData, .medium, "more bytes")]
        }
        let lines = lines(dossier)
        let alarm = lines.firstIndex { $0 == "BEFORE OPENING IT" }
        #expect(
            alarm == 1 && lines[2].hasPrefix("  high   os.system dangerous-global ") && lines[2].hasSuffix(" file-9@7"))
        #expect(lines.contains("FILES TO LOOK AT"))
        #expect(!text(dossier).contains("file-1"))
    }

    @Test func whatIsSaidOfTheWholeReleaseNamesNoFile() {
        #expect(text(Samples.full).contains(" the whole release\n"))
        #expect(detail(Samples.full).contains { $0.hasPrefix("  the whole release") })
    }

    // MARK: Yardsticks

    @Test func aYardstickNamesTheRequiredItemThatDecides() {
        #expect(lines(Samples.full).contains("  Open Weights Definition           1 of 2 met; not: Weights can be had"))
        var optional = Samples.full
        optional.yardsticks.frameworks[0].criteria[1].required = false
        #expect(lines(optional).contains("  Open Weights Definition           1 of 1 met"))
    }

    @Test func detailsShowWhatIsMetWithItsEvidence() {
        let rows = detail(Samples.full)
        #expect(
            rows.contains {
                $0.hasPrefix("  met         Weights can be had: weights-final there")
                    && $0.hasSuffix(" model.safetensors")
            })
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
                let style = Style(isColoured: isColoured, width: width)
                let texts = [false, true].map { text(dossier, style: style, language: language, isDetailed: $0) }
                for line in texts.joined().split(separator: "\n") {
                    #expect(Columns.count(String(line)) <= width, "\(line)")
                    #expect(line.last != " ")
                }
            }
        }
    }

    @Test func aPlainReportHasNoColours() { #expect(!text(Samples.full).contains("\u{1B}")) }

    @Test func theReportSpeaksChinese() {
        let text = text(Samples.full, language: .zh) + text(Samples.full, language: .zh, isDetailed: true)
        for english in [
            "COMPONENTS", "TERMS", "FLAGS", "evidence", "present", "3 tensors", "confidence", "files,", "stated",
            "Open Weights",
        ] {
            #expect(!text.contains(english), "\(english)")
        }
        #expect(text.contains("组成部分") && text.contains("不是开源") && text.contains("否。"))
    }
}

extension String {
    fileprivate var reason: Reason { Reason(Wording(self)) }
}
