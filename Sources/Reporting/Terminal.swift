/// Colour and layout for people.
public struct Style: Sendable {
    public var isColoured: Bool
    public var width: Int

    public init(isColoured: Bool, width: Int = 80) {
        self.isColoured = isColoured
        self.width = max(60, width)
    }

    public enum Colour: Sendable { case bold, dim, red, yellow, green, blue }

    func paint(_ text: String, _ colour: Colour) -> String {
        guard isColoured else { return text }
        let code =
            switch colour {
            case .bold: "1"
            case .dim: "2"
            case .red: "31"
            case .yellow: "33"
            case .green: "32"
            case .blue: "36"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    /// Columns that a text takes: ideographs and full-width forms take two.
    static func columns(_ text: String) -> Int { text.unicodeScalars.reduce(0) { $0 + columns($1) } }

    private static func columns(_ scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
            2
        case 0x300...0x36F, 0xFE00...0xFE0F: 0
        default: 1
        }
    }

    static func padded(_ text: String, _ width: Int) -> String {
        let cut = clipped(text, width)
        return cut + String(repeating: " ", count: max(0, width - columns(cut)))
    }

    /// Cut to `width` columns with an ellipsis.
    static func clipped(_ text: String, _ width: Int) -> String {
        guard columns(text) > width else { return text }
        var out = ""
        var used = 0
        for scalar in text.unicodeScalars {
            let next = columns(scalar)
            if used + next > width - 1 { break }
            out.unicodeScalars.append(scalar)
            used += next
        }
        return out + "…"
    }

    /// A place cut at its beginning: the file's name and the line are what a reader needs.
    static func clippedPlace(_ place: String, _ width: Int) -> String {
        guard columns(place) > width else { return place }
        var out: [Unicode.Scalar] = []
        var used = 1
        for scalar in place.unicodeScalars.reversed() {
            used += columns(scalar)
            if used > width { break }
            out.append(scalar)
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: out.reversed())
        return "…" + String(text)
    }

    static func paddedPlace(_ place: String, _ width: Int) -> String {
        let cut = clippedPlace(place, width)
        return cut + String(repeating: " ", count: max(0, width - columns(cut)))
    }

    /// Lines of at most `width` columns, broken at spaces where there are any.
    static func wrapped(_ text: String, _ width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if line.isEmpty {
                line = String(word)
            } else if columns(line) + 1 + columns(String(word)) <= width {
                line += " " + word
            } else {
                lines.append(line)
                line = String(word)
            }
            while columns(line) > width {
                var head = ""
                var used = 0
                for scalar in line.unicodeScalars {
                    if used + columns(scalar) > width { break }
                    head.unicodeScalars.append(scalar)
                    used += columns(scalar)
                }
                lines.append(head)
                line = String(line.unicodeScalars.dropFirst(head.unicodeScalars.count))
            }
        }
        if !line.isEmpty { lines.append(line) }
        return lines
    }
}
