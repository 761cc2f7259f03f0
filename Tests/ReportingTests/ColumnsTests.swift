import Testing

@testable import OpenscanReporting

@Suite struct ColumnsTests {
    @Test func ideographsTakeTwoColumnsAndColoursNone() {
        #expect(Columns.count("模型") == 4)
        #expect(Columns.count(Style(isColoured: true).paint("model", .red)) == 5)
    }

    @Test func aTextIsCutAtItsEndAndAPlaceInItsMiddle() {
        #expect(Columns.clipped("abcdef", 4) == "abc…")
        #expect(Columns.clippedPlace("folder/inner/file.py:3", 14) == "fol…/file.py:3")
        #expect(Columns.clippedPlace("folder/file.py:3", 6) == "….py:3")
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

    @Test func picturesMarksAndOtherScriptsHaveTheirColumns() {
        #expect(Columns.count("e\u{301}") == 1)
        #expect(Columns.count("😀") == 2)
        #expect(Columns.count("👍🏽") == 2)
        #expect(Columns.count("🇩🇪") == 2)
        #expect(Columns.count("👩\u{200D}💻") == 2)
        #expect(Columns.count("שלום") == 4)
        #expect(Columns.count("한국") == 4)
    }

    /// Signs that close stand behind their word, those that open before it, and a section's number stays whole.
    @Test func chineseIsBrokenWhereItsTypesettingAllowsIt() {
        #expect(Columns.wrapped("甲乙，丙", 4) == ["甲", "乙，", "丙"])
        #expect(Columns.wrapped("甲（乙）", 6) == ["甲", "（乙）"])
        #expect(Columns.wrapped("不符合第 5, 6 条", 12) == ["不符合", "第 5, 6 条"])
        #expect(Columns.wrapped("使用 MIT 许可", 8) == ["使用 MIT", "许可"])
    }

    @Test func whatMattersIsNeverCutAway() {
        let text = "we talk and talk until it is open source at last, and then go on"
        let point = 26
        let cut = Columns.clipped(text, around: point, 30)
        #expect(cut.contains("is open source") && cut.hasPrefix("…") && cut.hasSuffix("…"))
        #expect(Columns.count(cut) <= 30)
        #expect(Columns.clipped("short", around: 3, 30) == "short")
    }
}
