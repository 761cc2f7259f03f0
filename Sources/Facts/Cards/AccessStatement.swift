/// A sentence on how a model can be reached other than by its weights.
public struct AccessStatement: Sendable, Hashable, Codable {
    /// The way: none at all (`closed`), or a service that answers (`api`) or tunes on the user's data (`fineTuning`).
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case closed, api
        case fineTuning = "fine-tuning"
    }

    /// The way.
    public var kind: Kind
    /// The sentence.
    public var evidence: Evidence

    /// A statement with its place.
    public init(kind: Kind, evidence: Evidence) {
        self.kind = kind
        self.evidence = evidence
    }
}
