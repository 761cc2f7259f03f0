import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanScanning

/// Words of documents that are no plain text.
@Suite struct DocumentTextTests {
    private func rich(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { String(decoding: RichText.text($0), as: UTF8.self) }
    }

    private func xml(_ text: String) -> String {
        Array(text.utf8).withUnsafeBytes { String(decoding: OfficeText.text($0), as: UTF8.self) }
    }

    @Test(arguments: [
        ("{\\rtf1\\ansi MIT License\\par Permission}", "MIT License\nPermission"),
        ("{\\rtf1{\\fonttbl{\\f0 Times;}}{\\*\\generator x;}{\\b Bold} text}", "Bold text"),
        ("{\\rtf1 caf\\'e9 \\u8220?a\\u8221? \\{b\\}}", "café “a” {b}"), ("{\\rtf1 a", "a"), ("}}}{\\rtf1 b}", "b"),
        ("{\\rtf1 \\information c}", "c"), ("{\\rtf1 {\\info d} e\\'", " e"),
    ])
    func richText(text: String, expected: String) { #expect(rich(text) == expected) }

    @Test(arguments: [
        ("<text:p>One &amp; two</text:p><text:p>three</text:p>", "One & two\nthree\n"),
        ("<w:p><w:r><w:t>a</w:t></w:r><w:br/><w:t>b</w:t></w:p>", "a\nb\n"), ("a<text:s/>b<", "a b"),
    ])
    func officeText(text: String, expected: String) { #expect(xml(text) == expected) }

    @Test func aLicenceInRichTextIsRead() throws {
        let text = "{\\rtf1\\ansi This model is licensed under the MIT License.\\par}"
        let dossier = try TemporaryRelease([("LICENSE.rtf", text), ("run.py", "print(1)\n")]).dossier()
        #expect(dossier.licences.map(\.id) == ["MIT"])
    }

    @Test func aTextOfTwoBytesACharacterIsRead() throws {
        let text = "This model is licensed under the MIT License.\n"
        let wide = String(text.flatMap { [$0, "\0"] })
        let dossier = try TemporaryRelease([("LICENSE", wide), ("run.py", "print(1)\n")]).dossier()
        #expect(dossier.licences.map(\.id) == ["MIT"])
    }
}
