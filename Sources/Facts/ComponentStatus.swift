/// How far a component is there.
public enum ComponentStatus: String, Sendable, Codable, CaseIterable, Comparable {
    case present, linked, promised, claimed, absent, unknown

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
