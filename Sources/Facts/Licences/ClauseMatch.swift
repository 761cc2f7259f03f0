/// A clause found in a text.
public struct ClauseMatch: Sendable, Hashable, Codable {
    /// How much of the term there is.
    public enum Status: String, Sendable, Codable {
        case present
        /// By reference, for a part, or only encouraged.
        case partial
    }

    /// The kind of term.
    public var id: ClauseID
    /// How much of the term there is.
    public var status: Status
    /// The sentence that carries it.
    public var evidence: Evidence
    /// What it says in figures and names, e.g. `mau: 700000000`.
    public var parameters: [String: String]
    /// Whether it stands beside the licence that it limits: in a card, or in what a gate asks to agree to.
    public var isBeside = false

    /// A clause with its place.
    public init(id: ClauseID, status: Status, evidence: Evidence, parameters: [String: String] = [:]) {
        self.id = id
        self.status = status
        self.evidence = evidence
        self.parameters = parameters
    }
}
