import OpenscanBytes
import OpenscanFacts
import Yams

/// Reads a file of a reviewer's decisions (openscan-review.yml). What it says may be anybody's: sizes and numbers are
/// bounded, words are made fit to be shown, and everything that is not understood is refused with its place.
public struct ReviewFileReader: Sendable {
    /// The name that such files have.
    public static let fileName = "openscan-review.yml"
    private static let sizeLimit = 4 << 20
    private static let mostDecisions = 20_000
    private static let longest = 2_000

    /// A reader.
    public init() {}

    /// - Throws: `ReviewFileProblem` with line and column.
    public func read(_ bytes: [UInt8]) throws(ReviewFileProblem) -> [ReviewDecision] {
        guard bytes.count <= Self.sizeLimit else {
            throw ReviewFileProblem("\(bytes.count) bytes; a file of decisions has at most \(Self.sizeLimit)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let root = try Self.compose(text) else { return [] }
        guard let members = root.mapping else { throw Self.problem("not a mapping with 'decisions'", root) }
        var decisions: [ReviewDecision] = []
        for (key, value) in members {
            switch key.string {
            case "decisions": decisions = try list(value)
            // Who wrote it and about what; for people.
            case "release", "program", "version": continue
            default:
                throw Self.problem(
                    "'\(Self.shown(key.string))' is not known here; there are decisions, release, program, version", key
                )
            }
        }
        return decisions
    }

    private func list(_ node: Node) throws(ReviewFileProblem) -> [ReviewDecision] {
        guard let items = node.sequence else {
            if node.string?.isEmpty ?? false { return [] }
            throw Self.problem("'decisions' is a list", node)
        }
        guard items.count <= Self.mostDecisions else {
            throw Self.problem("\(items.count) decisions; at most \(Self.mostDecisions) are read", node)
        }
        var out: [ReviewDecision] = []
        for item in items { out.append(try decision(item)) }
        return out
    }

    private static let keys = [
        "id", "question", "machine", "decision", "answer", "answers", "reason", "by", "date", "evidence",
    ]

    private func decision(_ node: Node) throws(ReviewFileProblem) -> ReviewDecision {
        guard let members = node.mapping else { throw Self.problem("a decision is a mapping with an id", node) }
        var values: [String: Node] = [:]
        for (key, value) in members {
            guard let name = key.string, Self.keys.contains(name) else {
                throw Self.problem(
                    "'\(Self.shown(key.string))' is not known here; there are \(Self.keys.joined(separator: ", "))",
                    key)
            }
            values[name] = value
        }
        func text(_ key: String) throws(ReviewFileProblem) -> String {
            guard let value = values[key] else { return "" }
            guard let string = value.string else { throw Self.problem("'\(key)' is a text", value) }
            guard string.utf8.count <= Self.longest else {
                throw Self.problem("'\(key)' has at most \(Self.longest) bytes", value)
            }
            return Printable.lines(string).trimmed
        }
        let id = try text("id")
        guard !id.isEmpty else { throw Self.problem("a decision needs an 'id'", node) }
        let word = try text("decision")
        guard let outcome = ReviewDecision.Outcome(rawValue: word.isEmpty ? "open" : word) else {
            let known = ReviewDecision.Outcome.allCases.map(\.rawValue).joined(separator: ", ")
            throw Self.problem("'\(Self.shown(word))' is no decision: \(known)", values["decision"] ?? node)
        }
        let date = try text("date")
        guard date.isEmpty || Self.isDate(date) else {
            throw Self.problem("'\(Self.shown(date))' is no date; write 2026-11-28", values["date"] ?? node)
        }
        let answer = try text("answer")
        let place = (values["id"] ?? node).mark
        let decision = ReviewDecision(
            id: id, outcome: outcome, answer: answer.isEmpty ? nil : answer, reason: try text("reason"),
            by: try text("by"), date: date, evidence: try text("evidence"), line: place?.line ?? 1,
            column: place?.column ?? 1)
        try complete(decision, node)
        return decision
    }

    /// A decision that counts says who made it, when and why.
    private func complete(_ decision: ReviewDecision, _ node: Node) throws(ReviewFileProblem) {
        guard decision.outcome != .open else { return }
        for (name, value) in [
            ("reason", decision.reason), ("by", decision.by), ("date", decision.date), ("evidence", decision.evidence),
        ] where value.isEmpty {
            throw Self.problem("the decision on '\(Self.shown(decision.id))' needs '\(name)'", node)
        }
        if decision.outcome == .override, decision.answer == nil {
            throw Self.problem("to override '\(Self.shown(decision.id))' an 'answer' is needed", node)
        }
    }

    private static func isDate(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.map(\.utf8.count) == [4, 2, 2],
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }), let month = Int(parts[1]),
            let day = Int(parts[2])
        else { return false }
        return (1...12).contains(month) && (1...31).contains(day)
    }

    private static func shown(_ text: String?) -> String { Printable.text(text ?? "", limit: 80) }

    private static func problem(_ message: String, _ node: Node) -> ReviewFileProblem {
        ReviewFileProblem(message, line: node.mark?.line, column: node.mark?.column)
    }

    private static func compose(_ text: String) throws(ReviewFileProblem) -> Node? {
        do { return try Yams.compose(yaml: text, .basic) } catch {
            let words = Printable.text(String(describing: error), limit: 200)
            switch error as? YamlError {
            case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
                throw ReviewFileProblem("no well formed YAML: \(words)", line: mark.line, column: mark.column)
            default: throw ReviewFileProblem("no well formed YAML: \(words)")
            }
        }
    }
}
