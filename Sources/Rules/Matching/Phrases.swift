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
}
