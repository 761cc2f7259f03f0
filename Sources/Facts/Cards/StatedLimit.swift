/// A sentence of a card, or of what its gate asks to agree to, that binds whoever uses a part of the release.
public struct StatedLimit: Sendable, Hashable, Codable {
    /// What it limits.
    public var clause: ClauseMatch
    /// The part of the release that it speaks of.
    public var subject: Claim.Subject

    /// A limit of a part.
    public init(clause: ClauseMatch, subject: Claim.Subject) {
        self.clause = clause
        self.subject = subject
    }
}
