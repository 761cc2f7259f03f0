import Testing

@testable import OpenscanReporting

@Suite struct ColumnsTests {
    @Test func ideographsTakeTwoColumnsAndColoursNone() {
        #expect(Columns.count("模型") == 4)
        #expect(Columns.count(Style(isColoured: true).paint("model", .red)) == 5)
    }

    @Test func aTextIsCutAtItsEndAndAPlaceAtItsBeginning() {
        #expect(Columns.clipped("abcdef", 4) == "abc…")
        #expect(Columns.clippedPlace("folder/file.py:3", 10) == "…file.py:3")
        #expect(Columns.clipped("模型卡", 4) == "模…")
    }

    @Test func cuttingColouredTextEndsTheColour() {
        #expect(Columns.clipped(Style(isColoured: true).paint("abcdef", .red), 4).hasSuffix("…\u{1B}[0m"))
    }

    @Test func aWordThatFitsNowhereIsBroken() {
        #expect(Columns.wrapped("ab abcdefgh", 4) == ["ab", "abcd", "efgh"])
        #expect(Columns.wrapped("模型卡数据", 4) == ["模型", "卡数", "据"])
    }

    @Test func whatCannotFitDoesNotHang() { #expect(Columns.wrapped("模", 1) == ["模"]) }
}
