import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanOpenness
@testable import OpenscanScanning

/// The words of PDF files, and files that only say they are one.
@Suite struct PDFTextTests {
    private func text(_ file: String) -> String? { PDFText.text(Array(file.utf8), limit: 1 << 20) }

    /// A page with these operators, and a font in the standard encoding.
    private func page(_ operators: String, font: String = "<< /Type /Font /Subtype /Type1 >>") -> String {
        """
        %PDF-1.4
        1 0 obj << /Type /Page /Contents 2 0 R /Resources << /Font << /F1 3 0 R >> >> >> endobj
        2 0 obj << /Length \(operators.utf8.count) >> stream
        \(operators)
        endstream endobj
        3 0 obj \(font) endobj
        trailer << /Root 1 0 R >>
        """
    }

    private func words(_ operators: String) -> String? {
        text(page(operators))?.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    @Test(arguments: [
        ("BT /F1 10 Tf (Energy used) Tj ET", "Energy used"),
        ("BT /F1 10 Tf [(En) 20 (ergy) -333 (used)] TJ ET", "Energy used"),
        ("BT /F1 10 Tf (one) Tj 0 -12 Td (two) Tj T* (three) Tj ET", "one two three"),
        ("BT /F1 10 Tf (a\\(b\\)\\\\ \\101) Tj ET", "a(b)\\ A"), ("BT /F1 10 Tf <456E> Tj ET", "En"),
        ("BT /F1 10 Tf (dis-) Tj 0 -12 Td (tribution) Tj ET", "distribution"),
        ("BT /F1 10 Tf (x) Tj ET BI /W 1 ID (no) Tj EI BT /F1 10 Tf 90 0 Td (y) Tj ET", "x y"),
        ("BT /F1 10 Tf (far) Tj 60 0 Td (away) Tj ET", "far away"),
    ])
    func textIsShown(operators: String, expected: String) { #expect(words(operators) == expected) }

    @Test func codesAreCharactersByTheirNamesOrTable() {
        let names = "<< /Type /Font /Encoding << /Differences [1 /E /n 3 /uni0065 /fi] >> >>"
        #expect(text(page("BT /F1 10 Tf <01020304> Tj ET", font: names))?.contains("Enefi") == true)
        let table = """
            << /Subtype /Type0 /ToUnicode 4 0 R >> endobj
            4 0 obj << /Length 10 >> stream
            1 begincodespacerange <0000> <FFFF> endcodespacerange
            1 beginbfchar <0001> <0045> endbfchar
            1 beginbfrange <0002> <0004> <006E> endbfrange
            endstream
            """
        #expect(text(page("BT /F1 10 Tf <0001000200030004> Tj ET", font: table))?.contains("Enop") == true)
    }

    @Test func aFontWithoutCharactersShowsNothing() {
        #expect(text(page("BT /F1 10 Tf <00010002> Tj ET", font: "<< /Subtype /Type0 >>")) == nil)
        #expect(text(page("BT /F2 10 Tf (abc) Tj ET")) == nil, "a font that the page has not")
    }

    @Test(arguments: [
        "", "%PDF-", "%PDF-1.4\n1 0 obj", "no pdf", "%PDF-1.4\n1 0 obj << /Type /Page /Contents 1 0 R >>",
        "%PDF-1.4\n1 0 obj << /Type /Page /Parent 1 0 R /Contents [1 0 R 1 0 R] >> stream\nendstream",
        "%PDF-1.4\n1 0 obj 2 0 R endobj 2 0 obj 1 0 R endobj", "%PDF-1.4\n99999999999 0 obj << >>",
        "%PDF-1.4\n1 0 obj << /Type /ObjStm /N 9999999 /First 99999999 >> stream\n1 2\nendstream",
    ])
    func filesThatAreNoneShowNothing(file: String) { #expect(text(file) == nil) }

    @Test func encryptedFilesAreNotRead() {
        #expect(text(page("BT /F1 10 Tf (secret) Tj ET") + "\n<< /Encrypt 9 0 R >>") == nil)
    }

    @Test func nestingAndRepetitionEnd() {
        let deep = "%PDF-1.4\n1 0 obj " + String(repeating: "[", count: 100_000) + "<<"
        #expect(text(deep) == nil)
        let many = "%PDF-1.4\n" + String(repeating: "1 0 obj << /Length 5 >> stream\n", count: 20_000)
        #expect(text(many) == nil)
    }

    /// Cut anywhere and changed anywhere it still comes to an end.
    @Test func damageEndsNothing() {
        let whole = Array(page("BT /F1 10 Tf [(En) 20 (ergy)] TJ ET").utf8)
        for cut in stride(from: 0, to: whole.count, by: 7) {
            _ = PDFText.text(Array(whole.prefix(cut)), limit: 1000)
            var changed = whole
            changed[cut] ^= 0x55
            _ = PDFText.text(changed, limit: 1000)
        }
    }

    @Test func aReportTellsWhatItsSentencesSay() throws {
        let report = page("BT /F1 10 Tf (Training used 120 MWh of) Tj 0 -12 Td (energy.) Tj ET")
        let dossier = try TemporaryRelease([("report.pdf", report), ("run.py", "print(1)\n")]).dossier()
        let energy = dossier.disclosures?.first { $0.id == "energy" }
        #expect(energy?.evidence.path == "report.pdf" && energy?.evidence.lines == nil)
        let criterion = dossier.yardsticks.framework("transparency")?.criteria.first { $0.id == "tr-energy" }
        #expect(criterion?.status == .met)
    }

    @Test func whatAReportDoesNotSayIsNotMetOnceItIsRead() throws {
        let report = page("BT /F1 10 Tf (We thank everybody.) Tj ET")
        let read = try TemporaryRelease([("report.pdf", report)]).dossier()
        let unread = try TemporaryRelease([("report.pdf", "%PDF-1.4\n1 0 obj << >> endobj")]).dossier()
        func status(_ dossier: Dossier) -> FrameworkResult.Status? {
            dossier.yardsticks.framework("transparency")?.criteria.first { $0.id == "tr-energy" }?.status
        }
        #expect(status(read) == .notMet && status(unread) == .cannotTell)
    }
}
