/// A sentence by which a document tells something that readers of a release look for: how much energy its training took, where to send
/// complaints. What there is to tell is data (Licenses/disclosures.yml).
public struct Disclosure: Sendable, Hashable, Codable {
    /// What is told.
    public var id: DisclosureID
    /// The sentence.
    public var evidence: Evidence

    /// Something told, with its place.
    public init(id: DisclosureID, evidence: Evidence) {
        self.id = id
        self.evidence = evidence
    }
}
