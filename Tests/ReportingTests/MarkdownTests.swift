import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct MarkdownTests {
    private func text(_ dossier: Dossier) -> String { MarkdownReport.text(dossier, rules: TestRules.shared) }

    @Test func signsOfMarkdownStandAsTheyAre() {
        #expect(Markdown.escaped("a|b `c` <img> [d](e) *f* _g") == #"a\|b \`c\` \<img\> \[d\](e) \*f\* \_g"#)
    }

    /// In Swift a mark makes another character of the sign before it; Markdown still sees the sign.
    @Test func aCombiningMarkDoesNotHideASign() {
        #expect(Markdown.escaped("|\u{301}").unicodeScalars.elementsEqual("\\|\u{301}".unicodeScalars))
        #expect(Markdown.escaped("`\u{301}<b>").unicodeScalars.elementsEqual("\\`\u{301}\\<b\\>".unicodeScalars))
        let code = Markdown.code("a`\u{301}|\u{301}b").unicodeScalars
        #expect(code.elementsEqual("a\\`\u{301}\\|\u{301}b".unicodeScalars))
    }

    @Test func codeKeepsEverySignOfAPath() {
        #expect(Markdown.code("a/b_c.md:3") == "`a/b_c.md:3`")
        #expect(Markdown.code("a|b`c<é>.md") == #"a\|b\`c\<é\>.md"#)
    }

    @Test func everyRowHasTheCellsOfItsTable() {
        var dossier = Samples.full
        dossier.licences[0].path = "a|b`.md"
        dossier.components[0].evidence = [Evidence(path: "x|\u{301}y")]
        dossier.model.baseModels[0].name = "org|base"
        var columns: Int?
        for line in text(dossier).split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("|") else {
                columns = nil
                continue
            }
            // By scalars, as Markdown reads it.
            let scalars = Array(line.unicodeScalars)
            let cells = scalars.indices.count { scalars[$0] == "|" && ($0 == 0 || scalars[$0 - 1] != "\\") }
            #expect(cells == columns ?? cells, "\(line)")
            columns = cells
        }
    }

    @Test func theVerdictComesFirst() {
        let text = text(Samples.full)
        let order = ["# tiny", "**Weights available", "**Not open source**", "no training code found", "## Terms"]
        let places = order.map { text.range(of: $0)?.lowerBound }
        #expect(!places.contains(nil))
        #expect(places.compactMap { $0 } == places.compactMap { $0 }.sorted())
    }

    @Test func aFlagShowsClaimReasonsAndRemedy() {
        let text = text(Samples.full)
        #expect(text.contains("(`ow-03`). State the threshold beside the claim."))
        #expect(text.contains("  - claim: “Our model is open source.” (`README.md:5`)"))
        #expect(text.contains("  - why: LicenseRef-llama-2 fails OSD 5, 6 (`LICENSE:2-126`)"))
    }

    @Test func whatIsMissingHasNoPlace() {
        #expect(text(Samples.full).contains("- no training code found\n"))
    }
}
