import OpenscanBytes
import OpenscanFacts

/// A sentence of the release that speaks of openness.
public struct ReportClaim: Sendable, Codable, Hashable {
    /// What kind of openness it speaks of.
    public var category: Claim.Category
    /// Of what it speaks.
    public var subject: Claim.Subject
    /// How it speaks.
    public var polarity: Claim.Polarity
    /// The file that says it.
    public var path: String
    /// Its lines there.
    public var lines: LineRange?
    /// The sentence.
    public var quote: String?

    init(_ claim: Claim) {
        category = claim.category
        subject = claim.subject
        polarity = claim.polarity
        path = claim.evidence.path
        lines = claim.evidence.lines
        quote = claim.evidence.quote
    }

    var claim: Claim {
        Claim(
            category: category, subject: subject, polarity: polarity,
            evidence: Evidence(path: path, lines: lines, quote: quote))
    }
}
