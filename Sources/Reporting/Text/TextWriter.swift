/// Lines of text for people, none wider than the style's.
struct TextWriter {
    let style: Style
    private(set) var text = ""

    init(_ style: Style) { self.style = style }

    /// A line; spaces at its end are not written.
    mutating func line(_ line: String = "") {
        var line = line[...]
        while line.last == " " { line.removeLast() }
        text += line + "\n"
    }

    /// A heading with an empty line before it.
    mutating func title(_ title: String) {
        line()
        line(style.paint(title, .blue))
    }

    /// A heading with an empty line before it, and the answer behind it.
    mutating func title(_ title: String, _ answer: String) {
        line()
        let head = style.paint(title, .blue) + "  "
        entry(head, column: Columns.count(head), answer, indent: 0)
    }

    /// A paragraph of at most `limit` lines; those after the first are indented by two more.
    mutating func paragraph(_ text: String, indent: Int, limit: Int = 4) {
        let space = String(repeating: " ", count: indent)
        let width = style.width - indent - 2
        let parts = Columns.wrapped(text, width)
        for (number, part) in parts.prefix(limit).enumerated() {
            let isCut = number == limit - 1 && parts.count > limit
            line((number == 0 ? space : space + "  ") + (isCut ? Columns.clipped(part + " …", width) : part))
        }
    }

    /// A paragraph beside a head of `column` columns; lines after the first stand under its words.
    mutating func entry(_ head: String, column: Int, _ text: String, indent: Int, limit: Int = .max) {
        let width = style.width - indent - column
        let parts = Columns.wrapped(text, width)
        let space = String(repeating: " ", count: indent)
        for (number, part) in parts.prefix(limit).enumerated() {
            let isCut = number == limit - 1 && parts.count > limit
            line(
                space + Columns.padded(number == 0 ? head : "", column)
                    + (isCut ? Columns.clipped(part + " …", width) : part))
        }
    }

    /// Words beside a head, and at the right edge the places that show them: no column runs into another.
    /// - Parameters:
    ///   - head: in front of the words, as wide as `column`.
    ///   - place: cut in its middle where it takes more than two fifths of the line.
    mutating func row(_ head: String, column: Int, _ text: String, place: String, indent: Int, limit: Int = 4) {
        guard !place.isEmpty else { return entry(head, column: column, text, indent: indent, limit: limit) }
        let room = style.width - indent - column
        let shown = Columns.clippedPlace(place, min(room / 2, style.width * 2 / 5))
        let width = room - 2 - Columns.count(shown)
        let parts = Columns.wrapped(text, width)
        let space = String(repeating: " ", count: indent)
        for (number, part) in parts.prefix(limit).enumerated() {
            let isCut = number == limit - 1 && parts.count > limit
            let words = isCut ? Columns.clipped(part + " …", width) : part
            let beside = number == 0 ? Columns.padded(words, width) + "  " + style.paint(shown, .dim) : words
            line(space + Columns.padded(number == 0 ? head : "", column) + beside)
        }
    }
}
