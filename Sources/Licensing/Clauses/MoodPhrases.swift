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
    func cue(_ words: [UInt32], _ index: Int, _ limit: Int) -> (cue: MoodRules.Cue, next: Int)? {
        guard starts.contains(words[index]), let known = cues[words[index]] else { return nil }
        for (cue, pattern) in known {
            if let end = pattern.end(words, from: index, limit: limit) { return (cue, end) }
        }
        return nil
    }

    func hasPurpose(_ words: [UInt32], _ run: Range<Int>) -> Bool {
        func stand(_ patterns: [PhrasePattern]) -> Bool {
            run.contains { place in patterns.contains { $0.end(words, from: place, limit: run.upperBound) != nil } }
        }
        return stand(purposes) && !stand(everyPurpose)
    }
}
