/// A known model from which, as a sentence says, the release's own was made.
public struct StatedBase: Sendable, Hashable, Codable {
    /// Its name as written.
    public var name: String
    /// What was made of it.
    public var relation: Relation
    /// The sentence.
    public var evidence: Evidence

    /// A base with its place.
    public init(name: String, relation: Relation, evidence: Evidence) {
        self.name = name
        self.relation = relation
        self.evidence = evidence
    }
}
