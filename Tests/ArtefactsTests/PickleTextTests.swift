import Testing

@testable import OpenscanArtefacts

@Suite struct PickleTextTests {
    /// `codecs.escape_decode`.
    @Test(arguments: [
        (#"'\157\163'"#, "os"), (#"'\7x'"#, "\u{7}x"), (#"'\1571'"#, "o1"), (#"'\x6f\x73'"#, "os"),
        (#""\a\b\t\n\v\f\r""#, "\u{7}\u{8}\t\n\u{B}\u{C}\r"), (#"'\'\"\\'"#, #"'"\"#), ("'o\\\ns'", "os"),
        (#"'\q\u006f'"#, #"\q\u006f"#), (#"'\x6'"#, #"\x6"#), (#"'\xc3\xa9'"#, "é"), ("'plain'", "plain"),
    ])
    func stringsAreReadAsReprs(sample: (String, String)) {
        #expect(PickleText.unquoted(Array(sample.0.utf8)) == sample.1)
    }

    /// `raw-unicode-escape`.
    @Test(arguments: [
        (#"\u006f\u0073"#, "os"), (#"\U0000006fs"#, "os"), (#"\x6f\157\n"#, #"\x6f\157\n"#),
        (#"\\u006f"#, #"\\u006f"#), (#"\u6f"#, #"\u6f"#), ("plain", "plain"), (#"a\"#, #"a\"#),
    ])
    func unicodeLinesKnowTwoEscapes(sample: (String, String)) {
        #expect(PickleText.unescaped(Array(sample.0.utf8)) == sample.1)
    }

    @Test func otherBytesOfUnicodeLinesAreLatin1() { #expect(PickleText.unescaped([0x63, 0xE9]) == "cé") }
}
