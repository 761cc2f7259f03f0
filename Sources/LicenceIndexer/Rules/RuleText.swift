import Yams

/// Writes documents as the JSON that the program reads: every scalar is text, an entry stands on a line of its own.
struct RuleText {
    /// Where a fact was read is for those who edit the data; the program does not carry it.
    private static let leftOut: Set<String> = ["source_kind", "sources"]

    /// A document with an entry a line, so that differences are readable.
    static func document(_ root: Node, keys: Set<String>? = nil) -> String {
        let members = members(root).filter { keys?.contains($0.key) ?? true }.map { key, value in
            switch value {
            case .sequence(let items) where items.first?.scalar == nil && !items.isEmpty:
                quoted(key) + ":[\n" + items.map(compact).joined(separator: ",\n") + "\n]"
            case .mapping:
                quoted(key) + ":{\n"
                    + self.members(value).map { quoted($0.key) + ":" + compact($0.value) }.joined(separator: ",\n")
                    + "\n}"
            default: quoted(key) + ":" + compact(value)
            }
        }
        return "{" + members.joined(separator: ",\n") + "}"
    }

    private static func members(_ node: Node) -> [(key: String, value: Node)] {
        (node.mapping ?? [:]).map { ($0.key.scalar?.string ?? "", $0.value) }.filter { !leftOut.contains($0.0) }
    }

    private static func compact(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): quoted(scalar.string)
        case .sequence(let items): "[" + items.map(compact).joined(separator: ",") + "]"
        case .mapping: "{" + members(node).map { quoted($0.key) + ":" + compact($0.value) }.joined(separator: ",") + "}"
        case .alias: "null"
        }
    }

    static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out + "\""
    }
}
