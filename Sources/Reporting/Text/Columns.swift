/// Text in columns of a terminal: ideographs and full-width forms take two, colour codes none.
enum Columns {
    static let reset = "\u{1B}[0m"

    /// The scalars of a text with the columns of each.
    private struct Measured: Sequence, IteratorProtocol {
        private var scalars: String.UnicodeScalarView.Iterator
        private var isInCode = false

        init(_ text: String) { scalars = text.unicodeScalars.makeIterator() }

        mutating func next() -> (scalar: Unicode.Scalar, columns: Int)? {
            guard let scalar = scalars.next() else { return nil }
            if scalar == "\u{1B}" { isInCode = true }
            guard isInCode else { return (scalar, Columns.width(scalar)) }
            if scalar == "m" { isInCode = false }
            return (scalar, 0)
        }
    }

    /// Columns that a text takes.
    static func count(_ text: String) -> Int { Measured(text).reduce(0) { $0 + $1.columns } }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        case 0x300...0x36F, 0xFE00...0xFE0F: 0
        default: 1
        }
    }

    /// Cut to `width` columns with an ellipsis.
    static func clipped(_ text: String, _ width: Int) -> String {
        guard count(text) > width else { return text }
        var out = ""
        var used = 0
        var isPainted = false
        for (scalar, columns) in Measured(text) {
            if used + columns > width - 1 { break }
            if scalar == "\u{1B}" { isPainted = true }
            out.unicodeScalars.append(scalar)
            used += columns
        }
        return out + "…" + (isPainted ? reset : "")
    }

    /// A place cut at its beginning: the file's name and the line are what a reader needs.
    static func clippedPlace(_ place: String, _ width: Int) -> String {
        guard count(place) > width else { return place }
        var out: [Unicode.Scalar] = []
        var used = 1
        for scalar in place.unicodeScalars.reversed() {
            used += Self.width(scalar)
            if used > width { break }
            out.append(scalar)
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: out.reversed())
        return "…" + String(text)
    }

    /// Exactly `width` columns: cut at the end, or filled with spaces.
    static func padded(_ text: String, _ width: Int) -> String { filled(clipped(text, width), width) }

    /// Exactly `width` columns of a place.
    static func paddedPlace(_ place: String, _ width: Int) -> String { filled(clippedPlace(place, width), width) }

    private static func filled(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - count(text)))
    }

    /// Lines of at most `width` columns, broken at spaces where there are any.
    static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ").map(String.init) {
            if line.isEmpty {
                line = word
            } else if count(line) + 1 + count(word) <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = word
            }
            while count(line) > width {
                var head = ""
                var used = 0
                for (scalar, columns) in Measured(line) {
                    if used + columns > width { break }
                    head.unicodeScalars.append(scalar)
                    used += columns
                }
                guard !head.isEmpty else { break }
                lines.append(head)
                line = String(line.unicodeScalars.dropFirst(head.unicodeScalars.count))
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
