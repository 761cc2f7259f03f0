import Unpacking
import Yams

/// The YAML head of a model or data card (huggingface/hub-docs, modelcard.md and datasetcard.md), as written.
public struct FrontMatter: Sendable, Hashable {
    public struct Field: Sendable, Hashable {
        public var values: [String]
        public var line: Int
    }

    public var fields: [String: Field] = [:]
    /// Lines from the first `---` to the second.
    public var lines: LineRange
    public var findings: [Finding] = []

    public func first(_ key: String) -> String? { fields[key]?.values.first }
    public func values(_ key: String) -> [String] { fields[key]?.values ?? [] }
    public func line(_ key: String) -> Int? { fields[key]?.line }

    private static let sizeLimit = 256 << 10

    /// `nil` when the text has no YAML head.
    public static func read(_ lines: [Substring]) -> FrontMatter? {
        guard let first = lines.first, first.trimmed == "---" || first.trimmed == "\u{FEFF}---" else { return nil }
        guard let end = lines.dropFirst().prefix(5000).firstIndex(where: { $0.trimmed == "---" || $0.trimmed == "..." })
        else {
            return nil
        }
        var out = FrontMatter(lines: LineRange(1, end + 1))
        let body = lines[1..<end]
        let text = body.joined(separator: "\n")
        if text.utf8.count > sizeLimit {
            out.findings.append(
                Finding("bad-front-matter", .medium, "YAML head of \(text.utf8.count) bytes; read line by line"))
            out.readLineByLine(body)
        } else if body.contains(where: hasAnchorOrTag) {
            out.findings.append(
                Finding(
                    text.contains("!!") ? "yaml-tag" : "yaml-bomb", .medium,
                    "YAML head with anchors, aliases or tags, which no card needs; read line by line"))
            out.readLineByLine(body)
        } else {
            do {
                // Scalars stay as written: `1.0`, `no` and dates are text.
                guard let node = try Yams.compose(yaml: text, .basic), case .mapping(let mapping) = node else {
                    out.findings.append(Finding("bad-front-matter", .low, "YAML head is no mapping"))
                    return out
                }
                for (key, value) in mapping {
                    guard let name = key.string else { continue }
                    out.fields[name] = Field(values: strings(value, depth: 0), line: (key.mark?.line ?? 1) + 1)
                }
            } catch {
                out.findings.append(
                    Finding(
                        "bad-front-matter", .medium,
                        "YAML head is not well formed: \(Printable.text(String(describing: error), limit: 160)); read line by line"
                    ))
                out.readLineByLine(body)
            }
        }
        return out
    }

    private static func hasAnchorOrTag(_ line: Substring) -> Bool {
        guard let colon = line.firstIndex(where: { $0 == ":" || $0 == "-" }) else { return false }
        let value = line[line.index(after: colon)...].trimmed
        guard let first = value.first else { return false }
        return (first == "&" || first == "*" || first == "!")
            && value.dropFirst().first.map { $0.isLetter || $0 == "!" } ?? false
    }

    private static func strings(_ node: Node, depth: Int) -> [String] {
        guard depth < 8 else { return [] }
        switch node {
        case .scalar(let scalar): return [scalar.string]
        case .sequence(let items): return items.prefix(500).flatMap { strings($0, depth: depth + 1) }
        case .mapping(let mapping):
            return mapping.prefix(200).flatMap { [$0.key.string ?? ""] + strings($0.value, depth: depth + 1) }
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
                        Finding("duplicate-key", .low, "\(name) comes twice in the YAML head (line \(number + 1))"))
                    key = nil
                    continue
                }
                fields[name] = Field(values: value.isEmpty ? [] : [value], line: number + 1)
                key = name
            } else if let key, line.trimmed.hasPrefix("- ") {
                fields[key]?.values.append(line.trimmed.dropFirst(2).trimmed.filter { $0 != "\"" && $0 != "'" })
            }
        }
    }
}
