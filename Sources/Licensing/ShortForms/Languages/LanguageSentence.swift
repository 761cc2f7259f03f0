import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// A sentence in one of the languages of Licenses/languages.yml, and what it says of the licences that it names.
struct LanguageSentence {
    /// What a sentence says of one name.
    struct Verdict {
        var isGrant: Bool
        var subjects: [ReleasePart]
    }

    private struct Hit {
        let group: LanguageRules.Group
        let range: Range<Int>
    }

    /// Its bytes in the text.
    let extent: Range<Int>
    /// The sentence with a space in front and behind and for each break of a line; offsets of hits are into it.
    private let bytes: [UInt8]
    /// The same with nothing but what names of licences are made of: words of the language are borders, those for licences spaces.
    let nameBytes: [UInt8]
    private let hits: [Hit]

    /// `nil` where no language puts anything under a licence there.
    init?(_ text: UnsafeRawBufferPointer, _ extent: Range<Int>, _ phrases: LanguagePhrases) {
        var bytes: [UInt8] = [0x20]
        bytes.reserveCapacity(extent.count + 2)
        var isHeading = text[extent.lowerBound] == UInt8(ascii: "#")
        for place in extent {
            let byte = text[place]
            if byte == 0x0A, isHeading {
                // What stands below a heading is its value.
                isHeading = false
                bytes.append(UInt8(ascii: ":"))
                continue
            }
            bytes.append(byte < 0x20 || byte == UInt8(ascii: "*") || byte == UInt8(ascii: "`") ? 0x20 : byte)
        }
        bytes.append(0x20)
        var found: [(language: Int, hit: Hit)] = []
        // Words end at punctuation too.
        let spaced = bytes.map { ",.;:!?()\"".utf8.contains($0) ? 0x20 : $0 }
        spaced.withUnsafeBytes { all in
            phrases.all.forEach(in: all) { phrase, end in
                let meaning = phrases.meanings[phrase]
                found.append((meaning.language, Hit(group: meaning.group, range: end - meaning.length..<end)))
            }
        }
        // Neighbours share words: the language that explains most of the sentence is its own.
        var weights: [Int: Int] = [:]
        for (language, hit) in found { weights[language, default: 0] += hit.range.count }
        let speaking = Set(found.filter { $0.hit.group == .licence || $0.hit.group == .grants }.map(\.language))
        guard let language = speaking.max(by: { (weights[$0] ?? 0, $1) < (weights[$1] ?? 0, $0) }) else { return nil }
        self.extent = extent
        self.bytes = bytes
        hits = found.filter { $0.language == language }.map(\.hit)
        var names = bytes
        for place in names.indices where names[place] >= 0x80 { names[place] = UInt8(ascii: "|") }
        for hit in hits where hit.group == .licence { for place in hit.range { names[place] = 0x20 } }
        nameBytes = names
    }

    /// Offsets of the text.
    func place(_ range: Range<Int>) -> Range<Int> {
        extent.lowerBound + range.lowerBound - 1..<extent.lowerBound + range.upperBound - 1
    }

