import OpenscanKit
import OpenscanStore
import Testing

@testable import OpenscanCatalogue

@Suite struct ColumnTests {
    @Test func numbersTakeAsManyCharactersAsTheLargestNeeds() {
        #expect(Column(codes: [0, 1, 63]).text() == "AB_")
        #expect(Column(codes: [0, 64, 4095]).text() == "AABA__")
        #expect(Column(codes: []).text() == "")
        #expect(Column(codes: [262_144]).text() == "BAAA")
    }

    /// In order, and to a thousandth.
    @Test func sizesKeepTheirOrder() {
        let sizes = [1, 2, 3, 999, 1000, 4095, 4096, 4097, 123_456, 7_000_000_000, 70_000_000_000, .max]
        let codes = sizes.map { Column.rounded($0) }
        #expect(codes == codes.sorted())
        #expect(Set(codes.prefix(6)).count == 6)
        #expect(codes.allSatisfy { $0 > 0 && $0 < 262_144 })
        #expect([nil, 0, -5, .min].map { Column.rounded($0) } == [0, 0, 0, 0])
    }

    @Test func valuesBeyondTheMostCommonAreOneOther() {
        let values = Values(["a": 5, "b": 7, "c": 1, "d": 2], known: ["c"], most: 2)
        #expect(values.ids == ["c", "b", "other"])
        #expect(values.counts == [1, 7, 7])
        #expect(values["b"] == 1 && values["a"] == 2 && values["d"] == 2)
        #expect(Values([:], most: 5).ids.isEmpty)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("1970-01-02", 1), ("2000-03-01T10:00:00Z", 11_017), ("2026-11-28", 20_785),
        ("yesterday", 0), ("", 0), ("2026-13-01", 0), ("99999-01-01", 0), ("-001-01-01", 0),
    ])
    func daysAreCounted(text: String, day: Int) { #expect(Entry.day(text) == day) }

    /// However long ago a file says that it changed, the plot stays one.
    @Test func periodsAreBounded() {
        func names(_ dates: [String]) -> [String] {
            Plots.periods(dates.map { ($0, 0) }, kinds: 1, earlier: "earlier").names
        }
        #expect(names(["2026-01-05", "2026-03-05"]) == ["2026-01", "2026-02", "2026-03"])
        #expect(names(["2020-01-05", "2026-03-05"]).first == "2020 Q1")
        #expect(names(["1990-01-05", "2026-03-05"]).first == "1990")
        let old = Plots.periods(
            [("1970-01-05", 0), ("2026-03-05", 0), ("9999-01-01", 0)], kinds: 1, earlier: "earlier")
        #expect(old.names.count == Plots.mostPeriods && old.names.first == "earlier")
        #expect(old.counts.map { $0[0] }.reduce(0, +) == 3)
        #expect(names([]).isEmpty)
    }

    /// What only the repository's licence lets one guess is found by no filter.
    @Test(arguments: [
        ("text", "MIT"), ("stated", "MIT"), ("metadata", "MIT"), ("inherited", ""), ("elsewhere", ""),
        ("not-stated", ""),
        ("made up", ""),
    ])
    func onlyWhatIsSaidHereIsALicence(basis: String, licence: String) throws {
        let store = try MadeStore(4)
        let entries = try ReleaseListing.read(MirrorStore(store.path, for: .reading)) { try $0.lines() }
        let line = try #require(entries.first)
        let entry = Entry(line.with(basis: basis), roots: ["/mirror"])
        #expect(entry.licence == licence)
        #expect(entry.category == (licence.isEmpty ? "" : "permissive"))
    }

    @Test func locationsBeginAtTheMirror() throws {
        let store = try MadeStore(1)
        let line = try #require(
            try ReleaseListing.read(MirrorStore(store.path, for: .reading)) { try $0.lines() }.first)
        #expect(Entry(line, roots: ["/", "/mirror", "/mirror/o"]).location == "org/model-1-1")
        #expect(Entry(line, roots: ["/mir"]).location == "model-1-1")
        #expect(Entry(line, roots: []).location == "model-1-1")
        #expect(Entry(line, roots: []).title == "org/model-1")
    }
}

extension ReleaseListing.Line {
    fileprivate func with(basis: String) -> Self {
        var line = self
        line.basis = basis
        return line
    }
}
