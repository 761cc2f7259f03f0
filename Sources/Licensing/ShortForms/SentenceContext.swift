import OpenscanBytes
import OpenscanFacts

/// The sentence around a place, and what it says about licensing.
struct SentenceContext {
    let sentence: String
    let isGrant: Bool
    let isMention: Bool
    let subjects: [ReleasePart]

    private static let reach = 240
    init(_ bytes: UnsafeRawBufferPointer, around range: Range<Int>, words: LicencePhrases) {
        let extent = Self.extent(bytes, around: range)
        let text = bytes.slice(extent)
        // "Code is under A, the weights are under B": what a name covers is said in its own part of the sentence.
        let clause = Self.clause(
            text, around: range.lowerBound - extent.lowerBound..<range.upperBound - extent.lowerBound, words.borders)
        var found: UInt32 = 0
        var near: UInt32 = 0
        words.sentence.forEach(in: text) { phrase, end in
            let group = words.groupOfPhrase[phrase]
            // What leads must stand before the name.
            if group != 1 || extent.lowerBound + end <= range.lowerBound { found |= 1 << UInt32(group) }
            if clause.contains(end - 1) { near |= 1 << UInt32(group) }
        }
        let subjectGroups: UInt32 = 0b1_1101_1000
        let said = near & subjectGroups != 0 ? near : found
        func has(_ group: Int) -> Bool { (group < 3 ? found : said) & 1 << UInt32(group) != 0 }
        sentence = text.repairedText
        isMention = has(2)
        isGrant = !isMention && (has(0) || has(1))
        var subjects: [ReleasePart] = []
        if has(3) || has(4) && !has(5) { subjects.append(.weights) }
        if has(6) || Self.begins(text, "code") { subjects.append(.code) }
        if has(7) || Self.begins(text, "data") { subjects.append(.data) }
        if has(8) { subjects.append(.documents) }
        self.subjects = subjects
    }

    /// The part of a sentence that holds a place.
    private static func clause(_ text: UnsafeRawBufferPointer, around place: Range<Int>, _ borders: PhraseSet)
        -> Range<Int>
    {
        var start = 0
        var end = text.count
        borders.forEach(in: text) { _, behind in
            if behind <= place.lowerBound { start = max(start, behind) }
            if behind > place.upperBound { end = min(end, behind) }
        }
        return start..<max(start, end)
    }

    private static func begins(_ text: UnsafeRawBufferPointer, _ word: StaticString) -> Bool {
        text.count >= word.utf8CodeUnitCount
            && (0..<word.utf8CodeUnitCount).allSatisfy { text[$0] | 0x20 == word.utf8Start[$0] }
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
            start -= 1
        }
        var end = range.upperBound
        let ceiling = min(bytes.count, end + reach)
        while end < ceiling {
            let byte = bytes[end]
            if byte == 0x0A, end + 1 < bytes.count, bytes[end + 1] == 0x0A { break }
            if byte == UInt8(ascii: "."), end + 1 >= bytes.count || bytes[end + 1] == 0x20 || bytes[end + 1] == 0x0A {
                break
            }
            end += 1
        }
        return start..<end
    }
}
