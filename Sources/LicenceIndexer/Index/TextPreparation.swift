import OpenscanBytes
import OpenscanLicensing

/// Turns a licence's text into the words that count: without copyright lines, placeholders and what may be left out.
enum TextPreparation {
    /// From here on a licence tells how to use it; that may be missing.
    private static let endMarkers = [
        "END OF TERMS AND CONDITIONS", "How to Apply These Terms", "How To Apply These Terms", "APPENDIX: How to apply",
        "Creative Commons is not a party to",
        "Creative Commons may be contacted at", "EXHIBIT A -", "EXHIBIT A.", "Exhibit A -",
    ]

    static func text(_ raw: String, kind: IndexFormat.TextKind) -> Collection.Text {
        let cleaned = withoutPlaceholders(withoutCopyrightLines(raw))
        let tokens = Tokenizer.tokens(of: cleaned)
        var end = tokens.count
        if kind == .full {
            for marker in endMarkers {
                let utf8 = Array(cleaned.utf8)
                guard let offset = firstOffset(of: Array(marker.utf8), in: utf8, from: utf8.count / 3) else { continue }
                if let token = tokens.starts.firstIndex(where: { Int($0) >= offset }) { end = min(end, token) }
            }
        }
        let start = kind == .full ? titleEnd(cleaned, tokens) : 0
        let words = Array(tokens.hashes.prefix(65_000))
        end = min(end, words.count)
        return Collection.Text(kind: kind, words: words, core: start < end ? start..<end : 0..<words.count)
    }

    /// Whether a licence differs from another by its notice alone.
    static func isVariantOfNotice(_ id: String) -> Bool { id.hasSuffix("-or-later") || id.contains("-invariants-") }

    /// Such entries hold the notice and behind it the licence itself, which is another record's: only the notice is theirs.
    static func scanCodeText(_ body: String, id: String, isException: Bool) -> Collection.Text {
        let titles = [
            "gnu free documentation license", "gnu general public license", "gnu lesser general public license",
            "gnu library general public license", "gnu affero general public license", "affero general public license",
        ]
        guard isVariantOfNotice(id), let line = body.lines().first(where: { titles.contains($0.trimmed.lowercased()) }),
            line.startIndex > body.startIndex, body.distance(from: body.startIndex, to: line.startIndex) > 150
        else { return text(body, kind: isException ? .exception : .full) }
        return text(String(body[..<line.startIndex]), kind: .notice)
    }

    private static func firstOffset(of needle: [UInt8], in text: [UInt8], from start: Int) -> Int? {
        guard text.count >= needle.count, start <= text.count - needle.count else { return nil }
        for offset in start...(text.count - needle.count)
        where text[offset] == needle[0] && text[offset..<offset + needle.count].elementsEqual(needle) { return offset }
        return nil
    }

    /// Number of words in the title: leading short lines that are no sentence.
    private static func titleEnd(_ text: String, _ tokens: Tokens) -> Int {
        var offset = 0
        for line in text.lines() {
            let words = line.split(whereSeparator: { !$0.isLetter && !$0.isNumber }).count
            let lower = line.lowercased()
            let isTitle =
                words == 0
                || (words <= 9 && !line.trimmed.hasSuffix(".") && !line.trimmed.hasSuffix(",")
                    && !lower.contains("permission") && !lower.contains("redistribution"))
            guard isTitle else { break }
            offset += line.utf8.count + 1
        }
        let end = tokens.starts.firstIndex { Int($0) >= offset } ?? 0
        // A text made of short lines has no title.
        return end <= tokens.count / 3 && end <= 40 ? end : 0
    }

    private static func withoutCopyrightLines(_ text: String) -> String {
        text.lines().filter { !isCopyrightLine($0) }.joined(separator: "\n")
    }

    static func isCopyrightLine(_ line: Substring) -> Bool {
        let lower = line.lowercased().trimmed.drop { "*#/;-.%|\" ".contains($0) }
        if lower == "all rights reserved." || lower == "all rights reserved" { return true }
        guard lower.utf8.count < 170,
            lower.hasPrefix("copyright") || lower.hasPrefix("(c)") || lower.hasPrefix("©")
                || lower.hasPrefix("portions copyright")
        else { return false }
        // "(c) You must retain ..." is a list item.
        if lower.hasPrefix("(c)"), !lower.split(whereSeparator: { !$0.isNumber }).contains(where: { $0.count == 4 }),
            !lower.contains("<"), !lower.contains("[y"), !lower.contains("year")
        {
            return false
        }
        let isMarked =
            lower.contains("(c)") || lower.contains("©") || lower.contains("<") || lower.contains("[y")
            || lower.contains("year") || lower.contains("{")
            || lower.split(whereSeparator: { !$0.isNumber }).contains { $0.count == 4 }
        return isMarked && !lower.contains("notice") && !lower.contains("permission")
            && !lower.contains("redistribution")
    }

    /// Without `<year>`, `[name of copyright owner]`, `{{organization}}`.
    private static func withoutPlaceholders(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        while let open = rest.firstIndex(where: { $0 == "<" || $0 == "[" || $0 == "{" }) {
            out += rest[..<open]
            let closing: Character = rest[open] == "<" ? ">" : rest[open] == "[" ? "]" : "}"
            let limit = rest.index(open, offsetBy: 61, limitedBy: rest.endIndex) ?? rest.endIndex
            if let close = rest[open..<limit].firstIndex(of: closing), !rest[open..<close].contains("\n"),
                isPlaceholder(rest[rest.index(after: open)..<close], rest[open])
            {
                rest = rest[rest.index(after: close)...]
            } else {
                out.append(rest[open])
                rest = rest[rest.index(after: open)...]
            }
        }
        return out + rest
    }

    private static func isPlaceholder(_ inner: Substring, _ open: Character) -> Bool {
        let lower = inner.lowercased().drop { "<{[ ".contains($0) }
        guard !lower.isEmpty, !lower.hasPrefix("http"), !lower.hasPrefix("/"), !lower.contains("@") || open == "<"
        else { return false }
        if open == "<" {
            return lower.first?.isLetter == true && lower.split(separator: " ").count <= 8
                && !["a", "p", "b", "i", "br", "li", "ol", "ul"].contains(String(lower.prefix { $0.isLetter }))
        }
        return [
            "yyyy", "year", "name", "full", "copyright", "owner", "project", "email", "insert", "your", "organi",
            "licensor", "author", "company", "software name",
        ].contains { lower.hasPrefix($0) }
    }
}
