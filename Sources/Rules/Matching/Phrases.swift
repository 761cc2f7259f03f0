import OpenscanBytes

/// Words that are looked for anywhere in lower-case text.
public struct Phrases: Sendable {
    /// The words, in lower case and in the order of the rules.
    public let words: [String]

    /// - Parameter words: in lower case.
    public init(_ words: [String]) { self.words = words }

    /// - Parameter text: in lower case.
    public func areIn(_ text: String) -> Bool { words.contains(where: text.holds) }

    /// Whether one of the words is in the text.
    public func areIn(_ text: FoldedText) -> Bool { words.contains(where: text.contains) }

    /// Where the last of the words begins.
    /// - Parameter text: in lower case.
    public func last(in text: String) -> Int? {
        let text = FoldedText(lower: Array(text.utf8))
        return words.compactMap { word -> Int? in
            var found: Int?
            var from = 0
            while let place = text.offset(of: word, from: from) {
                found = place
                from = place + 1
            }
            return found
        }.max()
    }
}
