/// What a search in one text may still cost, in comparisons. Texts of licences use a small part of it; one that is made to match
/// everywhere and nowhere uses it up, and the search ends.
struct SearchWork {
    private(set) var left: Int
    var isUsedUp: Bool { left <= 0 }

    init(_ left: Int) { self.left = left }

    /// For clauses in a text of so many bytes.
    static func clauses(bytes: Int) -> SearchWork { SearchWork(20_000_000 + 60 * bytes) }

    /// For comparing a text of so many bytes with licences.
    static func comparison(bytes: Int) -> SearchWork { SearchWork(80_000_000 + 60 * bytes) }

    @inline(__always)
    mutating func spend(_ count: Int) { left -= count }
}
