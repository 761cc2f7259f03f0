import OpenscanBytes
import OpenscanFacts

/// The sentence around a place, and what it says about licensing.
struct SentenceContext {
    let sentence: String
    let isGrant: Bool
    let isMention: Bool
    /// Whether words of granting stand right before the place.
    let isRightBehindGrant: Bool
    let subjects: [ReleasePart]
    /// Which models its clause speaks of, where it has words for them.
    let models: [String]

    private static let reach = 240
    /// Bytes of articles and marks between words of granting and a name.
    private static let rightBehind = 12

    fileprivate init(_ reader: SentenceReader, around range: Range<Int>) {
        let extent = Self.extent(reader.bytes, around: range)
        let text = reader.bytes.slice(extent)
        // "Code is under A, the weights are under B": what a name covers is said in its own part of the sentence.
        var clause = extent
        reader.borders(in: extent) { _, behind in
            if behind <= range.lowerBound { clause = max(clause.lowerBound, behind)..<clause.upperBound }
            if behind > range.upperBound {
                clause = clause.lowerBound..<max(clause.lowerBound, min(clause.upperBound, behind))
            }
        }
        let partBehind = Self.partBehind(reader.bytes, extent, range)
        clause = partBehind ?? Self.ownPart(reader.bytes, extent, clause, around: range)
        var found: UInt32 = 0
        var near: UInt32 = 0
        var isPartUnder = false
        let own = Self.ownClause(reader, extent, around: range)
        let pieces = SentencePieces(reader.bytes, extent, before: range)
        var inPieces: [Int: UInt32] = [:]
        let tail = reader.furtherSubjects(behind: range, in: extent)
        var inTail: UInt32 = 0
        var isDenied = false
        var exceptionEnd: Int?
        var lastGrant: Int?
        reader.words(in: extent) { group, end in
            if group == Self.exceptions {
                exceptionEnd = end
                return
            }
            // "Everything except the weights": a part that is taken out is not licensed.
            if group > 2, group != Self.denials, let exceptionEnd, pieces.isOneStretch(exceptionEnd..<end) { return }
            if let piece = pieces.place(of: end) { inPieces[piece, default: 0] |= 1 << UInt32(group) }
            if tail?.contains(end - 1) ?? false { inTail |= 1 << UInt32(group) }
            // What is said of another licence of the sentence: from the words on to the end of their clause.
            if group == Self.denials {
                isDenied = isDenied || Self.reaches(reader.bytes, from: end, to: range, within: extent)
                return
            }
            if group < 2, end <= range.lowerBound { lastGrant = end }
            // "Unlike the original, this is MIT": a clause with a subject of its own speaks for itself.
            if group == 2, let own, !own.contains(end - 1) { return }
            // What leads must stand before the name.
            if group != 1 || end <= range.lowerBound { found |= 1 << UInt32(group) }
            if clause.contains(end - 1) { near |= 1 << UInt32(group) }
            if group > 2, Self.isUnder(reader.bytes, from: end, range) { isPartUnder = true }
        }
        let first = Self.firstLetter(text)
        for word: StaticString in ["code", "data"] where Self.begins(text.slice(first..<text.count), word) {
            let end = extent.lowerBound + first + word.utf8CodeUnitCount
            if Self.isUnder(reader.bytes, from: end, range) { isPartUnder = true }
            let bit: UInt32 = word.utf8Start[0] == UInt8(ascii: "c") ? 1 << 6 : 1 << 7
            found |= bit
            if clause.lowerBound == extent.lowerBound { near |= bit }
            if let piece = pieces.place(of: end) { inPieces[piece, default: 0] |= bit }
        }
        for word: StaticString in ["(code", "(data"]
        where reader.bytes.starts(with: word, at: range.upperBound + 1) && clause.lowerBound == range.upperBound {
            near |= word.utf8Start[1] == UInt8(ascii: "c") ? 1 << 6 : 1 << 7
        }
        let subjectGroups: UInt32 = 0b1_1101_1000
        var said = near & subjectGroups != 0 ? near : found
        // "While all code is under A, our models may inherit B's terms": the clause of the name has a subject of its own.
        if partBehind == nil, let subject = pieces.subject(inPieces, parts: subjectGroups, verbs: 0b11) {
            said = subject | inTail
        }
        func has(_ group: Int) -> Bool { (group < 3 ? found : said) & 1 << UInt32(group) != 0 }
        sentence = text.repairedText
        isMention = has(2) || isDenied
        isRightBehindGrant =
            !isMention && lastGrant.map { range.lowerBound - $0 <= Self.rightBehind } ?? false
        isGrant = !isMention && (has(0) || has(1) || isPartUnder)
        var subjects: [ReleasePart] = []
        if has(3) || has(4) && !has(5) { subjects.append(.weights) }
        if has(6) { subjects.append(.code) }
        if has(7) { subjects.append(.data) }
        if has(8) { subjects.append(.documents) }
        self.subjects = subjects
        models = subjects == [.weights] ? pieces.names(upTo: range, reader.fillers) : []
    }

