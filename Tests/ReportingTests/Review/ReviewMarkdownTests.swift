import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct ReviewMarkdownTests {
    private static let tool = ReportTool(name: "openscan", version: "1", licenceData: "aa", ruleData: "bb")

    private func text(_ dossier: Dossier, language: Language = .en) -> String {
        ReviewMarkdown.text(
            dossier, rules: TestRules.shared, context: ReviewContext(tool: Self.tool, inventory: "cc"),
            words: Words(language, rules: TestRules.shared))
    }

    @Test func theAnswerStandsOpenAndWhatItRestsOnIsFolded() {
        let text = text(Samples.full)
        #expect(text.hasPrefix("# tiny\n\n**Not open source**"))
        #expect(text.components(separatedBy: "<details>").count == text.components(separatedBy: "</details>").count)
        #expect(text.components(separatedBy: "<details>").count > 8)
        #expect(text.contains("`mau-threshold`") && text.contains("cc"))
        #expect(self.text(Samples.full, language: .zh).contains("<summary>许可证</summary>"))
    }

    @Test func itFitsIntoAnIssue() {
        var dossier = Samples.full
        let long = String(repeating: "word ", count: 36)
        dossier.flags = (0..<400).map { number in
            var flag = Samples.full.flags[0]
            flag.claim = Evidence(path: "a\(number).md", lines: LineRange(1), quote: long)
            return flag
        }
        dossier.claims = Array(repeating: Samples.full.claims[0], count: 60)
        dossier.errors = (0..<400).map { .init(path: "\($0)" + long, code: "unreadable", message: Wording(long)) }
        let text = text(dossier)
        #expect(text.utf8.count <= ReviewMarkdown.limit)
        #expect(text.contains("more lines are not shown") && text.contains("How to make this again"))
    }

    /// An issue calls nobody, and no text of a release begins markup.
    @Test func nobodyIsCalled() {
        #expect(ReviewMarkdown.withoutMentions("a@b `c@d` \\`e@f") == "a@<!-- -->b `c@d` \\`e@<!-- -->f")
        #expect(ReviewMarkdown.withoutMentions("`open\n@x") == "`open\n@<!-- -->x")
        var dossier = Samples.full
        dossier.flags[0].claim = Evidence(path: "x", lines: LineRange(1), quote: "</details><script> @octocat")
        let text = text(dossier)
        #expect(text.contains("\\</details\\>\\<script\\> @<!-- -->octocat"))
    }
}
