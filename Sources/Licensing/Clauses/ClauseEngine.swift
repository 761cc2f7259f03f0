import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds clauses by their phrases, sentence by sentence, in one pass over the words.
public struct ClauseEngine: Sendable {
    private let clauses: [CompiledClause]
    private let ruled: [ClauseRule]
    private let moodPhrases: MoodPhrases
    /// For each word that a pattern can begin with, where the rules are that do.
    private let places: WordPlaces
    private let rules: [Rule]
    /// The pattern of each rule, under its number; behind them those that undo clauses.
    private let table: PatternTable

    private struct Rule {
        let clause: Int
        /// Place of the pattern in its list: the first ones say it most plainly.
        let rank: Int
        let status: ClauseMatch.Status
    }

    /// - Parameter rules: what to look for.
    public init(_ rules: ClauseRules) {
        moodPhrases = MoodPhrases(rules.moods)
        ruled = rules.all
        var starting: [UInt32: [(rule: Rule, pattern: PhrasePattern)]] = [:]
        for (number, clause) in rules.all.enumerated() {
            for (patterns, status) in [(clause.patterns, ClauseMatch.Status.present), (clause.partial, .partial)] {
                for (rank, pattern) in patterns.map(PhrasePattern.init).enumerated() {
                    for word in Set(pattern.firstWords) {
                        starting[word, default: []].append((Rule(clause: number, rank: rank, status: status), pattern))
                    }
                }
            }
        }
        var table = PatternTable()
        var flat: [Rule] = []
        var places: [UInt32: Range<Int>] = [:]
        for (word, list) in starting {
            places[word] = table.add(list.map(\.pattern))
            flat += list.map(\.rule)
        }
        self.rules = flat
        self.places = WordPlaces(places)
        clauses = rules.all.map { CompiledClause($0, &table) }
        self.table = table
    }

    /// What a text carries.
    struct Result {
        /// In order of place.
        var clauses: [ClauseMatch] = []
        /// Line from which on the text was not looked at, as the search had become too long.
        var unreadFrom: Int?
    }

    /// The engine of a set of rules, compiled when the first text asks for it.
    public static func made(from rules: RuleSet) -> Lazy<ClauseEngine> {
        let clauses = rules.clauses
        return Lazy { ClauseEngine(clauses) }
    }

    /// The best place of every clause that `text` carries.
    public func find(in text: String, path: String) -> [ClauseMatch] {
        let tokens = Tokenizer.tokens(of: text)
        var copy = text
        var work = SearchWork.clauses(bytes: text.utf8.count)
        return copy.withUTF8 { find(tokens, UnsafeRawBufferPointer($0), path: path, &work).clauses }
    }

    /// The best place of every clause that `tokens` carries, as far as `work` goes.
    func find(
        _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, path: String, _ work: inout SearchWork
    ) -> Result {
        let sentences = Sentences(tokens, bytes)
        let search = Search(engine: self, tokens: tokens, bytes: bytes, sentences: sentences)
        var (found, unread) = search.run(&work)
        dropStrayItems(&found)
        var matches = found.enumerated().compactMap { number, candidate in
            candidate.map { match(ruled[number].id, $0, tokens, bytes, path) }
        }
        for place in matches.indices where matches[place].id == ClauseParameters.ofTerritory {
            matches[place].parameters = ClauseParameters.territories(
                leftOutBy: bytes.repairedText, besides: matches[place].parameters)
        }
        return Result(
            clauses: matches.sorted {
                ($0.evidence.lines ?? LineRange(0), $0.id) < ($1.evidence.lines ?? LineRange(0), $1.id)
            }, unreadFrom: unread.map { tokens.line(at: tokens.starts[$0]) })
    }

    private func match(
        _ id: ClauseID, _ candidate: Candidate, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, _ path: String
    ) -> ClauseMatch {
        let lines = tokens.lines(candidate.range)
        let sentence = candidate.shownSentence
        let text = bytes.slice(tokens.bytes(sentence)).repairedText
        let behind = sentence.upperBound..<min(tokens.count, sentence.upperBound + Self.wordsBehind)
        return ClauseMatch(
            id: id, status: candidate.status,
            evidence: Evidence(path: path, lines: LineRange(lines.first, lines.last), quote: text),
            parameters: ClauseParameters.clauses.contains(id)
                ? ClauseParameters.of(
                    id, sentence: text, following: bytes.slice(tokens.bytes(behind)).repairedText,
                    whole: bytes.slice(
                        tokens.bytes(sentence)
                            .lowerBound..<min(
                                bytes.count,
                                max(tokens.bytes(sentence).upperBound, tokens.bytes(behind).upperBound)
                                    + Self.signsBehind)
                    ).repairedText) : [:])
    }

    /// One pass over the words of a text.
    private struct Search {
        let engine: ClauseEngine
        let tokens: Tokens
        let bytes: UnsafeRawBufferPointer
        let sentences: Sentences

        /// The best candidate of every clause, and the word at which the search was given up.
        func run(_ work: inout SearchWork) -> (found: [Candidate?], unread: Int?) {
            engine.table.look { table in
                tokens.hashes.withUnsafeBufferPointer { words in
                    engine.rules.withUnsafeBufferPointer { rules in
                        engine.clauses.withUnsafeBufferPointer { run(words, table, rules, $0, &work) }
                    }
                }
            }
        }

