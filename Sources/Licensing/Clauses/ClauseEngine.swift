import Unpacking

/// Finds clauses by their phrases, sentence by sentence, in one pass over the words.
struct ClauseEngine: Sendable {
    static let shared = ClauseEngine(Clause.all)

    private let clauses: [Clause]
    /// Clause and pattern numbers by the word a match begins with.
    private let starts: [UInt32: [(clause: Int, pattern: Int)]]

    init(_ clauses: [Clause]) {
        self.clauses = clauses
        var starts: [UInt32: [(clause: Int, pattern: Int)]] = [:]
        for (number, clause) in clauses.enumerated() {
            for (place, pattern) in clause.patterns.enumerated() {
                for word in Set(pattern.firstWords) { starts[word, default: []].append((number, place)) }
            }
        }
        self.starts = starts
    }

    /// The first place of every clause that `tokens` carries, in order of place.
    func find(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, path: String) -> [ClauseMatch] {
        var found: [Int: ClauseMatch] = [:]
        let words = tokens.hashes
        let sentences = Sentences(tokens, bytes)
        for position in words.indices {
            guard let candidates = starts[words[position]] else { continue }
            let limit = sentences.end(after: position)
            for candidate in candidates where found[candidate.clause] == nil {
                let clause = clauses[candidate.clause]
                guard let end = clause.patterns[candidate.pattern].end(words, from: position, limit: limit) else { continue }
                let before = max(sentences.start(before: position), position - 12)
                guard !clause.unless.contains(where: { pattern in (before...position).contains { pattern.end(words, from: $0, limit: limit) != nil } }) else { continue }
                let range = position..<max(end, position + 1)
                let lines = tokens.lines(range)
                let sentence = sentences.start(before: position)..<limit
                found[candidate.clause] = ClauseMatch(
                    id: clause.id, status: .present,
                    evidence: Evidence(path: path, lines: LineRange(lines.first, lines.last), quote: bytes.slice(tokens.bytes(sentence)).repairedText))
            }
        }
        return found.values.sorted { ($0.evidence.lines ?? LineRange(0), $0.id) < ($1.evidence.lines ?? LineRange(0), $1.id) }
    }
}

/// Where sentences and list items begin, as token numbers.
struct Sentences {
    private let bounds: [Int]

    init(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) {
        var bounds = [0]
        for token in 1..<max(tokens.count, 1) {
            var index = Int(tokens.ends[token - 1])
            let end = Int(tokens.starts[token])
            var newlines = 0
            scan: while index < end {
                switch bytes[index] {
                case UInt8(ascii: "."), UInt8(ascii: ";"):
                    // "2.0" and "e.g." go on; a sentence ends before white space.
                    if index + 1 < bytes.count, bytes[index + 1] == 0x20 || bytes[index + 1] == 0x0A || bytes[index + 1] == 0x0D || bytes[index + 1] == UInt8(ascii: "*") { bounds.append(token); break scan }
                case 0x0A:
                    newlines += 1
                    if newlines > 1 { bounds.append(token); break scan }
                case 0xE3 where bytes.starts(with: "。", at: index), 0xEF where bytes.starts(with: "；", at: index): bounds.append(token); break scan
                default: break
                }
                index += 1
            }
        }
        bounds.append(tokens.count)
        self.bounds = bounds
    }

    /// First token of the sentence that `token` is in.
    func start(before token: Int) -> Int { bounds[max(0, bounds.partitioningIndex { $0 > token } - 1)] }

    /// Token behind the sentence that `token` is in.
    func end(after token: Int) -> Int { bounds[min(bounds.count - 1, bounds.partitioningIndex { $0 > token })] }
}