    /// A lone word names a licence where it is written as names are ("MIT", not the German "mit") or stands beside a word for licences.
    func isName(_ range: Range<Int>, tokens: Int) -> Bool {
        let word = bytes[range]
        if tokens > 1 || word.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) { return true }
        if word.count(where: { $0 >= 0x41 && $0 <= 0x5A }) > 1 { return true }
        guard let first = word.first, first >= 0x41, first <= 0x5A else { return false }
        return hits.contains { hit in
            hit.group == .licence
                && (hit.range.lowerBound >= range.upperBound && hit.range.lowerBound - range.upperBound <= 1
                    || hit.range.upperBound <= range.lowerBound
                        && range.lowerBound - hit.range.upperBound <= Self.ending)
        }
    }

    /// Bytes that a stem's ending has at most, with the space behind.
    private static let ending = 6

    /// One for each name, in order; `nil` where nothing is said of it.
    func verdicts(_ names: [Range<Int>]) -> [Verdict?] {
        let clauses = clauses(names)
        let isGrant = hits.contains { $0.group == .grants }
        return names.indices.map { number in
            let name = names[number]
            guard isGrant || isValue(name) || isAlone(names) else { return nil }
            guard let own = clauses.firstIndex(where: { $0.contains(name.lowerBound) }) else { return nil }
            func has(_ group: LanguageRules.Group, _ clause: Int) -> Bool {
                clauses.indices.contains(clause)
                    && hits.contains { $0.group == group && clauses[clause].contains($0.range.lowerBound) }
            }
            // What stands in a clause with a name of its own is said of that one.
            func isFree(_ clause: Int) -> Bool {
                clauses.indices.contains(clause)
                    && !names.contains { clauses[clause].contains($0.lowerBound) }
            }
            let isTurned =
                has(.denials, own) || has(.promises, own) || has(.others, own)
                || isFree(own - 1) && (has(.promises, own - 1) || has(.others, own - 1))
                || isFree(own + 1) && has(.promises, own + 1)
            return Verdict(isGrant: !isTurned, subjects: subjects(number, names))
        }
    }

    /// Parts of the sentence that commas and their like divide; those inside a name divide nothing.
    private func clauses(_ names: [Range<Int>]) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var start = 0
        for place in bytes.indices where isMark(place) && !names.contains(where: { $0.contains(place) }) {
            out.append(start..<place)
            start = place
        }
        out.append(start..<bytes.count)
        return out
    }

    private func isMark(_ place: Int) -> Bool {
        switch bytes[place] {
        case UInt8(ascii: ","), UInt8(ascii: ";"): true
        case 0xEF: bytes[place...].starts(with: "，".utf8) || bytes[place...].starts(with: "；".utf8)
        case 0xE3: bytes[place...].starts(with: "、".utf8)
        default: false
        }
    }

    /// "Lizenz: MIT", "La licencia es MIT": the value of a label.
    private func isValue(_ name: Range<Int>) -> Bool {
        hits.contains { hit in
            guard hit.group == .licence, hit.range.upperBound <= name.lowerBound,
                name.lowerBound - hit.range.upperBound <= Self.longestLabel
            else { return false }
            let between = hit.range.upperBound..<name.lowerBound
            return bytes[between].contains(UInt8(ascii: ":"))
                || hits.contains { $0.group == .copulas && between.contains($0.range.lowerBound) }
        }
    }

    private static let longestLabel = 24

    /// Whether nothing but names and a word for licences stands there.
    private func isAlone(_ names: [Range<Int>]) -> Bool {
        guard extent.count <= Self.longestAlone else { return false }
        let rest = bytes.indices.filter { place in
            bytes[place] > 0x20 && !names.contains { $0.contains(place) }
                && !hits.contains { $0.group == .licence && $0.range.contains(place) }
        }
        return hits.contains { $0.group == .licence } && rest.count <= Self.littleElse
    }

    private static let littleElse = 6
    private static let longestAlone = 120

    /// The parts that a name is for: those in front of it since the name before, or behind it where the sentence puts them there.
    private func subjects(_ number: Int, _ names: [Range<Int>]) -> [ReleasePart] {
        func parts(_ range: Range<Int>) -> [ReleasePart] {
            let groups = Set(hits.filter { range.contains($0.range.lowerBound) }.map(\.group))
            let pairs: [(LanguageRules.Group, ReleasePart)] = [
                (.weights, .weights), (.code, .code), (.data, .data), (.documents, .documents),
            ]
            return pairs.filter { groups.contains($0.0) }.map(\.1)
        }
        let first = names[0]
        let isBefore = !parts(0..<first.lowerBound).isEmpty
        let name = names[number]
        let own =
            isBefore
            ? parts((number == 0 ? 0 : names[number - 1].upperBound)..<name.lowerBound)
            : parts(name.upperBound..<(number + 1 < names.count ? names[number + 1].lowerBound : bytes.count))
        guard own.isEmpty else { return own }
        // "A or B" share what stands before the first.
        return isBefore && number > 0 ? subjects(number - 1, names) : parts(0..<bytes.count)
    }
}
