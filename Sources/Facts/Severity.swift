/// How much a finding or flag matters to the reader of a report.
public enum Severity: String, Sendable, Codable, CaseIterable, Comparable {
    case info, low, medium, high

    private var rank: Int {
        switch self {
        case .info: 0
        case .low: 1
        case .medium: 2
        case .high: 3
        }
    }

    /// By weight, `info` first.
    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}
