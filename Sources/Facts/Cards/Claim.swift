/// A sentence that speaks of openness.
public struct Claim: Sendable, Hashable, Codable {
    /// What kind of openness it speaks of; the words for each are data (Licenses/claims.yml).
    public enum Category: String, Sendable, Codable, CaseIterable {
        case openSource = "open-source"
        case openWeights = "open-weights"
        case licence
        case commercialOK = "commercial-ok"
        case openData = "open-data"
        case reproducible, transparent
    }

    /// Of what it speaks: a part of this release, another model, or software that it uses.
    public enum Subject: String, Sendable, Codable {
        case model, code, data
        case otherModel = "other-model"
        case dependency
    }

    /// How it speaks: stated, denied, announced or only named.
    public enum Polarity: String, Sendable, Codable { case claim, negated, promise, mention }

    /// What kind of openness it speaks of.
    public var category: Category
    /// Of what it speaks.
    public var subject: Subject
    /// Whether a label or a heading says of what; otherwise the words around say it.
    public var namesSubject = false
    /// How it speaks.
    public var polarity: Polarity
    /// The sentence.
    public var evidence: Evidence

    /// A claim with its place.
    public init(category: Category, subject: Subject, polarity: Polarity, evidence: Evidence) {
        self.category = category
        self.subject = subject
        self.polarity = polarity
        self.evidence = evidence
    }

    /// Whether the release says this of itself.
    public var isOwn: Bool { polarity == .claim && (subject == .model || subject == .code || subject == .data) }
}
