/// How far a component is there.
public enum ComponentStatus: String, Sendable, Codable, CaseIterable, Comparable {
    /// In the release.
    case present
    /// Elsewhere, by an address that the release gives.
    case linked
    /// Announced for later.
    case promised
    /// Said to be there, with no sign of it.
    case claimed
    /// Looked for and not found.
    case absent
    /// Not to be told from what was read.
    case unknown

    private var rank: Int {
        switch self {
        case .present: 5
        case .linked: 4
        case .promised: 3
        case .claimed: 2
        case .unknown: 1
        case .absent: 0
        }
    }

    /// By how much is there, `absent` first.
    public static func < (left: ComponentStatus, right: ComponentStatus) -> Bool { left.rank < right.rank }
}
