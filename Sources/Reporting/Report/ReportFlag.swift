import OpenscanFacts
import OpenscanOpenness

/// A disagreement between a claim and the evidence, or a gap that a reader should know.
public struct ReportFlag: Sendable, Codable, Hashable {
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

    init(_ flag: Flag) {
        id = flag.id
        severity = flag.severity
        title = flag.title
        claim = flag.claim
        evidence = flag.evidence
        reasons = flag.reasons
        remedy = flag.remedy
    }

    var flag: Flag {
        Flag(
            id: id, severity: severity, title: title, claim: claim, evidence: evidence, reasons: reasons,
            remedy: remedy)
    }
}