        private func run(
            _ words: UnsafeBufferPointer<UInt32>, _ table: PatternTable.View, _ rules: UnsafeBufferPointer<Rule>,
            _ clauses: UnsafeBufferPointer<CompiledClause>, _ work: inout SearchWork
        ) -> (found: [Candidate?], unread: Int?) {
            let places = engine.places
            var found = [Candidate?](repeating: nil, count: clauses.count)
            let surroundings = Surroundings(tokens, bytes)
            var sentence = 0
            var standing: Surroundings.Standing?
            var isFree: Bool?
            var exceptions = Exceptions(count: clauses.count)
            var moods: Moods?
            for position in words.indices {
                guard let candidates = places[words[position]] else { continue }
                if work.isUsedUp { return (found, position) }
                while sentences.bounds[sentence + 1] <= position {
                    sentence += 1
                    standing = nil
                    isFree = nil
                }
                let (start, limit) = (sentences.bounds[sentence], sentences.bounds[sentence + 1])
                for number in candidates {
                    let rule = rules[number]
                    let (clauseNumber, rank, declared) = (rule.clause, rule.rank, rule.status)
                    // A better place is looked for while the best one is not an operative sentence, or a plainer pattern may come.
                    if let known = found[clauseNumber], known.standing == .operative,
                        known.status == .present || declared == .partial, known.rank <= rank
                    {
                        continue
                    }
                    let reach = min(words.count, max(limit, position + table.reach(number)))
                    guard let end = table.end(number, words, from: position, limit: reach, &work) else { continue }
                    let clause = clauses[clauseNumber]
                    let isUndone =
                        table.stand(
                            clause.unless, words, max(start, position - 12)..<position + 1, limit: reach, &work)
                        || exceptions.stand(
                            clause, clauseNumber, table, words, sentence: start..<limit, through: max(end, limit),
                            reach: reach, &work)
                    if isUndone { continue }
                    var status = declared
                    if clause.isGrant || clause.isWholeOnly {
                        // What a sentence forbids it does not grant; what it forbids for some purposes it leaves for the others.
                        let known = moods ?? Moods(tokens, bytes, sentences, engine.moodPhrases, &work)
                        moods = known
                        let mood = known[end - 1]
                        let isLimited = mood == .limited || known[position] == .limited
                        if clause.isWholeOnly {
                            if isLimited { continue }
                        } else {
                            if mood == .forbidden || known[position] == .forbidden { continue }
                            // In another sentence the word is only granted where that one permits as well, as an item of a list does.
                            if end > limit, mood == .open { continue }
                            if isLimited { status = .partial }
                        }
                    }
                    if clause.isNamedUse {
                        let free =
                            isFree
                            ?? engine.moodPhrases.table.look {
                                engine.moodPhrases.isFreeUse($0, words, start..<limit, &work)
                            }
                        isFree = free
                        if free { continue }
                    }
                    let here = standing ?? surroundings.standing(start..<limit)
                    standing = here
                    if clause.isTermOnly, here == .definition { continue }
                    // What the text covers is said by its definitions.
                    let counted = clause.isScope && here == .definition ? .operative : here
                    let candidate = Candidate(
                        status: status, standing: counted, rank: rank, position: position,
                        range: start..<max(end, limit), sentence: start..<limit)
                    if found[clauseNumber].map({ candidate.isBetter(than: $0) }) ?? true {
                        found[clauseNumber] = candidate
                    }
                }
            }
            return (found, work.isUsedUp ? words.indices.last : nil)
        }

        /// What the sentences say that undoes a clause: looked for once a clause and sentence, however often the clause begins there.
        private struct Exceptions {
            /// By clause: the sentence that was looked at last, and whether such words stand in it.
            private var known: [(start: Int, stand: Bool)]

            init(count: Int) { known = Array(repeating: (-1, false), count: count) }

            /// - Parameter reach: where words of a match may stand, at most; behind the sentence where the clause itself does.
            mutating func stand(
                _ clause: CompiledClause, _ number: Int, _ table: PatternTable.View,
                _ words: UnsafeBufferPointer<UInt32>, sentence: Range<Int>, through end: Int, reach: Int,
                _ work: inout SearchWork
            ) -> Bool {
                guard !clause.except.isEmpty else { return false }
                // The last words of a sentence may go on behind it; what stands before them is the same for every place.
                let tail = max(sentence.lowerBound, sentence.upperBound - clause.span)
                if known[number].start != sentence.lowerBound {
                    known[number] = (
                        sentence.lowerBound,
                        table.stand(
                            clause.except, words, sentence.lowerBound..<tail, limit: sentence.upperBound, &work)
                    )
                }
                return known[number].stand || table.stand(clause.except, words, tail..<end, limit: reach, &work)
            }
        }
    }

    /// Items of a list of forbidden uses count where there is such a list, or so many of them that there must be one.
    private func dropStrayItems(_ found: inout [Candidate?]) {
        let items = found.indices.filter { found[$0] != nil && ruled[$0].roles.contains(.listedUse) }
        let hasList = found.indices.contains {
            found[$0] != nil && ruled[$0].roles.contains(.useList)
        }
        if !hasList, items.count < Self.itemsOfAList { for item in items { found[item] = nil } }
    }

    private static let itemsOfAList = 4
    private static let wordsBehind = 60
    /// Bytes of the signs that may close a quotation behind its last word.
    private static let signsBehind = 8

    private struct Candidate {
        let status: ClauseMatch.Status
        let standing: Surroundings.Standing
        let rank: Int
        /// First word of the match.
        let position: Int
        let range: Range<Int>
        let sentence: Range<Int>

        private static let mostShown = 1_500, shownBefore = 12

        /// The sentence, or of one without end what is around the match.
        var shownSentence: Range<Int> {
            guard sentence.count > Self.mostShown else { return sentence }
            let start = max(sentence.lowerBound, position - Self.shownBefore)
            return start..<min(sentence.upperBound, start + Self.mostShown)
        }

        func isBetter(than other: Candidate) -> Bool {
            if status != other.status { return status == .present }
            return (standing, rank) < (other.standing, other.rank)
        }
    }
}
