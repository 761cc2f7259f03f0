/// What the program says itself, beside the release's own words that it rests on.
public struct Reason: Sendable, Hashable, Codable {
    /// The program's words.
    public var words: Wording
    /// Places of the release that show it; empty for what is missing.
    public var evidence: [Evidence]

    /// A reason and the places that show it.
    public init(_ words: Wording, _ evidence: [Evidence] = []) {
        self.words = words
        self.evidence = evidence
    }
}
