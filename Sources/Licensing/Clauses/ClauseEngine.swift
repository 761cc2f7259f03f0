import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds clauses by their phrases, sentence by sentence, in one pass over the words.
public struct ClauseEngine: Sendable {
    private let clauses: [CompiledClause]
    private let moodPhrases: MoodPhrases
    /// Words a pattern can begin with, and for each the rules that do.
    private let starts: WordSet
    private let rules: [UInt32: [Rule]]

    private struct Rule {
        let clause: Int
        let pattern: PhrasePattern
        /// Place of the pattern in its list: the first ones say it most plainly.
        let rank: Int
        let status: ClauseMatch.Status
    }

    /// - Parameter rules: what to look for.
    public init(_ rules: ClauseRules) {
        let clauses = rules.all.map(CompiledClause.init)
        self.clauses = clauses
        moodPhrases = MoodPhrases(rules.moods)
        var rules: [UInt32: [Rule]] = [:]
        for (number, clause) in clauses.enumerated() {
            for (patterns, status) in [(clause.patterns, ClauseMatch.Status.present), (clause.partial, .partial)] {
                for (rank, pattern) in patterns.enumerated() {
                    for word in Set(pattern.firstWords) {
                        rules[word, default: []].append(
                            Rule(clause: number, pattern: pattern, rank: rank, status: status))
                    }
                }
            }
        }
        self.rules = rules
        starts = WordSet(hashes: Array(rules.keys))
    }

    /// The best place of every clause that `text` carries.
    public func find(in text: String, path: String) -> [ClauseMatch] {
        let tokens = Tokenizer.tokens(of: text)
        var copy = text
        return copy.withUTF8 { find(tokens, UnsafeRawBufferPointer($0), path: path) }
    }

    /// The best place of every clause that `tokens` carries, in order of place.
    func find(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, path: String) -> [ClauseMatch] {
        var found = [Candidate?](repeating: nil, count: clauses.count)
        let words = tokens.hashes
        let sentences = Sentences(tokens, bytes)
        let surroundings = Surroundings(tokens, bytes)
        var sentence = 0
        var standing: Surroundings.Standing?
        lazy var moods = Moods(tokens, bytes, sentences, moodPhrases)
        for position in words.indices where starts.contains(words[position]) {
            guard let candidates = rules[words[position]] else { continue }
            while sentences.bounds[sentence + 1] <= position {
                sentence += 1
                standing = nil
            }
            let (start, limit) = (sentences.bounds[sentence], sentences.bounds[sentence + 1])
            for rule in candidates {
                // A better place is looked for while the best one is not an operative sentence, or a plainer pattern may come.
                if let known = found[rule.clause], known.standing == .operative,
                    known.status == .present || rule.status == .partial, known.rank <= rule.rank
                {
                    continue
                }
                let reach = min(words.count, max(limit, position + rule.pattern.reach))
                guard let end = rule.pattern.end(words, from: position, limit: reach) else { continue }
                let clause = clauses[rule.clause]
                func stands(_ patterns: [PhrasePattern], from first: Int, through last: Int) -> Bool {
                    patterns.contains { pattern in
                        (first...last).contains { pattern.end(words, from: $0, limit: reach) != nil }
                    }
                }
                if stands(clause.unless, from: max(start, position - 12), through: position)
                    || stands(clause.except, from: start, through: max(end, limit) - 1)
                {
                    continue
                }
                var status = rule.status
                if clause.isGrant {
                    // What a sentence forbids it does not grant; what it forbids for some purposes it leaves for the others.
                    let mood = moods[end - 1]
                    if mood == .forbidden || moods[position] == .forbidden { continue }
                    // In another sentence the word is only granted where that one permits as well, as an item of a list does.
                    if end > limit, mood == .open { continue }
                    if mood == .limited || moods[position] == .limited { status = .partial }
                }
                let here = standing ?? surroundings.standing(start..<limit)
                standing = here
                if clause.rule.isTermOnly, here == .definition { continue }
                // What the text covers is said by its definitions.
                let counted = clause.rule.group == "scope" && here == .definition ? .operative : here
                let candidate = Candidate(
                    status: status, standing: counted, rank: rule.rank, range: start..<max(end, limit),
                    sentence: start..<limit)
                if found[rule.clause].map({ candidate.isBetter(than: $0) }) ?? true { found[rule.clause] = candidate }
            }
        }
        dropStrayItems(&found)
        return found.enumerated().compactMap { number, candidate in
            candidate.map { candidate in
                let lines = tokens.lines(candidate.range)
                let text = bytes.slice(tokens.bytes(candidate.sentence)).repairedText
                let behind =
                    candidate.sentence.upperBound..<min(tokens.count, candidate.sentence.upperBound + Self.wordsBehind)
                return ClauseMatch(
                    id: clauses[number].rule.id, status: candidate.status,
                    evidence: Evidence(path: path, lines: LineRange(lines.first, lines.last), quote: text),
                    parameters: ClauseParameters.clauses.contains(clauses[number].rule.id)
                        ? ClauseParameters.of(
                            clauses[number].rule.id, sentence: text,
                            following: bytes.slice(tokens.bytes(behind)).repairedText) : [:])
            }
        }.sorted { ($0.evidence.lines ?? LineRange(0), $0.id) < ($1.evidence.lines ?? LineRange(0), $1.id) }
    }

    /// Items of a list of forbidden uses count where there is such a list, or so many of them that there must be one.
    private func dropStrayItems(_ found: inout [Candidate?]) {
        let items = found.indices.filter { found[$0] != nil && clauses[$0].rule.roles.contains(.listedUse) }
        let hasList = found.indices.contains {
            found[$0] != nil && clauses[$0].rule.roles.contains(.useList)
        }
        if !hasList, items.count < Self.itemsOfAList { for item in items { found[item] = nil } }
    }

    private static let itemsOfAList = 4
    private static let wordsBehind = 60

    private struct Candidate {
        let status: ClauseMatch.Status
        let standing: Surroundings.Standing
        let rank: Int
        let range: Range<Int>
        let sentence: Range<Int>

        func isBetter(than other: Candidate) -> Bool {
            if status != other.status { return status == .present }
            return (standing, rank) < (other.standing, other.rank)
        }
    }
}
