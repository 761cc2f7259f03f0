import OpenscanFacts

/// A disagreement between a claim and the evidence, or a gap that a reader should know.
public struct Flag: Sendable, Hashable {
    /// Which rule.
    public var id: FlagID
    /// How much it matters.
    public var severity: Severity
    /// What it says.
    public var title: String
    /// The claim, where there is one.
    public var claim: Evidence?
    /// Places that speak against it, or show the gap.
    public var evidence: [Evidence]
    /// What the program says of them.
    public var reasons: [Reason]
    /// What clears it.
    public var remedy: String

    /// A flag.
    public init(
        id: FlagID, severity: Severity, title: String, claim: Evidence?, evidence: [Evidence], reasons: [Reason],
        remedy: String
    ) {
        self.id = id
        self.severity = severity
        self.title = title
        self.claim = claim
        self.evidence = evidence
        self.reasons = reasons
        self.remedy = remedy
    }
}
