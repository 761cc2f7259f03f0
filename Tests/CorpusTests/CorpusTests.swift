import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

/// The sample releases of Corpus/, scanned and compared with the reports that are checked in.
@Suite struct CorpusTests {
    @Test func everyDescriptionHasItsExpectedReport() {
        let descriptions = Corpus.list("Corpus/releases").filter { $0.hasSuffix(".yml") }
        #expect(Corpus.expected.count == descriptions.count && Corpus.expected.count >= 50)
    }

    @Test(.enabled(if: Corpus.areMade, Corpus.absence))
    func everyReleaseIsMade() { #expect(Corpus.missing.isEmpty) }

    @Test(arguments: Corpus.names)
    func matchesTheExpectedReport(name: String) throws {
        let dossier = try Corpus.dossier(name)
        let expected = try object(Repository.text("Corpus/expected/\(name).json"))
        var found = try object(JSON.text(Corpus.analyser.report(dossier), isPretty: false))
        // Digests change with every edition of the data; the tables of frameworks stand in some reports alone.
        found["tool"] = (found["tool"] as? [String: Any])?.filter { !$0.key.hasSuffix("Data") }
        if expected["frameworks"] == nil { found["frameworks"] = nil }
        for key in Set(expected.keys).union(found.keys).sorted() {
            #expect(
                (expected[key] as? NSObject) == (found[key] as? NSObject),
                "\(name) differs in \(key); if that is right, run make corpus-update")
        }
        #expect(
            TextReport.text(
                dossier, rules: Corpus.analyser.rules, style: Style(isColoured: false),
                words: Words(.en, rules: Corpus.analyser.rules))
                == (try Repository.text("Corpus/expected/\(name).txt")))
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    @Test func frameworksAreShownInThreeReportsOnly() throws {
        let with = try Corpus.expected.filter {
            try object(Repository.text("Corpus/expected/\($0).json"))["frameworks"] != nil
        }
        #expect(with == ["adapter", "open-complete", "washing-threshold"])
    }

    @Test(arguments: Corpus.names)
    func linesFitTheScreen(name: String) throws {
        let dossier = try Corpus.dossier(name)
        for language in Language.allCases {
            let text = TextReport.text(
                dossier, rules: Corpus.analyser.rules, style: Style(isColoured: false, width: 80),
                words: Words(language, rules: Corpus.analyser.rules))
            #expect(!text.isEmpty)
            for line in text.split(separator: "\n") { #expect(Self.columns(line) <= 80, "\(line)") }
            #expect(!text.unicodeScalars.contains { Printable.isUnsafe($0) && $0 != "\n" })
        }
    }

    /// Ideographs and full-width forms take two columns.
    private static func columns(_ line: Substring) -> Int {
        line.unicodeScalars.reduce(0) { $0 + ($1.value >= 0x2E80 && $1.value < 0xFF61 ? 2 : 1) }
    }
}
