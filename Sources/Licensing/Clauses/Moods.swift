import OpenscanBytes

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

    init(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer, _ sentences: Sentences) {
        var moods = [Mood](repeating: .open, count: tokens.count)
        var stem: Mood?
        var last = Mood.open
        for (start, end) in zip(sentences.bounds, sentences.bounds.dropFirst()) where start < end {
            let gap = start > 0 ? Int(tokens.ends[start - 1])..<Int(tokens.starts[start]) : 0..<0
            // "… a license to" and an item below it.
            if ItemMark.isColon(gap, bytes) || stem == nil && !ItemMark.isFullStop(gap, bytes) { stem = last }
            // "…; or (b) …": the word that joins two items is in either, or alone.
            let first = Self.joins.contains(tokens.hashes[start]) ? start + 1 : start
            if first < end, !ItemMark.isThere(before: first, tokens, bytes) { stem = nil }
            if first == end, stem != nil { continue }
            last = Self.read(start..<end, stem: &stem, tokens, bytes, &moods)
        }
        self.moods = moods
    }

    /// Reads one sentence, and says what its end stands under; `stem` is what its list, or the list that it is an item of, stands under.
    private static func read(
        _ sentence: Range<Int>, stem: inout Mood?, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer,
        _ moods: inout [Mood]
    ) -> Mood {
        let words = tokens.hashes
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
                if let before = beforeAdjective, adjectiveEnd.contains(words[index - 1]) || ItemMark.isComma(gap, bytes)
                {
                    (mood, beforeAdjective) = (before, nil)
                }
            }
            guard let (cue, next) = cue(words, index, sentence.upperBound) else {
                moods[index] = mood
                if mood == .forbidden { extend(&prohibitions, index) }
                index += 1
                continue
            }
            let words = index..<next
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
            for place in words {
                moods[place] = mood
                if mood == .forbidden { extend(&prohibitions, place) }
            }
            if cue != .saysNothing { since = next }
            index = next
        }
        for prohibition in prohibitions where hasPurpose(words, prohibition) {
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

    private static func hasPurpose(_ words: [UInt32], _ run: Range<Int>) -> Bool {
        func stand(_ patterns: [PhrasePattern]) -> Bool {
            run.contains { place in patterns.contains { $0.end(words, from: place, limit: run.upperBound) != nil } }
        }
        return stand(purposes) && !stand(everyPurpose)
    }

    // MARK: Words

    private enum Cue {
        case forbids
        /// The next word or two, and not the list behind them.
        case forbidsAWord
        /// What stands before it.
        case isForbidden
        case allows, allowsUnlessForbidden
        case ends
        case saysNothing
    }

    private static let joins = WordSet(["and", "or"])
    private static let adjectiveEnd = Tokenizer.tokens(of: "的").hashes

    /// The first that fits counts, so that what a cue does not mean stands before it.
    private static let cues: [UInt32: [(cue: Cue, pattern: PhrasePattern)]] = {
        let all: [(Cue, [String])] = [
            (
                .saysNothing,
                [
                    "(may|shall|must|can|will|do|does|is|are|should) not (only|need|limit|restrict|prevent|prohibit|impair|affect|require|have to)",
                    "cannot (limit|restrict|prevent|prohibit)",
                    "except (as|to the extent|where) * (permitted|provided|authorized|allowed|set forth|stated)",
                    "(that|which) (may|can|will|shall|must)",
                    "不 (仅|限制|影响|限于|妨碍|要求|需)", "(可 能|许 可|认 可|不 可 避免|不 可 抗)",
                ]
            ),
            (
                .isForbidden,
                [
                    "(is|are|be) (strictly|expressly|hereby)? (prohibited|forbidden|not permitted|not allowed|not authorized|not licensed|not granted)",
                    "(被|均|皆|一律|是) (严格|明确)? (禁止|不 允许|不 被 允许|不 得)",
                ]
            ),
            (
                .forbids,
                [
                    "(may|shall|must|can|will|should|could|do|does) not", "cannot", "neither",
                    "(may|shall|must|can|will) (neither|never|at no time|under no circumstances|in no event)",
                    "(agree|agrees|undertake|undertakes|covenant|covenants|promise) (never|not) to", "never",
                    "nor (may|shall|can|will)?", "(prohibited|forbidden|refrain|barred|prevented) from",
                    "(are|is|be) not (permitted|allowed|authorized|entitled|licensed|free)",
                    // What the reader grants to others he does not get.
                    "(!to|grants|grant|granted) you (hereby|agree to)? (grant|assign|license) (!you)",
                    "(您|你) (特此|同意|应)? (授予|授权) (!您|你)",
                    "(prohibits|forbids|disallows|prohibiting|forbidding)", "not permit you",
                    "no (right|rights|permission|license|authority|authorization) * to",
                    "(不 得|不 能|不 应|不 许|不 准|不 允许|不 授予|不 会|未 授予|并 未|严禁|禁止|切勿|请勿|请 不 要|无 权|没有 权)",
                ]
            ),
            (.forbidsAWord, ["(不 可|不 可以)"]),
            (
                .allows,
                [
                    "(may|shall|must|can|will|might)",
                    "(are|is|be) (hereby)? (permitted|allowed|authorized|entitled|granted|free)",
                    "(hereby|permission is)", "(grants|grant) (you|to you|licensee|each|recipient|the licensee)",
                    "(可 以|可|允许|有 权|特此|得 以|能够)",
                ]
            ),
            (
                .allowsUnlessForbidden,
                ["(grants|grant|granted|permission|license|right|rights|permits|allows|free)", "(授予|授权|自由|免费)"]
            ),
            (
                .ends,
                [
                    "(but|except|unless|provided|however|if|when|whenever|until|otherwise|other than|so long as|as long as)",
                    "(但|除非|如 果|若|倘|一旦|否则|当 您|当 你)",
                ]
            ),
        ]
        var out: [UInt32: [(cue: Cue, pattern: PhrasePattern)]] = [:]
        for (cue, patterns) in all {
            for pattern in patterns.map(PhrasePattern.init) {
                for word in Set(pattern.firstWords) { out[word, default: []].append((cue, pattern)) }
            }
        }
        return out
    }()
    private static let starts = WordSet(hashes: Array(cues.keys))

    private static let purposes = [
        "(for|in|with|to) ** (purpose|purposes|manner|way|ways)", "for ** (use|uses)",
        "(出于|为|以|用于|用作) ** (目的|用途|方式)",
    ].map(PhrasePattern.init)
    private static let everyPurpose = [
        "(for any|any other|for whatever) purpose", "in any (manner|way|form)", "以 任何 (形式|方式)", "(出于|为) 任何 目的",
    ].map(PhrasePattern.init)

    private static func cue(_ words: [UInt32], _ index: Int, _ limit: Int) -> (cue: Cue, next: Int)? {
        guard starts.contains(words[index]), let known = cues[words[index]] else { return nil }
        for (cue, pattern) in known {
            if let end = pattern.end(words, from: index, limit: limit) { return (cue, end) }
        }
        return nil
    }
}

