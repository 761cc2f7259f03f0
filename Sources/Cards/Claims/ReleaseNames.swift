import OpenscanBytes
import OpenscanRules

/// Names that a card gives its own release: words of its first headings and of its head's names.
struct ReleaseNames {
    private let titles: Set<String>
    /// Names that come back again and again.
    private let frequent: Set<String>

    private let generic: Set<String>

    /// - Parameters:
    ///   - headings: from the top.
    ///   - named: fields that hold a name.
    ///   - lines: running text; a coined name that comes back again and again is what the text is about.
    ///   - vocabulary: words that name no release.
    init(headings: [String], named: [String], lines: [CardLine] = [], vocabulary: ClaimVocabulary) {
        let generic = vocabulary.genericNames
        self.generic = generic
        titles = Set(
            (headings.prefix(2) + named).flatMap { Self.names($0.cut(Self.longestTitle), without: generic) })
        var counts: [String: Int] = [:]
        for line in lines.prefix(2000) where line.text.utf8.count < 4000 {
            for word in line.text.utf8.split(whereSeparator: { !Self.isLetter($0) })
            where word.count >= 3 && Self.isCoined(word) { counts[Self.lower(word), default: 0] += 1 }
        }
        frequent = Set(counts.filter { $0.value >= 8 && !vocabulary.namesEverywhere.contains($0.key) }.keys)
    }

    /// Bytes of a title that may be names; a longer one is a text.
    private static let longestTitle = 400

    private static func isLetter(_ byte: UInt8) -> Bool { byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    private static func isCapital(_ byte: UInt8) -> Bool { byte & 0x20 == 0 }

    private static func lower(_ word: Substring.UTF8View) -> String {
        String(decoding: word.map { $0 | 0x20 }, as: UTF8.self)
    }

    /// Capitals inside: InternLM, CogVLM.
    private static func isCoined(_ word: Substring.UTF8View) -> Bool {
        word.dropFirst().contains(where: isCapital) && !word.allSatisfy(isCapital)
    }

    /// Words of a text that could be a name.
    func names(in text: String) -> [String] { Self.names(text, without: generic) }

    private static func names(_ text: String, without generic: Set<String>) -> [String] {
        text.utf8.split { !isLetter($0) }.filter { $0.count >= 3 }.map(lower).filter { !generic.contains($0) }
    }

    /// Whether a text speaks of the release by name; `nil` when the card gives no name to compare with.
    func match(_ text: String) -> Bool? {
        guard !titles.isEmpty || !frequent.isEmpty else { return nil }
        return Self.names(text, without: generic).contains { frequent.contains($0) } || isTitled(text)
    }

    /// Whether a text holds a word of the title.
    func isTitled(_ text: String) -> Bool {
        Self.names(text, without: generic).contains { name in
            titles.contains {
                $0 == name || (min($0.count, name.count) >= 4 && ($0.hasPrefix(name) || name.hasPrefix($0)))
            }
        }
    }
}
