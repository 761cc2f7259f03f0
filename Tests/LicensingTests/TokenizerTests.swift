import Foundation
import OpenscanBytes
import Testing

@testable import OpenscanLicensing

@Suite struct TokenizerTests {
    private func same(_ left: String, _ right: String) -> Bool {
        Tokenizer.tokens(of: left).hashes == Tokenizer.tokens(of: right).hashes
    }

    @Test(arguments: [
        ("Non-infringement", "NONINFRINGEMENT"), ("sub-license", "sublicense"), ("  1. Foo\n(a) bar", "foo bar"),
        ("<p>Foo</p> &quot;bar&quot;", "foo bar"), ("“Foo” – bar", "foo bar"), ("ＭＩＴ", "mit"),
        ("* Foo\n * bar", "foo bar"), ("⻛", "风"),
    ])
    func layoutAndMarksAreNoWords(left: String, right: String) { #expect(same(left, right), "\(left) / \(right)") }

    @Test func ideographsAreWords() { #expect(Tokenizer.tokens(of: "开源 model").count == 3) }

    @Test func tokensKnowTheirLines() {
        let tokens = Tokenizer.tokens(of: "one\ntwo\n\nthree")
        #expect(tokens.lines(2..<3) == (4, 4))
        #expect(tokens.lines(0..<2) == (1, 2))
    }

    @Test func otherEncodingsAreDecoded() {
        let text = "Permission is granted “free of charge”"
        let wide = [UInt8](text.data(using: .utf16LittleEndian)!)
        #expect(wide.withUnsafeBytes { Decoding.utf8($0) }.map { String(decoding: $0, as: UTF8.self) } == text)
        #expect(
            ([0x63, 0x61, 0x66, 0xE9, 0x20, 0x93, 0x78, 0x94, 0x20, 0x20] as [UInt8]).withUnsafeBytes {
                Decoding.utf8($0)
            }.map { String(decoding: $0, as: UTF8.self) } == "café “x”  ")
    }
}
