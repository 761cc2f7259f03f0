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

    public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// Something about one file that a reader should know. Ids are those of the project's vocabulary; they are never reused.
public struct Finding: Sendable, Hashable, Codable {
    public var id: String
    public var severity: Severity
    public var detail: String
    public var offset: Int?

    public init(_ id: String, _ severity: Severity, _ detail: String, offset: Int? = nil) {
        self.id = id
        self.severity = severity
        self.detail = Printable.text(detail, limit: 400)
        self.offset = offset
    }
}
