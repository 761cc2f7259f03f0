import OpenscanBytes

/// Words of reports in another language, by the English words that the program writes (Licenses/words.yml).
public struct Translations: Sendable {
    private let words: [String: String]

    init(_ root: JSONValue) {
        words = Dictionary(
            (root.members ?? []).map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { first, _ in first })
    }

    /// The words for English ones; `nil` where there are none.
    public subscript(_ english: String) -> String? { words[english] }
}
