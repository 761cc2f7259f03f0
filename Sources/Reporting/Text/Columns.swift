/// Text in columns of a terminal: ideographs, full-width forms and pictures take two, marks on a letter and colour codes none.
enum Columns {
    static let reset = "\u{1B}[0m"

    /// The scalars of a text with the columns of each.
    struct Measured: Sequence, IteratorProtocol {
        private var scalars: String.UnicodeScalarView.Iterator
        private var isInCode = false
        private var isJoined = false

        init(_ text: String) { scalars = text.unicodeScalars.makeIterator() }

        mutating func next() -> (scalar: Unicode.Scalar, columns: Int)? {
            guard let scalar = scalars.next() else { return nil }
            if scalar == "\u{1B}" { isInCode = true }
            if isInCode {
                if scalar == "m" { isInCode = false }
                return (scalar, 0)
            }
            // What a joiner binds to the picture before it stands in the same place.
            let columns = isJoined ? 0 : Columns.width(scalar)
            isJoined = scalar == "\u{200D}"
            return (scalar, columns)
        }
    }

    /// Columns that a text takes.
    static func count(_ text: String) -> Int { Measured(text).reduce(0) { $0 + $1.columns } }

    static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        if isWide(scalar) { return 2 }
        switch scalar.value {
        // Letters of flags come in pairs, which take the place of one picture.
        case 0x1F1E6...0x1F1FF: return 1
        // A skin tone changes the picture before it.
        case 0x1F3FB...0x1F3FF: return 0
        default: break
        }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }

    /// Ideographs, syllables and full-width forms (East Asian Width W and F).
    static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD:
            true
        default: false
        }
    }

    // MARK: Cutting

    /// Cut to `width` columns with an ellipsis.
    static func clipped(_ text: String, _ width: Int) -> String {
        guard count(text) > width else { return text }
        let isPainted = text.unicodeScalars.contains("\u{1B}")
        return head(text, width - 1) + "…" + (isPainted ? reset : "")
    }

    /// A place cut in its middle: where it begins, and the file's name with the lines, are what a reader needs.
    static func clippedPlace(_ place: String, _ width: Int) -> String {
        guard count(place) > width else { return place }
        let name = place.lastIndex(of: "/").map { String(place[$0...]) } ?? place
        let rest = width - 1 - count(name)
        if rest > 0 { return head(place, rest) + "…" + name }
        return "…" + tail(place, width - 1)
    }

    /// Exactly `width` columns: cut at the end, or filled with spaces.
    static func padded(_ text: String, _ width: Int) -> String { filled(clipped(text, width), width) }

    /// Exactly `width` columns of a place.
    static func paddedPlace(_ place: String, _ width: Int) -> String { filled(clippedPlace(place, width), width) }

    private static func filled(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - count(text)))
    }

    private static func head(_ text: String, _ width: Int) -> String {
        var out = String.UnicodeScalarView()
        var used = 0
        for (scalar, columns) in Measured(text) {
            if used + columns > width { break }
            out.append(scalar)
            used += columns
        }
        return String(out)
    }

    private static func tail(_ text: String, _ width: Int) -> String {
        var out: [Unicode.Scalar] = []
        var used = 0
        for scalar in text.unicodeScalars.reversed() {
            used += Self.width(scalar)
            if used > width { break }
            out.append(scalar)
        }
        var tail = String.UnicodeScalarView()
        tail.append(contentsOf: out.reversed())
        return String(tail)
    }

    /// The words around a point, where not all of them fit: never the words before it alone.
    /// - Parameter point: characters in front of what matters.
    static func clipped(_ text: String, around point: Int, _ width: Int) -> String {
        guard count(text) > width else { return text }
        let before = String(text.prefix(point))
        // A third of the room is for what leads up to the point.
        let lead = width / 3
        guard count(before) > lead else { return clipped(text, width) }
        let kept = tail(before, lead - 1)
        // A cut inside a word shows no more than none of it.
        let words = kept.firstIndex(of: " ").map { String(kept[kept.index(after: $0)...]) } ?? kept
        return clipped("…" + words + String(text.dropFirst(point)), width)
    }
}
