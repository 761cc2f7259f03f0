import OpenscanBytes
import OpenscanFacts
import Yams

extension FrontMatter {
    private static let sizeLimit = 256 << 10

    /// `nil` when the text has no YAML head.
    public static func read(_ lines: [Substring]) -> FrontMatter? {
        guard let first = lines.first, first.trimmed == "---" || first.trimmed == "\u{FEFF}---" else { return nil }
        guard let end = lines.dropFirst().prefix(5000).firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." })
        else {
            return nil
        }
        var out = FrontMatter(lines: LineRange(1, end + 1), texts: lines[...end].map(String.init))
        let body = lines[1..<end]
        let text = body.joined(separator: "\n")
        if text.utf8.count > sizeLimit {
            out.findings.append(
                Finding(.badFrontMatter, .medium, "YAML head of \(text.utf8.count) bytes; read line by line"))
            out.readLineByLine(body)
        } else if body.contains(where: hasAnchorOrTag) {
            out.findings.append(
                Finding(
                    text.contains("!!") ? .yamlTag : .yamlBomb, .medium,
                    "YAML head with anchors, aliases or tags, which no card needs; read line by line"))
            out.readLineByLine(body)
        } else {
            do {
                // Scalars stay as written: `1.0`, `no` and dates are text.
                guard let node = try Yams.compose(yaml: text, .basic), case .mapping(let mapping) = node else {
                    out.findings.append(Finding(.badFrontMatter, .low, "YAML head is no mapping"))
                    return out
                }
                for (key, value) in mapping {
                    guard let name = key.string else { continue }
                    let line = (key.mark?.line ?? 1) + 1
                    let scalars = strings(value, line: line, depth: 0)
                    out.fields[name] = Field(
                        values: scalars.map(\.text), line: line, valueLines: scalars.map(\.line))
                }
            } catch {
                out.findings.append(
                    Finding(
                        .badFrontMatter, .medium,
                        "YAML head is not well formed (\u{201C}\(String(describing: error))\u{201D}); read line by line"
                    ))
                out.readLineByLine(body)
            }
        }
        return out
    }

    /// Whether a line's value begins with an anchor, an alias or a tag.
    static func hasAnchorOrTag(_ line: Substring) -> Bool {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "-" }) else { return false }
        let value = line[line.index(after: colon)...].trimmed
        guard let first = value.first else { return false }
        return (first == "&" || first == "*" || first == "!")
            && value.dropFirst().first.map { $0.isLetter || $0 == "!" } ?? false
    }

    /// Every scalar of a value, with its line.
    private static func strings(_ node: Node, line: Int, depth: Int) -> [(text: String, line: Int)] {
        guard depth < 8 else { return [] }
        let line = node.mark.map { $0.line + 1 } ?? line
        switch node {
        case .scalar(let scalar): return [(scalar.string, line)]
        case .sequence(let items): return items.prefix(500).flatMap { strings($0, line: line, depth: depth + 1) }
        case .mapping(let mapping):
            return mapping.prefix(200).flatMap {
                [($0.key.string ?? "", $0.key.mark.map { $0.line + 1 } ?? line)]
                    + strings($0.value, line: line, depth: depth + 1)
            }
        default: return []
        }
    }

    /// What can be had of a broken head: top-level keys with a value on their line or a simple list below.
    private mutating func readLineByLine(_ body: ArraySlice<Substring>) {
        var key: String?
        for (number, line) in zip(body.indices, body) {
            if let first = line.first, first.isLetter || first == "_", let colon = line.firstIndex(of: ":") {
                let name = line[..<colon].trimmed
                let value = line[line.index(after: colon)...].trimmed.filter { $0 != "\"" && $0 != "'" }
                // The first of a repeated key is what a careful reader would look at; both are reported.
                if fields[name] != nil {
                    findings.append(
                        Finding(.duplicateKey, .low, "\(name) comes twice in the YAML head (line \(number + 1))"))
                    key = nil
                    continue
                }
                fields[name] = Field(
                    values: value.isEmpty ? [] : [value], line: number + 1,
                    valueLines: value.isEmpty ? [] : [number + 1])
                key = name
            } else if let key, line.trimmed.hasPrefix("- ") {
                fields[key]?.valueLines.append(number + 1)
                fields[key]?.values.append(line.trimmed.dropFirst(2).trimmed.filter { $0 != "\"" && $0 != "'" })
            }
        }
    }
}
