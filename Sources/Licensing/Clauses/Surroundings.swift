import OpenscanBytes

/// What part of a licence a sentence stands in.
struct Surroundings {
    /// The lower, the better as evidence.
    enum Standing: Int, Comparable {
        /// A term that binds.
        case operative
        /// A few words over the terms.
        case heading
        /// The meaning of a word.
        case definition
        /// What comes before the terms: aims, advice, a summary.
        case preamble
        /// The other language of a text that is there in two.
        case translation

        static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
    }

    private let tokens: Tokens
    private let bytes: UnsafeRawBufferPointer
    /// Token of the heading "Definitions"; what is before it is no term.
    private let definitions: Int
    /// Whether the text is there in Chinese and in English.
    private let isBilingual: Bool

    private static let heading = WordHash.of("definitions"), means = WordHash.of("means"), mean = WordHash.of("mean"),
        refers = WordHash.of("refers")
    private static let asides = WordSet(["whereas", "strives", "inspiration", "preamble"])
    /// "By any means" and "this means that" define nothing.
    private static let ways = WordSet([
        "any", "other", "all", "electronic", "electronical", "remote", "automated", "similar", "the", "by", "some",
        "technical", "mechanical", "these", "such", "this",
    ])
    private static let points = Tokenizer.tokens(of: "指").hashes
    /// 指定, 指南 and the like define nothing.
    private static let pointers = WordSet(hashes: Tokenizer.tokens(of: "定导令南示标出引数挥控责明向称").hashes)
    private static let definedBy = 14, meansBy = 25
    /// Words of a term that is explained.
    private static let longestTerm = 8
    private static let longestHeading = 6
    private static let wordsOfALanguage = 150

    init(_ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) {
        self.tokens = tokens
        self.bytes = bytes
        var definitions = 0
        for place in tokens.hashes.indices where tokens.hashes[place] == Self.heading {
            let line = tokens.line(at: tokens.starts[place])
            let first = tokens.starts.partitioningIndex { $0 >= tokens.lineStarts[line - 1] }
            let next =
                line < tokens.lineStarts.count
                ? tokens.starts.partitioningIndex { $0 >= tokens.lineStarts[line] } : tokens.count
            if next - first <= Self.longestHeading {
                // Definitions at the end of a text have the terms before them.
                definitions = place < tokens.count / 2 ? place : 0
                break
            }
        }
        self.definitions = definitions
        let ideographs = tokens.starts.count { bytes[Int($0)] >= 0xE3 && bytes[Int($0)] <= 0xE9 }
        isBilingual = ideographs > Self.wordsOfALanguage && tokens.count - ideographs > 2 * Self.wordsOfALanguage
    }

    func standing(_ sentence: Range<Int>) -> Standing {
        if isBilingual, 2 * sentence.count(where: { bytes[Int(tokens.starts[$0])] >= 0xE3 }) > sentence.count {
            return .translation
        }
        if sentence.count <= Self.longestHeading { return .heading }
        if sentence.lowerBound < definitions { return .preamble }
        if explainsTerm(sentence) { return .definition }
        for place in sentence {
            let hash = tokens.hashes[place]
            if Self.asides.contains(hash) { return .preamble }
            if hash == Self.means, place > sentence.lowerBound, place - sentence.lowerBound < Self.meansBy,
                !Self.ways.contains(tokens.hashes[place - 1])
            {
                return .definition
            }
            if hash == Self.refers || hash == Self.mean, place - sentence.lowerBound < Self.definedBy {
                return .definition
            }
            if Self.points.contains(hash), place > sentence.lowerBound, place - sentence.lowerBound < Self.meansBy,
                place + 1 < sentence.upperBound, !Self.pointers.contains(tokens.hashes[place + 1])
            {
                return .definition
            }
        }
        return .operative
    }

    /// A term in quotation marks with a colon or dash behind it: “Publisher”: the team that ….
    private func explainsTerm(_ sentence: Range<Int>) -> Bool {
        let start = Int(tokens.starts[sentence.lowerBound])
        guard Self.endsQuoted(start, bytes, Self.openings) else { return false }
        for place in sentence.prefix(Self.longestTerm) where place + 1 < sentence.upperBound {
            let gap = bytes.slice(Int(tokens.ends[place])..<Int(tokens.starts[place + 1]))
            guard let mark = Self.closings.first(where: { gap.starts(with: $0) }) else { continue }
            let rest = gap.dropFirst(mark.utf8CodeUnitCount).drop { $0 == 0x20 || $0 == UInt8(ascii: "*") }
            return Self.separators.contains { UnsafeRawBufferPointer(rebasing: rest).starts(with: $0) }
        }
        return false
    }

    private static let openings: [StaticString] = ["\"", "“", "「", "『", "‘"]
    private static let closings: [StaticString] = ["\"", "”", "」", "』", "’"]
    private static let separators: [StaticString] = [":", "：", "–", "—", "- "]

    /// Whether one of `marks` stands right before `offset`.
    private static func endsQuoted(_ offset: Int, _ bytes: UnsafeRawBufferPointer, _ marks: [StaticString]) -> Bool {
        marks.contains { bytes.starts(with: $0, at: offset - $0.utf8CodeUnitCount) }
    }
}
