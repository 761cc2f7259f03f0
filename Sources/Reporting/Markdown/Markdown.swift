import OpenscanBytes
import OpenscanFacts

/// Text as Markdown takes it, and tables.
struct Markdown {
    private(set) var text = ""

    mutating func paragraph(_ words: String) { text += "\n" + words + "\n" }

    mutating func title(_ words: String, level: Int) {
        text += (text.isEmpty ? "" : "\n") + String(repeating: "#", count: level) + " " + Self.escaped(words) + "\n"
    }

    /// An empty line, as lists want one before them.
    mutating func gap() { text += "\n" }

    mutating func item(_ words: String, isNested: Bool = false) { text += (isNested ? "  - " : "- ") + words + "\n" }

    mutating func items(_ items: [String]) {
        guard !items.isEmpty else { return }
        gap()
        for words in items { item(words) }
    }

    /// A table; cells are Markdown already.
    mutating func table(_ heads: [String], _ rows: [[String]]) {
        func row(_ cells: [String]) { text += "| " + cells.joined(separator: " | ") + " |\n" }
        text += "\n"
        row(heads)
        text += "|" + String(repeating: "---|", count: heads.count) + "\n"
        for cells in rows { row(cells) }
    }

    /// Words that Markdown takes as they stand. By scalars: a combining mark behind a sign does not take its meaning
    /// away.
    static func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "|", "*", "_", "`", "<", ">", "[", "]", "\\", "#", "~", "&":
                out += "\\"
                out.unicodeScalars.append(scalar)
            case "\n", "\r": out += " "
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }

    /// Words as code, every sign of them. Where one would end the code or the cell of a table, they stand as words.
    static func code(_ text: String) -> String {
        let endsCode = text.unicodeScalars.contains { ["`", "|", "\n", "\r"].contains($0) }
        return endsCode ? escaped(text) : "`" + text + "`"
    }

    /// A place in brackets behind words; nothing where no file is meant.
    static func place(_ evidence: Evidence?) -> String { evidence?.shownPlace.map { " (" + code($0) + ")" } ?? "" }

    /// The release's own words with their place.
    static func quote(_ evidence: Evidence) -> String {
        guard let quote = evidence.quote else { return evidence.shownPlace.map(code) ?? "" }
        return "\u{201C}\(escaped(quote))\u{201D}" + place(evidence)
    }
}
