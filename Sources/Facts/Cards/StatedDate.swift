/// A day, month or year that a text names. Compared by its end: what is due in a month is late when the month is over.
public struct StatedDate: Sendable, Hashable, Codable, Comparable, CustomStringConvertible {
    /// The year.
    public var year: Int
    /// The month, 1 to 12, where it is named.
    public var month: Int?
    /// The day, 1 to 31, where it is named.
    public var day: Int?

    /// A date; `nil` for what no calendar has.
    public init?(year: Int, month: Int? = nil, day: Int? = nil) {
        guard Self.years.contains(year), month.map((1...12).contains) ?? true, day.map((1...31).contains) ?? true,
            month != nil || day == nil
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Years in which a model can have been released or announced; other numbers of four digits are sizes.
    private static let years = 2012...2099

    /// A date before all that texts name.
    public static let earliest = StatedDate(unchecked: years.lowerBound)

    private init(unchecked year: Int) { self.year = year }

    /// By the last day that it can be.
    public static func < (left: StatedDate, right: StatedDate) -> Bool {
        (left.year, left.month ?? 12, left.day ?? 31) < (right.year, right.month ?? 12, right.day ?? 31)
    }

    /// `2024`, `2024-06` or `2024-06-30`.
    public var description: String {
        [month, day].reduce("\(year)") { text, part in part.map { text + ($0 < 10 ? "-0\($0)" : "-\($0)") } ?? text }
    }

    /// Reads what `description` writes; `nil` for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let numbers = parts.compactMap { $0.utf8.count <= 4 ? Int($0) : nil }
        guard numbers.count == parts.count, (1...3).contains(numbers.count) else { return nil }
        self.init(
            year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil, day: numbers.count > 2 ? numbers[2] : nil)
    }
}

/// A date with the sentence or line that names it.
public struct DatedStatement: Sendable, Hashable, Codable {
    /// The date.
    public var date: StatedDate
    /// Where it stands.
    public var evidence: Evidence

    /// A date with its place.
    public init(date: StatedDate, evidence: Evidence) {
        self.date = date
        self.evidence = evidence
    }
}