    /// "MIT for the code, ...": what stands right behind the name, up to the next mark, where "for" or a bracket opens it.
    private static func partBehind(
        _ bytes: UnsafeRawBufferPointer, _ extent: Range<Int>, _ range: Range<Int>
    ) -> Range<Int>? {
        guard bytes.starts(with: " for ", at: range.upperBound) || bytes.starts(with: " (", at: range.upperBound)
        else { return nil }
        let end = (range.upperBound..<max(range.upperBound, extent.upperBound)).first {
            bytes[$0] == UInt8(ascii: ")") || isDivider(bytes, $0)
        }
        return range.upperBound..<(end ?? max(range.upperBound, extent.upperBound))
    }

    /// Group of words that deny what stands behind them, up to the next mark or turn.
    private static let denials = 9
    /// Group of words that take what stands behind them out of what is said.
    private static let exceptions = 10
    private static let turns: [StaticString] = [" but ", " while ", " whereas ", "; ", ", ", " - ", " – ", "，", "；"]

    /// Whether no mark or turn stands between the end of some words and a name behind them.
    private static func reaches(
        _ bytes: UnsafeRawBufferPointer, from end: Int, to name: Range<Int>, within extent: Range<Int>
    ) -> Bool {
        guard end <= name.lowerBound else { return name.contains(end - 1) }
        let between = bytes.slice(max(extent.lowerBound, end - 1)..<name.lowerBound)
        return !turns.contains { between.offset(of: $0) != nil }
    }

    private static let under: StaticString = "under"

    /// "Weights under CC BY": a part of the release right before the word and the name.
    private static func isUnder(_ bytes: UnsafeRawBufferPointer, from end: Int, _ range: Range<Int>) -> Bool {
        guard end <= range.lowerBound, range.lowerBound - end <= 14 else { return false }
        var place = end
        while place < range.lowerBound, bytes[place] == 0x20 || bytes[place] | 0x20 == UInt8(ascii: "s") { place += 1 }
        if place == range.lowerBound { return bytes.slice(range).starts(with: under) }
        guard bytes.starts(with: under, at: place) else { return false }
        place += under.utf8CodeUnitCount
        let article = bytes.slice(place..<range.lowerBound)
        return [" ", " a ", " an ", " the "].contains { (word: StaticString) in
            article.count == word.utf8CodeUnitCount && article.starts(with: word)
        }
    }

    /// The clause between commas, where it begins with a subject of the release's own.
    private static func ownClause(_ reader: SentenceReader, _ extent: Range<Int>, around range: Range<Int>) -> Range<
        Int
    >? {
        let comma = UInt8(ascii: ",")
        guard
            let start = (extent.lowerBound..<max(extent.lowerBound, range.lowerBound)).last(where: {
                reader.bytes[$0] == comma
            })
        else { return nil }
        let end = (range.upperBound..<max(range.upperBound, extent.upperBound)).first { reader.bytes[$0] == comma }
        let clause = start..<(end ?? extent.upperBound)
        return reader.isOwnSubject(in: start..<min(clause.upperBound, start + 24), from: start) ? clause : nil
    }

