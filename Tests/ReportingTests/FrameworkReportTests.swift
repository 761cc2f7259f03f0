import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import OpenscanTestSupport
import Testing

@Suite struct FrameworkReportTests {
    private func text(_ only: String?, isMarkdown: Bool = false) -> String {
        FrameworkReport.text(
            Samples.full, rules: TestRules.shared, only: only, isMarkdown: isMarkdown, words: .english)
    }

    private func json(_ only: String?) throws -> JSONValue {
        let text = Array(try JSON.text(FrameworkReport.Value(Samples.full, only), isPretty: false).utf8)
        return try text.withUnsafeBytes { try JSONValue.parse($0) }
    }

    @Test func theYardsticksAreThoseOfTheRules() {
        #expect(FrameworkReport.ids(TestRules.shared) == ["osd", "mof"] + TestRules.shared.frameworks.map(\.id))
    }

    @Test func aloneAFrameworkShowsWhatIsMetToo() {
        #expect(text("open-weights").contains("met         Weights can be had: weights-final there"))
        #expect(!text(nil).contains("\n  met "))
        #expect(!text("open-weights").contains("MODEL OPENNESS FRAMEWORK"))
    }

    @Test func theOpennessFrameworkSaysWhatAClassLacks() {
        #expect(text("mof").contains("Unclassified; with SPDX ids class 3; with the release's own licence for"))
        #expect(
            text("mof").contains("class 3 needs more; missing: Data card; without a licence: Technical report;"))
    }

    @Test func linesFitTheScreen() {
        for line in text(nil).split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    }

    @Test func markdownSaysWhatWouldChangeACriterion() {
        #expect(text(nil, isMarkdown: true).contains("| Publish the weights. |"))
        #expect(text(nil, isMarkdown: true).contains("## Where the yardsticks differ"))
    }

    @Test func programsGetTheWholeJudgementOrOneFramework() throws {
        let all = try json(nil)
        #expect(all.members?.map(\.key) == ["differences", "frameworks", "gradient", "name"])
        #expect(all["gradient"]?["licenceClass"]?.string == "user-restricted")
        #expect(all["frameworks"]?["open-weights"]?["verdict"]?.string == "not compatible")
        #expect(try json("osd")["5"]?["verdict"]?.string == "fail")
        #expect(try json("mof")["normalisedClass"]?.int == 3)
        #expect(try json("open-weights")["id"]?.string == "open-weights")
        #expect(try json("osaid").members?.isEmpty == true)
    }
}
