/// Why a licence index cannot be used.
public enum IndexProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// The bytes are no index.
    case notAnIndex
    /// An index of another edition of this program.
    case otherVersion(found: Int, wanted: Int)
    /// A section goes past the end.
    case cutOff(section: String, end: Int, size: Int)
    /// The bytes are not those that were compiled.
    case damaged(expected: String, found: String)
    /// A section that no compiler would have written.
    case inconsistent(section: String, reason: String)

    /// What happened and what to do.
    public var description: String {
        let advice = "; build again after 'make index'"
        return switch self {
        case .notAnIndex: "the licence index is damaged: it does not begin as one" + advice
        case .otherVersion(let found, let wanted):
            "the licence index is of edition \(found), this program reads edition \(wanted)" + advice
        case .cutOff(let section, let end, let size):
            "the licence index is damaged: its section \(section) ends at \(end), the index at \(size)" + advice
        case .damaged(let expected, let found):
            "the licence index is damaged (digest \(found), not \(expected))" + advice
        case .inconsistent(let section, let reason):
            "the licence index is not usable: in its section \(section) \(reason)" + advice
        }
    }
}
