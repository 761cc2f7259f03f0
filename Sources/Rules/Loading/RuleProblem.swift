/// Why rules cannot be used.
public enum RuleProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// No compiled rules of this program, or of another edition of it.
    case notRules(String)
    /// The bytes are not those that were compiled.
    case damaged(expected: String, found: String)
    /// A document is missing or not of the form that the program reads.
    case badDocument(name: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        switch self {
        case .notRules(let reason): "the compiled rules are not usable: \(reason); build again after 'make rules'"
        case .damaged(let expected, let found):
            "the compiled rules are damaged (digest \(found), not \(expected)); build again after 'make rules'"
        case .badDocument(let name, let reason):
            "the rules of '\(name)' are not usable: \(reason); build again after 'make rules'"
        }
    }
}
