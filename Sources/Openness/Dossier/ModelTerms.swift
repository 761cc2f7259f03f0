import OpenscanFacts

/// What one model of a release, or some of them, are under, in a release whose models differ.
public struct ModelTerms: Sendable, Codable, Hashable {
    /// The models as the release names them.
    public var name: String
    /// SPDX expression.
    public var expression: String
    /// Whether every criterion of the Open Source Definition is met.
    public var open: Bool
    /// The place that says it.
    public var evidence: Evidence

    /// A row.
    public init(name: String, expression: String, open: Bool, evidence: Evidence) {
        self.name = name
        self.expression = expression
        self.open = open
        self.evidence = evidence
    }

    private static let most = 40

    /// Rows where at least two licences are for different models; none where anything is said of all of them.
    static func told(by licences: [JudgedLicence]) -> [ModelTerms] {
        let told = licences.filter { !$0.models.isEmpty }
        guard told.count == licences.count, Set(told.map(\.expressionID)).count > 1 else { return [] }
        return told.prefix(most).map {
            ModelTerms(
                name: $0.models.joined(separator: ", "), expression: $0.expressionID.rawValue, open: $0.isOpen,
                evidence: $0.evidence)
        }
    }

    /// Whether two statements speak of models that have nothing in common: both name some, and no name of one begins as one of the other.
    static func areApart(_ left: [String], _ right: [String]) -> Bool {
        guard !left.isEmpty, !right.isEmpty else { return false }
        let (left, right) = (left.map { $0.lowercased() }, right.map { $0.lowercased() })
        return left.allSatisfy { one in right.allSatisfy { !one.hasPrefix($0) && !$0.hasPrefix(one) } }
    }
}
