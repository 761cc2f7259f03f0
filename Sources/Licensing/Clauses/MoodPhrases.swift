import OpenscanRules

/// The phrases of moods, ready to be looked for.
struct MoodPhrases: Sendable {
    let joins: WordSet
    let adjectiveEnds: [UInt32]
    let table: PatternTable
    /// Cues by the first word, in the order in which they are tried, so that what a cue does not mean stands before it.
    private let starts: WordPlaces
    private let kinds: [MoodRules.Cue]
    private let purposes, everyPurpose, freeUses, turns: Range<Int>

    init(_ rules: MoodRules) {
        joins = WordSet(rules.joins)
        adjectiveEnds = rules.adjectiveEnds.flatMap { Tokenizer.tokens(of: $0).hashes }
        var cues: [UInt32: [(cue: MoodRules.Cue, pattern: PhrasePattern)]] = [:]
        for (cue, phrases) in rules.cues {
            for pattern in phrases.map(PhrasePattern.init) {
                for word in Set(pattern.firstWords) { cues[word, default: []].append((cue, pattern)) }
            }
        }
        var table = PatternTable()
        var kinds: [MoodRules.Cue] = []
        var places: [UInt32: Range<Int>] = [:]
        for (word, list) in cues {
            places[word] = table.add(list.map(\.pattern))
            kinds += list.map(\.cue)
        }
        purposes = table.add(rules.purposes.map(PhrasePattern.init))
        everyPurpose = table.add(rules.everyPurpose.map(PhrasePattern.init))
        freeUses = table.add(rules.freeUses.map(PhrasePattern.init))
        turns = table.add(rules.turns.map(PhrasePattern.init))
        starts = WordPlaces(places)
        self.kinds = kinds
        self.table = table
    }

    /// The cue that begins at a word, and where it ends.
    func cue(
        _ table: PatternTable.View, _ words: UnsafeBufferPointer<UInt32>, _ index: Int, _ limit: Int,
        _ work: inout SearchWork
    ) -> (cue: MoodRules.Cue, next: Int)? {
        guard let known = starts[words[index]] else { return nil }
        for number in known {
            if let end = table.end(number, words, from: index, limit: limit, &work) { return (kinds[number], end) }
        }
        return nil
    }

    func hasPurpose(
        _ table: PatternTable.View, _ words: UnsafeBufferPointer<UInt32>, _ run: Range<Int>, _ work: inout SearchWork
    ) -> Bool {
        table.stand(purposes, words, run, limit: run.upperBound, &work)
            && !table.stand(everyPurpose, words, run, limit: run.upperBound, &work)
    }

    /// Whether a sentence leaves uses free, and has no word that turns that round.
    func isFreeUse(
        _ table: PatternTable.View, _ words: UnsafeBufferPointer<UInt32>, _ sentence: Range<Int>,
        _ work: inout SearchWork
    ) -> Bool {
        table.stand(freeUses, words, sentence, limit: sentence.upperBound, &work)
            && !table.stand(turns, words, sentence, limit: sentence.upperBound, &work)
    }
}
