import OpenscanBytes
import OpenscanFacts

/// Whether a card says one thing to everybody: heads that do not end, characters that people do not see, licence links that lead away.
enum CardForm {
    private static let mostHead = 200

    static func findings(_ text: String, _ lines: [Substring], _ head: FrontMatter?) -> [Finding] {
        var out: [Finding] = []
        if head == nil, lines.first?.trimmed == "---", isHead(lines.dropFirst()) {
            out.append(Finding(.badFrontMatter, .low, "the YAML head of line 1 is not closed; its fields are not read"))
        }
        if let line = lines.firstIndex(where: { $0.utf8.contains(where: isControl) }) {
            out.append(Finding(.controlCharacters, .low, "control characters in line \(line + 1)"))
        }
        if let field = head?.fields["license_link"] {
            for value in field.values where leadsOut(value) {
                let words: Wording =
                    "license_link in line \(field.line) leads out of the release: \(Printable.text(value, limit: 100))"
                out.append(Finding(.pathTraversal, .medium, words))
            }
        }
        return out
    }

    /// A line between rules is one thing; a key and a value right below are a head.
    private static func isHead(_ lines: ArraySlice<Substring>) -> Bool {
        let first = lines.prefix(mostHead).first { !$0.trimmed.isEmpty }
        guard let first, let colon = first.firstIndex(of: ":") else { return false }
        let key = first[..<colon]
        let rest = first[first.index(after: colon)...]
        return !key.isEmpty && key.utf8.count <= 40 && (rest.isEmpty || rest.first == " ")
            && key.allSatisfy { $0.isLetter && $0.isASCII || $0.isNumber || $0 == "_" || $0 == "-" }
    }

    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x09 && byte != 0x0A && byte != 0x0C && byte != 0x0D || byte == 0x7F
    }

    private static func leadsOut(_ value: String) -> Bool {
        let path = value.trimmed
        if path.lowercased().hasPrefix("file:") { return true }
        guard !path.contains("://") else { return false }
        return path.hasPrefix("/") || path.hasPrefix("\\")
            || path.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
    }
}
