import Openness
import Reporting
import Testing

@Suite struct WordsTests {
    private let chinese = Words(.zh)

    /// What the report names is in the catalogue: an entry that is missing would stay English.
    @Test func everyNameHasItsWords() {
        let names =
            Catalogue.components.map(\.name) + Catalogue.levels.map(\.name) + Catalogue.flags.map(\.title)
            + Framework.all.map(\.name) + Component.Status.allCases.map(\.rawValue)
        for name in names { #expect(chinese(name) != name, "\(name)") }
    }

    @Test func partsAreFilledIn() {
        #expect(chinese("{0} (level {1} of 7), confidence {2}", "X", "5", "高") == "X（第 5 级，共 7 级），可信度高")
        #expect(
            Words(.en)("{0} {1} passes the Open Source Definition", "licence", "MIT")
                == "licence MIT passes the Open Source Definition")
        #expect(chinese("no such words") == "no such words")
    }

    @Test func theReportSpeaksChinese() throws {
        let report = try TemporaryRelease([
            ("README.md", "---\nlicense: mit\n---\n# Tiny\nA model.\n"), ("model.gguf", "x"),
        ]).report()
        let text = TextReport.text(report, style: Style(isColoured: false), words: chinese)
        #expect(text.contains("组成部分") && !text.contains("COMPONENTS"))
    }
}
