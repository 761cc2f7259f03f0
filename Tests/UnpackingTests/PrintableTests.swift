import OpenscanBytes
import Testing

@Suite struct PrintableTests {
    @Test func noControlCharacterSurvives() {
        let shown = Printable.text("a\u{1B}[31mb\u{202E}c\u{0}d\r\n\te", limit: 100)
        #expect(!shown.unicodeScalars.contains(where: Printable.isUnsafe))
        #expect(shown == "a\\u{1b}[31mb\\u{202e}c\\u{0}d e")
        #expect(Printable.text(String(repeating: "x", count: 500), limit: 10) == "xxxxxxxxxx…")
    }
}