    /// Of "code under A, weights under B" the part with the name: a mark or "and" behind a licence begins another.
    private static func ownPart(
        _ bytes: UnsafeRawBufferPointer, _ extent: Range<Int>, _ clause: Range<Int>, around range: Range<Int>
    ) -> Range<Int> {
        var (start, end) = (clause.lowerBound, clause.upperBound)
        for place in clause.lowerBound..<max(clause.lowerBound, range.lowerBound) where isDivider(bytes, place) {
            if names(bytes, start..<place) { start = place }
        }
        if let next = (range.upperBound..<max(range.upperBound, clause.upperBound)).first(where: {
            isDivider(bytes, $0) && names(bytes, $0..<clause.upperBound)
        }) {
            end = next
        }
        return start..<max(start, end)
    }

    private static func isDivider(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        switch bytes[place] {
        case UInt8(ascii: ","), UInt8(ascii: ";"): true
        case 0x20: bytes.slice(place..<bytes.count).starts(with: " and ")
        default: false
        }
    }

    /// Whether something is put under a licence there.
    private static func names(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
        bytes.slice(range).offset(of: " under ") != nil
    }

    /// Behind the marks of an item, a row or emphasis.
    private static func firstLetter(_ text: UnsafeRawBufferPointer) -> Int {
        text.firstIndex { !" \t*-+|_`[".utf8.contains($0) } ?? 0
    }

    private static func begins(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        text.count >= word.utf8CodeUnitCount
            && (0..<word.utf8CodeUnitCount).allSatisfy { text[$0] | 0x20 == word.utf8Start[$0] }
    }

    /// Whether an item of a list or a row of a table begins at an offset.
    private static func isItem(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        ["- ", "* ", "+ ", "| "].contains { (mark: StaticString) in bytes.starts(with: mark, at: place) }
    }

    /// Whether the line that ends at an offset is a heading of Markdown.
    private static func isHeading(_ bytes: UnsafeRawBufferPointer, endingAt end: Int, _ floor: Int) -> Bool {
        var start = end
        while start > floor, bytes[start - 1] != 0x0A { start -= 1 }
        return bytes.slice(start..<end).starts(with: "# ") || bytes.slice(start..<end).starts(with: "##")
    }

    /// Whether 。 ends there.
    private static func isFullStop(_ bytes: UnsafeRawBufferPointer, endingAt end: Int) -> Bool {
        end >= 3 && bytes[end - 1] == 0x82 && bytes.starts(with: "。", at: end - 3)
    }

    /// From the sentence's or list item's beginning to its end, within reach.
    private static func extent(_ bytes: UnsafeRawBufferPointer, around range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        let floor = max(0, start - reach)
        while start > floor {
            let byte = bytes[start - 1]
            if byte == 0x0A, start >= 2, bytes[start - 2] == 0x0A { break }
            if byte == 0x0A, start < bytes.count,
                bytes[start] == UInt8(ascii: "#") || bytes[start] == UInt8(ascii: "-")
                    || bytes[start] == UInt8(ascii: "*") || bytes[start] == UInt8(ascii: "|")
            {
                break
            }
            if byte == 0x20, start >= 2, bytes[start - 2] == UInt8(ascii: ".") { break }
            if byte == 0x0A, isHeading(bytes, endingAt: start - 1, floor) { break }
            if isFullStop(bytes, endingAt: start) { break }
            start -= 1
        }
        var end = range.upperBound
        let ceiling = min(bytes.count, end + reach)
        while end < ceiling {
            let byte = bytes[end]
            if byte == 0x0A, end + 1 < bytes.count, bytes[end + 1] == 0x0A || isItem(bytes, end + 1) { break }
            if byte == UInt8(ascii: "."), end + 1 >= bytes.count || bytes[end + 1] == 0x20 || bytes[end + 1] == 0x0A {
                break
            }
            if bytes.starts(with: "。", at: end) { break }
            end += 1
        }
        return start..<end
    }
}

/// Reads the sentences around places of one text.
///
/// A few places are looked at one by one. Where there are so many that their surroundings come to more than the text, its words are
/// looked for once and for all.
final class SentenceReader {
    let bytes: UnsafeRawBufferPointer
    private let phrases: LicencePhrases
    private var read = 0
    private var allWords, allBorders: [Hit]?

