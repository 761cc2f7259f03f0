import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct DateTests {
    private let reader = DateReader(rules: TestRules.shared.cards)

    private func dates(_ text: String) -> [String] {
        reader.dates(FoldedText(text).bytes).map(\.date.description)
    }

    @Test(arguments: [
        ("[2024/06/30] News", "2024-06-30"), ("2024-6-3: out", "2024-06-03"), ("2024.06", "2024-06"),
        ("June 30, 2024", "2024-06-30"), ("Jun. 30th, 2024", "2024-06-30"), ("30 June 2024", "2024-06-30"),
        ("3rd of May 2024", "2024-05-03"), ("sept 2024", "2024-09"), ("Q3 2024", "2024-09"), ("2024 Q1", "2024-03"),
        ("2024年6月30日", "2024-06-30"), ("2024年6月", "2024-06"), ("in 2024.", "2024"),
    ])
    func isRead(text: String, date: String) { #expect(dates(text) == [date]) }

    @Test(arguments: [
        "2048 tokens", "1080p", "version 1.2024", "12024-06-30", "may be 20 of them", "june", "sha 20240630ab", "Q5 24",
        "4096", "",
    ])
    func isNone(text: String) { #expect(dates(text).isEmpty) }

    @Test func aMonthThatNoCalendarHasIsNone() { #expect(dates("2024-13-01") == ["2024"]) }

    @Test func datesAreComparedByTheirEnd() throws {
        let month = try #require(StatedDate("2024-06"))
        let day = try #require(StatedDate("2024-06-30"))
        let year = try #require(StatedDate("2024"))
        #expect(day < month && month < year && StatedDate("2024-6-x") == nil && StatedDate("") == nil)
        #expect(StatedDate(year: 2024, day: 3) == nil && StatedDate(year: 1999) == nil)
    }

    // MARK: What they are for

    private func read(_ text: String) -> CardFacts { CardReader(TestRules.shared).read(text, path: "README.md") }

    @Test(arguments: [
        ("The weights will be released by June 2024.", "2024-06"),
        ("Coming soon: training code, in Q3 2024.", "2024-09"),
        ("训练代码即将开源，预计2024年6月发布", "2024-06"), ("Before 2024-07-01 the code will be released.", "2024-07-01"),
        ("[2024/01/05] We will release the data in March 2024.", "2024-03"),
    ])
    func somethingAnnouncedIsDue(text: String, date: String) {
        let card = read(text)
        #expect(card.dueDates.map(\.date.description) == [date])
        #expect(card.dueDates.map(\.evidence) == card.promises)
    }

    /// The day of the news is no day on which anything is due.
    @Test(arguments: [
        "[2024/05/01] Training code will be released.", "2024-05-01: weights coming soon",
        "In May 2024 we said that the weights will be released.", "Update (2024/05/01): code will be released soon.",
        "Weights will be released, see the 2024 report.",
    ])
    func theDayOfTheNewsIsNotDue(text: String) {
        let card = read(text)
        #expect(!card.promises.isEmpty && card.dueDates.isEmpty)
    }

    @Test func newsBeginWithTheirDay() {
        let card = read(
            "# Tiny\n- [2024/03/01] Released.\n* **2024-05-02** New.\n- 🔥 June 1, 2023: paper.\nSince 2025-01-01 all is well.\n"
                + "- [2026/01/01] Weights coming soon.\n")
        #expect(card.latestNews?.date.description == "2024-05-02")
        #expect(card.latestNews?.evidence.lines == LineRange(3))
        #expect(read("Trained in 2024\n2024 was good\n").latestNews == nil)
    }
}
