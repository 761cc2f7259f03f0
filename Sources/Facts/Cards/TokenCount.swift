/// A number of training tokens as a text states it: "1.5 trillion tokens", "300B tokens", "2.6万亿 tokens".
public struct TokenCount: Sendable, Hashable, Codable {
    /// The number.
    public var tokens: Double
    /// The line that states it.
    public var evidence: Evidence

    /// A number with its place.
    public init(tokens: Double, evidence: Evidence) {
        self.tokens = tokens
        self.evidence = evidence
    }
}
