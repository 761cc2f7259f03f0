import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// A changed text under a title of its own is another licence, however much of its wording it took over: "Foo Public License 1.2" with
/// the words of the MPL is not a modified MPL.
struct TitleAgainstText {
    private let catalogue: any LicenceCatalogue
    private let nouns: Set<String>
    private let generic: Set<String>
    private let sentences: Set<String>

    private static let lines = 4, longest = 120, mostWords = 12, leastWord = 3

    init(_ catalogue: any LicenceCatalogue, _ words: LicenceWords) {
        self.catalogue = catalogue
        nouns = Set(words["title-nouns"])
        sentences = Set(words["title-sentences"])
        generic = nouns.union(words["title-generic"])
    }

    /// Makes the changed text of a licence file an unknown one, most like the licence that it came from, where its title names another.
    func withdraw(from scan: inout LicenceScan, _ bytes: UnsafeRawBufferPointer, _ path: String) {
        let texts = scan.matches.indices.filter { scan.matches[$0].method == .text }
        guard texts.count == 1, let only = texts.first, scan.matches[only].isModified,
            case let match = scan.matches[only], contradicts(match.id, bytes)
        else { return }
        scan.matches.remove(at: only)
        scan.nearest = LicenceScan.Nearest(id: match.id, coverage: match.coverage)
        scan.unknownText = [Evidence(path: path, lines: match.lines, quote: bytes.slice(match.bytes).repairedText)]
    }

    /// Whether the title above a text names something else than `id`.
    private func contradicts(_ id: LicenceID, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let title = title(bytes) else { return false }
        let told = Self.words(title).filter { !generic.contains($0) && $0.utf8.count >= Self.leastWord }
        guard !told.isEmpty else { return false }
        if catalogue.value(title).ids.contains(id) { return false }
        let own = Set(Self.words(id.rawValue) + Self.words(catalogue.record(id)?.name ?? ""))
        return !told.contains { word in
            own.contains { $0 == word || $0.utf8.count >= Self.leastWord && ($0.hasPrefix(word) || word.hasPrefix($0)) }
        }
    }

    /// The first line that has a noun for licences, among the first that are not empty; sentences are no titles.
    private func title(_ bytes: UnsafeRawBufferPointer) -> String? {
        var seen = 0
        for line in bytes.prefix(Self.lines * 4 * Self.longest).split(separator: UInt8(ascii: "\n")) {
            let text = String(decoding: line, as: UTF8.self).trimmed
            let words = Self.words(text)
            guard !words.isEmpty else { continue }
            seen += 1
            if seen > Self.lines { return nil }
            guard line.count <= Self.longest, words.count <= Self.mostWords, !text.hasSuffix("."), !text.hasSuffix(","),
                words.contains(where: nouns.contains), !words.contains(where: sentences.contains)
            else { continue }
            return text
        }
        return nil
    }

    /// Runs of letters, lower case.
    private static func words(_ text: String) -> [String] {
        text.lowercased().split { !$0.isLetter }.map(String.init)
    }
}
