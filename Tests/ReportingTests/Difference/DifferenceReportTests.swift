import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanTestSupport
import Testing

@testable import OpenscanReporting

@Suite struct DifferenceReportTests {
    private func difference(_ text: String) -> ReleaseDifference {
        let place = Evidence(path: text, lines: LineRange(1), quote: text)
        var old = Samples.full
        old.flags = []
        old.claims = []
        old.terms[.code]?.expression = "MIT"
        old.artefacts = []
        var new = Samples.full
        new.release.name = text
        new.terms[.code]?.expression = text
        new.terms[.code]?.evidence = [place]
        new.flags[0].claim = place
        new.claims[0].evidence = place
        new.artefacts[0].path = text
        return Judge(TestRules.shared).difference(old, new)
    }

    @Test(arguments: ["<script>alert(1)</script>", "\"\u{301} onclick=x", "{{{style}}}", "a\u{202E}b", "|`*_[x](y)"])
    func noTextOfAReleaseBecomesMarkup(text: String) throws {
        func page(_ text: String) throws -> String {
            try DifferenceReport.page(
                difference(text), rules: TestRules.shared, language: .en, templates: PageTemplates())
        }
        func signs(_ page: String) -> [Int] {
            (["<", ">", "\""] as [Unicode.Scalar]).map { sign in page.unicodeScalars.count { $0 == sign } }
        }
        let loud = try page(text)
        let quiet = try page("quiet")
        #expect(signs(loud) == signs(quiet))
        #expect(!loud.unicodeScalars.contains(where: Printable.isBidirectionalControl))
        #expect(loud.contains("default-src &#39;none&#39;") && !loud.contains("<script"))
    }

    @Test func rowsSayWhatCameAndWhatWent() {
        let text = DifferenceReport.text(
            difference("X"), rules: TestRules.shared, style: .plain, words: .english)
        #expect(text.contains("~ Code: MIT, stated → X, stated X:1"))
        #expect(
            text.contains("+ high ow-03") && text.contains("+ open source, model")
                || text.contains("+ open-source, model"))
        let markdown = DifferenceReport.markdown(difference("a|b"), rules: TestRules.shared, words: .english)
        #expect(markdown.contains(#"a\|b"#))
    }
}
