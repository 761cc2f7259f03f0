import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness

/// A licence that covers something of the release.
public struct ReportLicence: Sendable, Codable, Hashable {
    /// A term of the licence.
    public struct Clause: Sendable, Codable, Hashable {
        /// The kind of term.
        public var id: ClauseID
        /// How much of the term there is.
        public var status: ClauseMatch.Status
        /// The file that holds it, where that is not the licence's own.
        public var path: String?
        /// Its lines there.
        public var lines: LineRange?
        /// The sentence that carries it.
        public var quote: String?
        /// What it says in figures and names.
        public var params: [String: String]
        /// Set where it stands beside the licence, in a card or a gate.
        public var beside: Bool?

        init(_ clause: ClauseMatch, in path: String) {
            id = clause.id
            status = clause.status
            self.path = clause.evidence.path == path ? nil : clause.evidence.path
            lines = clause.evidence.lines
            quote = clause.evidence.quote
            params = clause.parameters
            beside = clause.isBeside ? true : nil
        }

        func clause(in path: String) -> ClauseMatch {
            var clause = ClauseMatch(
                id: id, status: status, evidence: Evidence(path: self.path ?? path, lines: lines, quote: quote),
                parameters: params)
            clause.isBeside = beside ?? false
            return clause
        }
    }

    /// SPDX id or `LicenseRef-`.
    public var id: LicenceID
    /// Its name.
    public var name: String
    /// Its kind.
    public var category: LicenceCategory
    /// The file that names or holds it.
    public var path: String
    /// Its lines there.
    public var lines: LineRange?
    /// The words that name it, for short forms.
    public var quote: String?
    /// How it was recognised.
    public var method: LicenceMatch.Method
    /// Part of the licence's text that was found, 0...1.
    public var coverage: Double
    /// Whether the text differs from the standard in what matters.
    public var modified: Bool
    /// Words that the standard text does not have.
    public var additions: [Evidence]
    /// Words of the standard text that are not there.
    public var missingWords: Int
    /// Components that it covers.
    public var appliesTo: [ComponentID]
    /// Its clauses.
    public var clauses: [Clause]
    /// The Open Source Definition.
    public var osd: OSDTable
    /// Whether it is on the Open Source Initiative's list, as it stands.
    public var osiApproved: Bool
    /// The known text that an unknown one is most like.
    public var nearest: LicenceID?
    /// What the whole statement says, where it names several licences.
    public var statement: String?

    init(_ licence: JudgedLicence) {
        id = licence.id
        name = licence.name
        category = licence.category
        path = licence.path
        lines = licence.lines
        quote = licence.quote
        method = licence.method
        coverage = licence.coverage
        modified = licence.isModified
        additions = licence.additions
        missingWords = licence.missingWords
        appliesTo = licence.appliesTo
        clauses = licence.clauses.map { Clause($0, in: licence.path) }
        osd = OSDTable(licence.osd)
        osiApproved = licence.isOSIApproved
        nearest = licence.nearest
        statement = licence.statement?.text
    }

    var licence: JudgedLicence {
        JudgedLicence(
            id: id, name: name, category: category, path: path, lines: lines, method: method,
            coverage: min(max(coverage, 0), 1), isModified: modified, additions: additions, missingWords: missingWords,
            appliesTo: appliesTo, clauses: clauses.map { $0.clause(in: path) }, osd: osd.assessment,
            isOSIApproved: osiApproved, nearest: nearest, quote: quote,
            statement: statement.flatMap { try? LicenceExpression.parse($0) })
    }
}
