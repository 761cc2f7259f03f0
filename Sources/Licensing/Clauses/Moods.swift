import OpenscanBytes
import OpenscanRules

/// What each word of a licence stands under: "you may", "you may not", or neither.
///
/// A prohibition reaches over the list behind it ("shall not use, copy, modify or distribute", also item by item) until the sentence
/// permits something or makes an exception. "Not transferable" and 不可转让的 say something of one word and reach no further.
struct Moods {
    enum Mood: Sendable {
        /// Nothing was said.
        case open
        case allowed
        case forbidden
        /// Forbidden for some purposes, and so not for the others.
        case limited
    }

    private let moods: [Mood]

    subscript(_ word: Int) -> Mood { moods[word] }

    init(
        _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, _ sentences: Sentences, _ phrases: MoodPhrases,
        _ work: inout SearchWork
    ) {
        moods = phrases.table.look { table in
            tokens.hashes.withUnsafeBufferPointer {
                Self.read($0, sentences, tokens, bytes, phrases, table, &work)
            }
        }
    }

    private static func read(
        _ words: UnsafeBufferPointer<UInt32>, _ sentences: Sentences, _ tokens: Tokens,
        _ bytes: UnsafeRawBufferPointer, _ phrases: MoodPhrases, _ table: PatternTable.View, _ work: inout SearchWork
    ) -> [Mood] {
        var moods = [Mood](repeating: .open, count: tokens.count)
        var stem: Mood?
        var last = Mood.open
        for (start, end) in zip(sentences.bounds, sentences.bounds.dropFirst()) where start < end {
            let gap = start > 0 ? Int(tokens.ends[start - 1])..<Int(tokens.starts[start]) : 0..<0
            // "… a license to" and an item below it.
            if ItemMark.isColon(gap, bytes) || stem == nil && !ItemMark.isFullStop(gap, bytes) { stem = last }
            // "…; or (b) …": the word that joins two items is in either, or alone.
            let first = phrases.joins.contains(words[start]) ? start + 1 : start
            if first < end, !ItemMark.isThere(before: first, tokens, bytes) { stem = nil }
            if first == end, stem != nil { continue }
            last = read(start..<end, words, stem: &stem, tokens, bytes, phrases, table, &moods, &work)
        }
        return moods
    }

    /// Reads one sentence, and says what its end stands under; `stem` is what its list, or the list that it is an item of, stands under.
    private static func read(
        _ sentence: Range<Int>, _ words: UnsafeBufferPointer<UInt32>, stem: inout Mood?, _ tokens: Tokens,
        _ bytes: UnsafeRawBufferPointer, _ phrases: MoodPhrases, _ table: PatternTable.View, _ moods: inout [Mood],
        _ work: inout SearchWork
    ) -> Mood {
        var mood = stem ?? .open
        var beforeAdjective: Mood?
        /// First word since the last one that changed the mood.
        var since = sentence.lowerBound
        var prohibitions: [Range<Int>] = []
        var index = sentence.lowerBound
        while index < sentence.upperBound {
            if index > sentence.lowerBound {
                let gap = Int(tokens.ends[index - 1])..<Int(tokens.starts[index])
                if ItemMark.isColon(gap, bytes) { stem = mood }
                if let stem, ItemMark.isThere(before: index, tokens, bytes) { mood = stem }
                if let before = beforeAdjective,
                    phrases.adjectiveEnds.contains(words[index - 1]) || ItemMark.isComma(gap, bytes)
                {
                    (mood, beforeAdjective) = (before, nil)
                }
            }
            guard let (cue, next) = phrases.cue(table, words, index, sentence.upperBound, &work) else {
                moods[index] = mood
                if mood == .forbidden { extend(&prohibitions, index) }
                index += 1
                continue
            }
            let place = index..<next
            switch cue {
            case .forbids: mood = .forbidden
            case .forbidsAWord:
                if mood != .forbidden {
                    beforeAdjective = mood
                    mood = .forbidden
                }
            case .allows: mood = .allowed
            case .allowsUnlessForbidden: if mood == .open { mood = .allowed }
            case .ends: mood = .open
            case .isForbidden:
                for place in since..<index where moods[place] == .open {
                    moods[place] = .forbidden
                    extend(&prohibitions, place)
                }
                mood = .open
            case .saysNothing: break
            }
            for word in place {
                moods[word] = mood
                if mood == .forbidden { extend(&prohibitions, word) }
            }
            if cue != .saysNothing { since = next }
            index = next
        }
        for prohibition in prohibitions where phrases.hasPurpose(table, words, prohibition, &work) {
            for place in prohibition { moods[place] = .limited }
        }
        return mood
    }

    private static func extend(_ runs: inout [Range<Int>], _ place: Int) {
        if let last = runs.last, last.upperBound == place {
            runs[runs.count - 1] = last.lowerBound..<place + 1
        } else {
            runs.append(place..<place + 1)
        }
    }
}
