import OpenscanRules

/// The phrases of moods, ready to be looked for.
struct MoodPhrases: Sendable {
    let joins: WordSet
    let adjectiveEnds: [UInt32]
    /// By the first word. The first that fits counts, so that what a cue does not mean stands before it.
    private let cues: [UInt32: [(cue: MoodRules.Cue, pattern: PhrasePattern)]]
    private let starts: WordSet
    private let purposes, everyPurpose: [PhrasePattern]

    init(_ rules: MoodRules) {
        joins = WordSet(rules.joins)
        adjectiveEnds = rules.adjectiveEnds.flatMap { Tokenizer.tokens(of: $0).hashes }
        var cues: [UInt32: [(cue: MoodRules.Cue, pattern: PhrasePattern)]] = [:]
        for (cue, phrases) in rules.cues {
            for pattern in phrases.map(PhrasePattern.init) {
                for word in Set(pattern.firstWords) { cues[word, default: []].append((cue, pattern)) }
            }
        }
        self.cues = cues
        starts = WordSet(hashes: Array(cues.keys))
        purposes = rules.purposes.map(PhrasePattern.init)
        everyPurpose = rules.everyPurpose.map(PhrasePattern.init)
    }

    /// The cue that begins at a word, and where it ends.
    func cue(_ words: UnsafeBufferPointer<UInt32>, _ index: Int, _ limit: Int, _ work: inout SearchWork) -> (
        cue: MoodRules.Cue, next: Int
    )? {
        guard starts.contains(words[index]), let known = cues[words[index]] else { return nil }
        for place in known.indices {
            if let end = known[place].pattern.end(words, from: index, limit: limit, &work) {
                return (known[place].cue, end)
            }
        }
        return nil
    }

    func hasPurpose(_ words: UnsafeBufferPointer<UInt32>, _ run: Range<Int>, _ work: inout SearchWork) -> Bool {
        func stand(_ patterns: [PhrasePattern]) -> Bool {
            for place in run {
                for number in patterns.indices
                where patterns[number].end(words, from: place, limit: run.upperBound, &work) != nil { return true }
            }
            return false
        }
        return stand(purposes) && !stand(everyPurpose)
    }
}
