import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Statements in the languages of Licenses/languages.yml: a licence's name, beside a word of granting or as a label's value, in a sentence
/// that is not denied, of the future or of others.
extension ShortForms {
    private static let mostStatements = 200
    private static let reach = 500

    /// - Parameter covered: token ranges that whole texts explain, in order.
    func statements(_ phrases: LanguagePhrases, covered: [Range<Int>]) -> [LicenceMatch] {
        guard phrases.signs.isAny(in: bytes) else { return [] }
        var out: [LicenceMatch] = []
        var end = 0
        phrases.signs.forEach(in: bytes) { phrase, stop in
            let start = stop - phrases.signLengths[phrase]
            guard stop > end, out.count < Self.mostStatements else { return }
            let extent = sentence(around: max(start, end)..<stop, from: end)
            end = extent.upperBound
            guard let sentence = LanguageSentence(bytes, extent, phrases) else { return }
            out += statements(sentence, covered: covered)
        }
        return out
    }

    private func statements(_ sentence: LanguageSentence, covered: [Range<Int>]) -> [LicenceMatch] {
        var tokens = Tokens()
        let names: [(id: LicenceID, range: Range<Int>, isAltered: Bool)] = sentence.nameBytes.withUnsafeBytes { copy in
            Tokenizer.tokenize(copy, into: &tokens)
            let inner = within(copy, tokens)
            var found: [(id: LicenceID, range: Range<Int>, isAltered: Bool)] = []
            var position = 0
            while position < tokens.count, found.count < 12 {
                guard let (number, range) = inner.longestName(from: position, limit: tokens.count),
                    sentence.isName(tokens.bytes(range), tokens: range.count)
                else {
                    position += 1
                    continue
                }
                found.append((index.record(number).id, tokens.bytes(range), inner.isAltered(range)))
                position = range.upperBound
            }
            return found
        }
        guard !names.isEmpty else { return [] }
        let verdicts = sentence.verdicts(names.map(\.range))
        var out: [LicenceMatch] = []
        for (name, verdict) in zip(names, verdicts) {
            let place = sentence.place(name.range)
            let token = self.tokens.starts.partitioningIndex { Int($0) >= place.lowerBound }
            let next = covered.partitioningIndex { $0.upperBound > token }
            guard let verdict, next >= covered.count || !covered[next].contains(token) else { continue }
            let line = self.tokens.line(at: UInt32(place.lowerBound))
            out.append(
                LicenceMatch(
                    id: name.id, method: verdict.isGrant && !name.isAltered ? .notice : .mentioned,
                    lines: LineRange(line), bytes: place,
                    subjects: verdict.subjects, quote: bytes.slice(sentence.extent).repairedText))
        }
        return out
    }

    /// From the end of the sentence before to the end of this one; an item of a list and a line that was broken on purpose are sentences.
    private func sentence(around range: Range<Int>, from floor: Int) -> Range<Int> {
        var start = range.lowerBound
        let lowest = max(floor, start - Self.reach)
        while start > lowest, !isBorder(before: start) { start -= 1 }
        var end = range.upperBound
        let highest = min(bytes.count, end + Self.reach)
        while end < highest, !isBorder(before: end) { end += 1 }
        // Under a heading the first sentence says what the heading names.
        if bytes[start] == UInt8(ascii: "#"), end < highest, bytes[end - 1] == 0x0A || bytes[end] == 0x0A {
            while end < highest, bytes[end] <= 0x20 { end += 1 }
            guard end < highest, bytes[end] != UInt8(ascii: "#") else { return start..<end }
            repeat { end += 1 } while end < highest && !isBorder(before: end)
        }
        return start..<end
    }

    /// Whether a sentence begins at an offset.
    private func isBorder(before place: Int) -> Bool {
        guard place > 0, place < bytes.count else { return true }
        let last = bytes[place - 1]
        if last == 0x0A {
            if bytes[place] == 0x0A || "#-*|>".utf8.contains(bytes[place]) { return true }
            if place >= 2, bytes[place - 2] == 0x0A { return true }
            return place >= 3 && bytes[place - 2] == 0x20 && bytes[place - 3] == 0x20
        }
        if bytes[place] <= 0x20, "!?".utf8.contains(last) { return true }
        if bytes[place] <= 0x20, last == UInt8(ascii: ".") {
            return place < 2 || !isDigit(bytes[place - 2]) || isLineEnd(place)
        }
        guard place >= 3, last == 0x82 || last == 0x81 || last == 0x9F else { return false }
        let (first, second) = (bytes[place - 3], bytes[place - 2])
        // 。 ！ ？
        return first == 0xE3 && second == 0x80 && last == 0x82 || first == 0xEF && second == 0xBC && last != 0x82
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private func isLineEnd(_ place: Int) -> Bool { bytes[place] == 0x0A || bytes[place] == 0x0D }
}
