import Unpacking

/// A kind of term that licences have; the list is Licenses/clauses.yml.
public struct Clause: Sendable, Hashable {
    public let id: String
    public let group: String
    public let meaning: String
    /// Criteria of the Open Source Definition that a present clause fails, 1...10.
    public let fails: [Int]
    /// Criteria that need a person's look.
    public let concern: [Int]
    /// Freedoms of the Open Source AI Definition that it limits.
    public let freedoms: [String]
    let patterns: [PhrasePattern]
    let unless: [PhrasePattern]

    /// All clauses, in the order of the file.
    public static let all: [Clause] = {
        guard let bytes = LicenceIndex.embedded.document("clauses"), let root = try? JSONValue.parse(bytes) else { return [] }
        return (root["clauses"]?.array ?? []).compactMap { item in
            guard let id = item["id"]?.string else { return nil }
            return Clause(
                id: id, group: item["group"]?.string ?? "", meaning: item["meaning"]?.string ?? "",
                fails: item["fails"]?.array?.compactMap(\.int) ?? [], concern: item["concern"]?.array?.compactMap(\.int) ?? [], freedoms: item["freedoms"]?.strings ?? [],
                patterns: item["patterns"]?.strings.map(PhrasePattern.init) ?? [], unless: item["unless"]?.strings.map(PhrasePattern.init) ?? [])
        }
    }()

    public static let byID: [String: Clause] = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
}

/// A clause found in a text.
public struct ClauseMatch: Sendable, Hashable {
    public enum Status: String, Sendable, Codable { case present, partial }

    public var id: String
    public var status: Status
    public var evidence: Evidence
}

/// Words with gaps, as Licenses/clauses.yml writes them.
struct PhrasePattern: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        /// One of several word sequences.
        case words([[UInt32]], isOptional: Bool)
        case gap(Int)
    }

    let parts: [Part]

    private static let variants: [String: String] = ["licence": "license"]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if rest.hasPrefix("**") {
                parts.append(.gap(25))
                rest.removeFirst(2)
            } else if first == "*" {
                parts.append(.gap(8))
                rest.removeFirst()
            } else {
                var body: Substring
                if first == "(" {
                    rest.removeFirst()
                    body = rest.prefix { $0 != ")" }
                    rest = rest.dropFirst(body.count + 1)
                } else {
                    body = rest.prefix { $0 != " " && $0 != "?" }
                    rest = rest.dropFirst(body.count)
                }
                let isOptional = rest.first == "?"
                if isOptional { rest.removeFirst() }
                let choices = body.split(separator: "|").map { Tokenizer.tokens(of: Self.variants[String($0)] ?? String($0)).hashes }.filter { !$0.isEmpty }
                if !choices.isEmpty { parts.append(.words(choices, isOptional: isOptional)) }
            }
        }
        self.parts = parts
    }

    /// First words that a match can begin with.
    var firstWords: [UInt32] {
        guard case .words(let choices, _)? = parts.first(where: { if case .words(_, false) = $0 { true } else { false } }) else { return [] }
        var out = choices.compactMap(\.first)
        for part in parts {
            guard case .words(let choices, true) = part else { break }
            out += choices.compactMap(\.first)
        }
        return out
    }

    /// End of the match that begins at `start`, `nil` when there is none. Gaps are tried shortest first; the work is bounded by the gaps' lengths.
    func end(_ words: [UInt32], from start: Int, limit: Int) -> Int? {
        var reachable = [start]
        var gap = 0
        for part in parts {
            switch part {
            case .gap(let length): gap += length
            case .words(let choices, let isOptional):
                var next: [Int] = []
                // Only the earliest places matter: later ones reach no more.
                for position in reachable {
                    let last = min(limit, position + gap)
                    guard position <= last else { continue }
                    for candidate in position...last {
                        guard let length = choices.first(where: { Self.matches($0, words, candidate, limit) })?.count else { continue }
                        if !next.contains(candidate + length) { next.append(candidate + length) }
                        if next.count >= 6 { break }
                    }
                    if next.count >= 6 { break }
                }
                if isOptional {
                    // A gap that was not used stays open behind an optional word.
                    next = reachable + next
                    reachable = Array(next.prefix(8))
                    continue
                }
                guard !next.isEmpty else { return nil }
                reachable = next
                gap = 0
            }
        }
        return reachable.first
    }

    private static func matches(_ sequence: [UInt32], _ words: [UInt32], _ position: Int, _ limit: Int) -> Bool {
        guard position + sequence.count <= limit else { return false }
        for (offset, word) in sequence.enumerated() where words[position + offset] != word { return false }
        return true
    }
}
