import Unpacking

/// A sentence that speaks of openness.
public struct Claim: Sendable, Hashable {
    public enum Category: String, Sendable, Codable, CaseIterable {
        case openSource = "open-source"
        case openWeights = "open-weights"
        case licence
        case commercialOK = "commercial-ok"
        case openData = "open-data"
        case reproducible, transparent
    }

    public enum Subject: String, Sendable, Codable {
        case model, code, data
        case otherModel = "other-model"
        case dependency
    }

    public enum Polarity: String, Sendable, Codable { case claim, negated, promise, mention }

    public var category: Category
    public var subject: Subject
    public var polarity: Polarity
    public var evidence: Evidence

    /// Whether the release says this of itself.
    public var isOwn: Bool { polarity == .claim && (subject == .model || subject == .code || subject == .data) }
}
