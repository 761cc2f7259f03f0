import OpenscanBytes

/// Everything about licences that one text says.
public struct LicenceScan: Sendable, Hashable, Codable {
    /// Licences, in order of place.
    public var matches: [LicenceMatch] = []
    /// Words of a licence-like text that no known licence explains.
    public var unknownText: [Evidence] = []
    /// The known text that is most like the unknown words, and how much of it is there.
    public var nearest: Nearest?
    /// Clauses, where a text was found that is not an OSI-approved one as it stands.
    public var clauses: [ClauseMatch] = []
    /// What of the text was not looked at or is not listed.
    public var findings: [Finding] = []

    /// A known text that an unknown one is like.
    public struct Nearest: Sendable, Hashable, Codable {
        /// Whose text it is.
        public var id: LicenceID
        /// Part of its words that are there, 0...1.
        public var coverage: Double

        /// A text and how much of it is there.
        public init(id: LicenceID, coverage: Double) {
            self.id = id
            self.coverage = coverage
        }
    }

    /// Nothing found.
    public init() {}

    /// Adds what was found in a part that begins `lines` lines and `bytes` bytes into the text.
    public mutating func append(_ part: LicenceScan, lines: Int, bytes: Int) {
        matches += part.matches.map { match in
            var match = match
            match.lines = match.lines.shifted(by: lines)
            match.bytes = match.bytes.lowerBound + bytes..<match.bytes.upperBound + bytes
            if var modification = match.modification {
                modification.added = modification.added.map { $0.shifted(by: lines) }
                match.modification = modification
            }
            return match
        }
        unknownText += part.unknownText.map { $0.shifted(by: lines) }
        if let other = part.nearest, other.coverage > (nearest?.coverage ?? 0) { nearest = other }
        for finding in part.findings where !findings.contains(where: { $0.id == finding.id }) {
            findings.append(finding)
        }
        for clause in part.clauses where !clauses.contains(where: { $0.id == clause.id }) {
            var clause = clause
            clause.evidence = clause.evidence.shifted(by: lines)
            clauses.append(clause)
        }
    }
}
