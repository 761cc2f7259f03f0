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
}
