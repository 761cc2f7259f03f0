import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import Yams

/// Reads the YAML of a policy (openscan.yml) as far as its form goes: sizes are bounded, anchors and tags are refused, every node knows its place.
public struct PolicyFileReader: Sendable {
    /// The name that such files have.
    public static let fileName = "openscan.yml"
    /// Bytes that such a file has at most.
    public static let sizeLimit = 1 << 20
    private static let deepest = 16

    /// A reader.
    public init() {}

    /// - Throws: `PolicyProblem` with line and column.
    public func read(_ bytes: [UInt8]) throws(PolicyProblem) -> PolicyNode {
        guard bytes.count <= Self.sizeLimit else {
            throw PolicyProblem("\(bytes.count) bytes; a policy has at most \(Self.sizeLimit)")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw PolicyProblem("not UTF-8") }
        try checkDepth(text)
        try checkReferences(text)
        guard let root = try Self.compose(text) else { return .table([], nil) }
        return try node(root, depth: 0)
    }

    /// Anchors, aliases and tags begin a value: behind white space or a sign of a list or table, outside quotes and comments. The parser puts what
    /// they stand for in their place and tells no more.
    private func checkReferences(_ text: String) throws(PolicyProblem) {
        var (line, column) = (1, 0)
        var quote: UInt8 = 0
        var isComment = false
        var before = UInt8(ascii: "\n")
        // The last sign of the line that is no white space.
        var sign: UInt8 = 0
        var pending: (sign: UInt8, place: PolicyNode.Place)?
        for byte in text.utf8 {
            column += 1
            if let mark = pending {
                pending = nil
                let isName = byte > 0x20 && !",[]{}".utf8.contains(byte)
                if isName {
                    throw PolicyProblem("anchors, aliases and tags are not read in a policy", at: mark.place)
                }
            }
            switch byte {
            case UInt8(ascii: "\n"): (line, column, isComment, sign) = (line + 1, 0, false, 0)
            case _ where isComment: break
            case UInt8(ascii: "\""), UInt8(ascii: "'"):
                if quote == byte {
                    quote = 0
                } else if quote == 0, before <= 0x20 || "[{,:-".utf8.contains(before) {
                    quote = byte
                }
            case _ where quote != 0: break
            case UInt8(ascii: "#") where before <= 0x20: isComment = true
            case UInt8(ascii: "&"), UInt8(ascii: "*"), UInt8(ascii: "!"):
                if sign == 0 || "[{,:-?".utf8.contains(sign) {
                    pending = (byte, PolicyNode.Place(line: line, column: column))
                }
            default: break
            }
            before = byte
            if byte > 0x20 { sign = byte }
        }
    }

    /// The parser calls itself for every bracket, and for every list that begins in the line of another; no policy has many inside one another.
    private func checkDepth(_ text: String) throws(PolicyProblem) {
        var (line, depth, dashes) = (1, 0, 0)
        var isLead = true
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "["), UInt8(ascii: "{"): depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"): depth = max(0, depth - 1)
            case UInt8(ascii: "\n"): (line, dashes, isLead) = (line + 1, 0, true)
            case UInt8(ascii: "-") where isLead, UInt8(ascii: "?") where isLead: dashes += 1
            case 0x20, 0x09, 0x0D: break
            default: isLead = false
            }
            guard depth <= 8 * Self.deepest, dashes <= Self.deepest else {
                throw PolicyProblem(
                    "lists and tables are nested too deep", at: PolicyNode.Place(line: line, column: 1))
            }
        }
    }

    private func node(_ node: Node, depth: Int) throws(PolicyProblem) -> PolicyNode {
        let place = node.mark.map { PolicyNode.Place(line: $0.line, column: $0.column) }
        guard depth < Self.deepest else { throw PolicyProblem("nested deeper than \(Self.deepest) levels", at: place) }
        switch node {
        case .scalar(let scalar): return .text(scalar.string, place)
        case .sequence(let items):
            var out: [PolicyNode] = []
            for item in items { out.append(try self.node(item, depth: depth + 1)) }
            return .list(out, place)
        case .mapping(let mapping):
            var out: [PolicyNode.Member] = []
            for (key, value) in mapping {
                guard let name = key.scalar?.string else {
                    throw PolicyProblem("a key has to be a plain text", at: place)
                }
                let keyPlace = key.mark.map { PolicyNode.Place(line: $0.line, column: $0.column) }
                out.append(
                    PolicyNode.Member(
                        key: Printable.text(name, limit: 80), place: keyPlace,
                        value: try self.node(value, depth: depth + 1)))
            }
            return .table(out, place)
        case .alias: throw PolicyProblem("aliases are not read in a policy", at: place)
        }
    }

    private static func compose(_ text: String) throws(PolicyProblem) -> Node? {
        do { return try Yams.compose(yaml: text, .basic) } catch {
            let words = Printable.text(String(describing: error), limit: 200)
            switch error as? YamlError {
            case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
                .composer(_, let problem, let mark, _):
                throw PolicyProblem(
                    "no well formed YAML: \(Printable.text(problem, limit: 200))",
                    at: PolicyNode.Place(line: mark.line, column: mark.column))
            case .duplicatedKeysInMapping(let keys, let context):
                let names = keys.sorted().map { "'\(Printable.text($0, limit: 80))'" }.joined(separator: ", ")
                throw PolicyProblem(
                    "keys that are there twice: \(names)",
                    at: PolicyNode.Place(line: context.mark.line, column: context.mark.column))
            default: throw PolicyProblem("no well formed YAML: \(words)")
            }
        }
    }
}
