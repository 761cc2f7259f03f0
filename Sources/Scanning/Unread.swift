import OpenscanFacts

/// Files that are listed and were not read, because a limit of the whole release was reached. Counted, and said once.
struct Unread: Sendable {
    /// Texts that the text of the whole had no room for.
    var texts = 0
    /// Files that came when the time was used up.
    var late = 0

    mutating func merge(_ other: Unread) {
        texts += other.texts
        late += other.late
    }

    /// A finding about the whole and the words for it among what could not be read.
    func words(_ limits: Limits) -> [(finding: Finding, message: Wording)] {
        var out: [Wording] = []
        if texts > 0 {
            out.append(
                "\(texts) texts are not read: \(limits.totalTextBytes) bytes for the text of all files are used up")
        }
        if late > 0, let seconds = limits.seconds {
            out.append(
                "\(late) files are not read: the \(seconds) seconds that were given are used up; another run may read others"
            )
        }
        return out.map { (Finding(.notInspected, .medium, $0), $0) }
    }
}
