/// A line of facts and a path that is cut to what room is left.
public enum ShortLine {
    /// Facts one behind the other, then the path.
    public static func text(_ facts: [String], path: String, width: Int) -> String {
        let head = facts.joined(separator: " · ")
        let rest = width - Columns.count(head) - 2
        return rest < 8 ? Columns.clipped(head, width) : head + "  " + Columns.clippedPlace(path, rest)
    }

    /// Bytes in decimal units.
    public static func bytes(_ count: Int) -> String { Amounts.bytes(count) }
}
