import Testing

@testable import OpenscanReporting

@Suite struct ShortLineTests {
    @Test func thePathTakesWhatRoomIsLeft() {
        #expect(
            ShortLine.text(["3 of 9 files", "12 kB"], path: "a/b.bin", width: 60) == "3 of 9 files · 12 kB  a/b.bin")
        let long = String(repeating: "folder/", count: 20) + "model.bin"
        let line = ShortLine.text(["3 of 9 files", "12 kB"], path: long, width: 60)
        #expect(Columns.count(line) == 60 && line.hasSuffix("…/model.bin"))
    }

    @Test func aNarrowTerminalShowsNoPath() {
        #expect(ShortLine.text(["1234 of 99999 files"], path: "a/b.bin", width: 24) == "1234 of 99999 files")
        #expect(Columns.count(ShortLine.text(["1234 of 99999 files"], path: "a", width: 10)) == 10)
    }
}