    /// A phrase of the text; in order of the phrases' beginnings.
    private struct Hit {
        let start: Int32
        let end: Int32
        let group: Int32
    }

    init(_ bytes: UnsafeRawBufferPointer, _ phrases: LicencePhrases) {
        self.bytes = bytes
        self.phrases = phrases
    }

    func context(around range: Range<Int>) -> SentenceContext { SentenceContext(self, around: range) }

    /// Words that name no model.
    fileprivate var fillers: Set<String> { phrases.subjectFillers }

    /// Words around names, each by its group and the offset behind it.
    fileprivate func words(in extent: Range<Int>, _ body: (_ group: Int, _ end: Int) -> Void) {
        read += extent.count
        guard read > bytes.count else {
            phrases.sentence.forEach(in: bytes.slice(extent)) { phrase, end in
                body(phrases.groupOfPhrase[phrase], extent.lowerBound + end)
            }
            return
        }
        let all = allWords ?? hits(phrases.sentence, phrases.sentenceLengths, groups: phrases.groupOfPhrase)
        allWords = all
        Self.visit(all, extent, body)
    }

    /// Whether a clause begins with words for the release itself, behind the mark at `start`.
    fileprivate func isOwnSubject(in range: Range<Int>, from start: Int) -> Bool {
        var place = start + 1
        while place < range.upperBound, bytes[place] <= 0x20 { place += 1 }
        var isOwn = false
        phrases.ownSubjects.forEach(in: bytes.slice(place..<range.upperBound)) { phrase, end in
            if end == phrases.ownSubjectLengths[phrase] { isOwn = true }
        }
        return isOwn
    }

    /// "... is under A, and so are the weights": what comes behind a name and goes with what stands before it.
    fileprivate func furtherSubjects(behind name: Range<Int>, in extent: Range<Int>) -> Range<Int>? {
        var place = name.upperBound
        // The word for a licence may stand between.
        for _ in 0..<2 where place < extent.upperBound {
            while place < extent.upperBound, " ,.)*_`".utf8.contains(bytes[place]) { place += 1 }
            if bytes.starts(with: "licen", at: place) {
                while place < extent.upperBound, bytes[place] | 0x20 >= 0x61, bytes[place] | 0x20 <= 0x7A { place += 1 }
            }
        }
        guard place < extent.upperBound,
            phrases.goingWith.contains(where: { bytes.slice(place..<extent.upperBound).starts(with: $0) })
        else { return nil }
        let mark = (place..<extent.upperBound).dropFirst().first { bytes[$0] == UInt8(ascii: ",") }
        return place..<(mark ?? extent.upperBound)
    }

    /// Borders between the parts of sentences.
    fileprivate func borders(in extent: Range<Int>, _ body: (_ group: Int, _ end: Int) -> Void) {
        guard read > bytes.count else {
            phrases.borders.forEach(in: bytes.slice(extent)) { _, end in body(0, extent.lowerBound + end) }
            return
        }
        let all = allBorders ?? hits(phrases.borders, phrases.borderLengths, groups: nil)
        allBorders = all
        Self.visit(all, extent, body)
    }

    private func hits(_ set: PhraseSet, _ lengths: [Int], groups: [Int]?) -> [Hit] {
        var out: [Hit] = []
        set.forEach(in: bytes) { phrase, end in
            out.append(
                Hit(start: Int32(end - lengths[phrase]), end: Int32(end), group: Int32(groups?[phrase] ?? 0)))
        }
        return out
    }

    private static func visit(_ hits: [Hit], _ extent: Range<Int>, _ body: (_ group: Int, _ end: Int) -> Void) {
        var place = hits.partitioningIndex { Int($0.start) >= extent.lowerBound }
        while place < hits.count, Int(hits[place].start) < extent.upperBound {
            if Int(hits[place].end) <= extent.upperBound { body(Int(hits[place].group), Int(hits[place].end)) }
            place += 1
        }
    }
}