/// Marks that lists are made with, which are no words.
enum ItemMark {
    private static let longest = 3

    /// Whether an item begins at this word: "(a) use", "2) use", "- use"; "3. use" where no full stop is before it.
    static func isThere(before word: Int, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let start = Int(tokens.starts[word])
        if isMark(start..<Int(tokens.ends[word]), bytes) { return true }
        var isMarked = false
        var isNumbered = false
        var isNewLine = false
        var index = start
        let previous = word > 0 ? Int(tokens.ends[word - 1]) : 0
        while index > previous {
            index -= 1
            switch bytes[index] {
            case 0x0A: isNewLine = true
            // A number behind a full stop begins a section.
            case UInt8(ascii: ".") where isNewLine: isNumbered = false
            case 0xE3 where isNewLine && bytes.starts(with: "。", at: index): isNumbered = false
            case _ where isNewLine: break
            case UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: ")"): isMarked = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                isNumbered = true
            case 0xE2 where startsBullet(index, bytes): isMarked = true
            default: break
            }
        }
        return (isMarked || isNumbered) && isNewLine
    }

    static func isColon(_ gap: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        gap.contains { bytes[$0] == UInt8(ascii: ":") || bytes.starts(with: "：", at: $0) }
    }

    static func isFullStop(_ gap: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard let first = gap.first else { return true }
        return bytes[first] == UInt8(ascii: ".") || bytes.starts(with: "。", at: first)
    }

    static func isComma(_ gap: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        gap.contains {
            bytes[$0] == UInt8(ascii: ",") || bytes.starts(with: "，", at: $0) || bytes.starts(with: "、", at: $0)
        }
    }

    /// "a)" in the middle of a line, "（1）" and "1、" are words to the tokenizer.
    private static func isMark(_ word: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard word.count <= longest, word.upperBound < bytes.count, bytes[word.lowerBound] < 0x80 else { return false }
        let isClosed = bytes[word.upperBound] == UInt8(ascii: ")") || bytes.starts(with: "）", at: word.upperBound)
        guard word.lowerBound > 0, isClosed || bytes.starts(with: "、", at: word.upperBound) else { return false }
        let before = bytes[word.lowerBound - 1]
        return before == UInt8(ascii: "(") || bytes.starts(with: "（", at: word.lowerBound - 3)
            || word.count <= 2 && (before == 0x20 || before == 0x0A)
    }

    private static func startsBullet(_ offset: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.starts(with: "•", at: offset) || bytes.starts(with: "–", at: offset)
            || bytes.starts(with: "—", at: offset)
    }
}
