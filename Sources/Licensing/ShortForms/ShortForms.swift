import OpenscanBytes
import OpenscanFacts

/// Finds tags, addresses and names of licences in running text, and tells a grant from a mention by the words around.
struct ShortForms {
    let index: LicenceIndex
    let words: LicencePhrases
    let bytes: UnsafeRawBufferPointer
    let tokens: Tokens
    private let sentences: SentenceReader
    private let aliases: HashFilter
    /// What stood in a tag is read once, however often it comes.
    private var expressions: [String: Tag] = [:]

    init(
        index: LicenceIndex, words: LicencePhrases, aliases: HashFilter, sentences: SentenceReader, tokens: Tokens
    ) {
        bytes = sentences.bytes
        self.aliases = aliases
        self.sentences = sentences
        self.index = index
        self.words = words
        self.tokens = tokens
    }

    private static let spdx = WordHash.of("spdx"), license = WordHash.of("license"),
        identifier = WordHash.of("identifier")
    private static let http = WordHash.of("http"), https = WordHash.of("https")
    private static let under = WordHash.of("under")
    private static let creative = WordHash.of("cc"), attribution = WordHash.of("by")
    /// Words beside which a name may stand.
    private static let triggers = WordSet(
        hashes: ["under", "license", "licensed", "licenses"].map(WordHash.of) + Tokenizer.tokens(of: "许協协循授").hashes)

    /// Matches outside `covered` (token ranges that whole texts explain).
    mutating func find(covered: [Range<Int>], isSource: Bool) -> [LicenceMatch] {
        var out: [LicenceMatch] = []
        let triggers = Self.triggers
        var skipUntil = 0
        var coverIndex = 0
        var position = 0
        let hashes = tokens.hashes
        while position < hashes.count {
            while coverIndex < covered.count, covered[coverIndex].upperBound <= position { coverIndex += 1 }
            if coverIndex < covered.count, covered[coverIndex].contains(position) {
                position = covered[coverIndex].upperBound
                continue
            }
            if position < skipUntil {
                position += 1
                continue
            }
            let hash = hashes[position]
            if hash == Self.spdx, position + 2 < hashes.count, hashes[position + 1] == Self.license,
                hashes[position + 2] == Self.identifier
            {
                let (found, next) = tag(position)
                out += found
                skipUntil = next
            } else if hash == Self.http || hash == Self.https {
                let (found, next) = address(position)
                if let found { out.append(found) }
                skipUntil = next
            } else if hash == Self.creative, position + 1 < hashes.count, hashes[position + 1] == Self.attribution {
                let limit = coverIndex < covered.count ? covered[coverIndex].lowerBound : hashes.count
                if let (found, next) = bareName(at: position, isSource: isSource, limit: limit) {
                    out.append(found)
                    skipUntil = next
                }
            } else if triggers.contains(hash) {
                let limit = coverIndex < covered.count ? covered[coverIndex].lowerBound : hashes.count
                if let (found, next) = name(around: position, isSource: isSource, limit: limit) {
                    let (others, end) =
                        found.method == .mentioned ? ([], next) : further(found, from: next, limit: limit)
                    out += [found] + others
                    skipUntil = end
                }
            }
            position += 1
        }
        return out
    }

    // MARK: SPDX-License-Identifier

    /// What the words of a tag say.
    private struct Tag {
        let ids: [LicenceID]
        let statement: LicenceExpression?
    }

    private mutating func tag(_ position: Int) -> ([LicenceMatch], Int) {
        var start = Int(tokens.ends[position + 2])
        while start < bytes.count,
            bytes[start] == UInt8(ascii: ":") || bytes[start] == 0x20 || bytes[start] == UInt8(ascii: "\"")
                || bytes[start] == UInt8(ascii: "'") || bytes[start] == UInt8(ascii: "=")
        { start += 1 }
        var end = start
        while end < bytes.count, end - start < 300, bytes[end] != 0x0A, bytes[end] != 0x0D,
            bytes[end] != UInt8(ascii: "\""), bytes[end] != UInt8(ascii: "'"), bytes[end] != UInt8(ascii: "<"),
            bytes[end] != UInt8(ascii: "*"), bytes[end] != UInt8(ascii: "`")
        { end += 1 }
        let stop = bytes.slice(start..<end)
        let cut = [stop.offset(of: "--"), stop.offset(of: "//")].compactMap { $0 }.min() ?? stop.count
        let text = stop.slice(0..<cut).repairedText.unquoted
        let next = tokens.starts.partitioningIndex { Int($0) >= end }
        let line = tokens.line(at: tokens.starts[position])
        let tag = expressions[text] ?? read(text)
        expressions[text] = tag
        guard !tag.ids.isEmpty else { return ([], position + 3) }
        return (
            tag.ids.map { id in
                LicenceMatch(
                    id: id, method: .tag, lines: LineRange(line),
                    bytes: Int(tokens.starts[position])..<max(end, Int(tokens.ends[position])),
                    quote: "SPDX-License-Identifier: " + text, statement: tag.statement)
            }, max(next, position + 3)
        )
    }

    private func read(_ text: String) -> Tag {
        let expression = try? LicenceExpression.parse(text)
        // Old u-boot files list ids without an operator.
        let words =
            expression?.ids
            ?? text.split(separator: " ").map(String.init).filter {
                index.record(LicenceID($0)) != nil || index.licence(named: $0) != nil
            }
        let ids = words.map(id)
        return Tag(ids: ids, statement: ids.count > 1 ? expression?.mapped { id($0).rawValue } : nil)
    }

    /// The id that a tag's word stands for; an unknown one as it is.
    private func id(_ word: String) -> LicenceID {
        index.record(LicenceID(word))?.id ?? index.licence(named: word) ?? LicenceID(word)
    }

    // MARK: Addresses

    private func address(_ position: Int) -> (LicenceMatch?, Int) {
        let start = Int(tokens.starts[position])
        var end = start
        while end < bytes.count, end - start < 300, bytes[end] > 0x20, bytes[end] < 0x7F,
            bytes[end] != UInt8(ascii: ")"), bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: "\""),
            bytes[end] != UInt8(ascii: "<"), bytes[end] != UInt8(ascii: "]"), bytes[end] != UInt8(ascii: "`")
        { end += 1 }
        let next = tokens.starts.partitioningIndex { Int($0) >= end }
        let text = bytes.slice(start..<end).repairedText
        guard let hash = AddressKey.hash(text), let number = index.address(hash) else { return (nil, next) }
        let context = sentences.context(around: start..<end)
        let line = tokens.line(at: UInt32(start))
        return (
            LicenceMatch(
                id: index.record(number).id,
                method: context.isGrant || Self.standsAlone(start..<end, bytes) ? .url : .mentioned,
                lines: LineRange(line), bytes: start..<end, subjects: context.subjects, models: context.models,
                quote: context.sentence), next
        )
    }

    /// An address that has its line to itself says where the licence is; in a sentence it may be any reference.
    static func standsAlone(_ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) -> Bool {
        func isDecoration(_ byte: UInt8) -> Bool { byte <= 0x20 || "#/*-;<>\"'.%|!=".utf8.contains(byte) }
        var index = range.lowerBound - 1
        while index >= 0, bytes[index] != 0x0A {
            guard isDecoration(bytes[index]) else { return false }
            index -= 1
        }
        index = range.upperBound
        while index < bytes.count, bytes[index] != 0x0A {
            guard isDecoration(bytes[index]) else { return false }
            index += 1
        }
        return true
    }

    // MARK: Names

    private static let longestName = 12

    /// A name before or behind a word such as "license" or "under"; also the position to go on from.
    private func name(around trigger: Int, isSource: Bool, limit: Int) -> (LicenceMatch, Int)? {
        var best: (number: Int, range: Range<Int>)?
        // Behind: "licensed under the Apache License, Version 2.0".
        var first = trigger + 1
        var skipped = 0
        while first < limit, skipped < 5, words.leadIns.contains(tokens.hashes[first]) {
            first += 1
            skipped += 1
        }
        if let found = longestName(from: first, limit: limit), skipped == 0 || !isSubject(found.1, behind: trigger) {
            best = found
        }
        // Before: "Apache 2.0 license".
        if best == nil, tokens.hashes[trigger] != Self.under {
            if let (number, range) = longestName(before: trigger) { best = (number, range.lowerBound..<trigger + 1) }
        }
        guard let best else { return nil }
        let span = min(best.range.lowerBound, trigger)..<max(best.range.upperBound, trigger + 1)
        let byteRange = tokens.bytes(span)
        let context = sentences.context(around: byteRange)
        let lines = tokens.lines(span)
        return (
            LicenceMatch(
                id: index.record(best.number).id,
                method: context.isGrant && !isAltered(best.range) ? (isSource ? .header : .notice) : .mentioned,
                lines: LineRange(lines.first, lines.last), bytes: byteRange,
                subjects: context.subjects, models: context.models, quote: context.sentence), span.upperBound
        )
    }

    /// "The checkpoints come with CC BY-NC 4.0": a name that can be nothing else needs no word for a licence beside it, right behind words of
    /// granting.
    private func bareName(at position: Int, isSource: Bool, limit: Int) -> (LicenceMatch, Int)? {
        guard let (number, range) = longestName(from: position, limit: limit) else { return nil }
        let place = tokens.bytes(range)
        let context = sentences.context(around: place)
        guard context.isRightBehindGrant, !isAltered(range) else { return nil }
        let lines = tokens.lines(range)
        return (
            LicenceMatch(
                id: index.record(number).id, method: isSource ? .header : .notice,
                lines: LineRange(lines.first, lines.last), bytes: place, subjects: context.subjects,
                models: context.models, quote: context.sentence), range.upperBound
        )
    }

    /// "A modified MIT licence", "an MIT-style licence": the name is there, and the licence is another.
    func isAltered(_ name: Range<Int>) -> Bool {
        name.lowerBound > 0 && words.altered.contains(tokens.hashes[name.lowerBound - 1])
            && sameStretch(name.lowerBound - 1, name.lowerBound)
            || name.upperBound < tokens.count && words.alteredBehind.contains(tokens.hashes[name.upperBound])
                && tokens.starts[name.upperBound] - tokens.ends[name.upperBound - 1] <= 1
    }

    /// "... or the Apache License": the same grant goes on. The further names, and the position to go on from.
    private func further(_ first: LicenceMatch, from next: Int, limit: Int) -> ([LicenceMatch], Int) {
        var out: [LicenceMatch] = []
        var position = next
        while out.count < Self.mostFurther, position < limit, position > 0 {
            var start = position
            var isJoined = bytes.slice(Int(tokens.ends[position - 1])..<Int(tokens.starts[position])).contains {
                $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ",")
            }
            while start < limit, start < position + Choices.longestJoint, words.joints.contains(tokens.hashes[start]) {
                if Choices.isConnective(tokens.hashes[start], words) { isJoined = true }
                start += 1
            }
            guard isJoined, start < limit, sameStretch(position - 1, start),
                let (number, range) = longestName(from: start, limit: limit)
            else { break }
            var match = first
            match.id = index.record(number).id
            match.bytes = tokens.bytes(range)
            let lines = tokens.lines(range)
            match.lines = LineRange(lines.first, lines.last)
            out.append(match)
            position = range.upperBound
        }
        return (out, position)
    }

    private static let mostFurther = 8

    /// Bytes that a name has at most; words without end are none.
    private static let longestNameBytes = 400

    /// The same search in words of a copy of some of the text.
    func within(_ copy: UnsafeRawBufferPointer, _ tokens: Tokens) -> ShortForms {
        ShortForms(
            index: index, words: words, aliases: aliases, sentences: SentenceReader(copy, words), tokens: tokens)
    }

    func longestName(from first: Int, limit: Int) -> (Int, Range<Int>)? {
        guard first < limit else { return nil }
        let dropped = NameKey.dropped
        var parts: [NameKey.Part] = []
        var key = NameKey.Key()
        var best: (Int, Range<Int>)?
        let start = Int(tokens.starts[first])
        for last in first..<min(limit, first + Self.longestName) {
            guard last == first || isOneStretch(last - 1), Int(tokens.ends[last]) - start <= Self.longestNameBytes
            else { break }
            // With the punctuation between: "RAIL++-M" is not "RAIL-M".
            parts.removeAll(keepingCapacity: true)
            NameKey.append(
                bytes, (last == first ? start : Int(tokens.ends[last - 1]))..<Int(tokens.ends[last]), to: &parts)
            for part in parts { key.add(part, without: dropped) }
            if let number = lookUp(key, behind: last) { best = (number, first..<last + 1) }
        }
        return best.flatMap { goesOn(behind: $0.1) ? nil : $0 }
    }

    /// Whether a lone word with an article, in a paragraph below a heading, is what that paragraph speaks of: "License", "The SAM 2 model is ...".
    private func isSubject(_ name: Range<Int>, behind heading: Int) -> Bool {
        guard name.count == 1, name.upperBound < tokens.count, sameStretch(name.lowerBound, name.upperBound) else {
            return false
        }
        let gap = bytes.slice(Int(tokens.ends[heading])..<Int(tokens.starts[name.lowerBound]))
        return gap.count(where: { $0 == 0x0A }) > 1 && !words.joinedToNames.contains(tokens.hashes[name.upperBound])
    }

    /// Whether what stands right behind a name belongs to it: it is the beginning of a name that nobody knows then.
    private func goesOn(behind name: Range<Int>) -> Bool {
        let next = name.upperBound
        guard next < tokens.count, sameStretch(next - 1, next) else { return false }
        let gap = bytes.slice(Int(tokens.ends[next - 1])..<Int(tokens.starts[next]))
        if gap.count == 1, gap[0] == UInt8(ascii: "-") { return !words.joinedToNames.contains(tokens.hashes[next]) }
        return gap.count == 1 && gap[0] == 0x20 && words.goingOn.contains(tokens.hashes[next])
    }

    private static let nameOverlap = 5

    /// Whether a name begins near the end of `range` and ends behind it: "Creative Commons Attribution" of "... Attribution-ShareAlike 3.0" is another licence.
    func nameGoesOn(behind range: Range<Int>) -> Bool {
        if goesOn(behind: range) { return true }
        for first in max(range.lowerBound, range.upperBound - Self.nameOverlap)..<range.upperBound {
            if let (_, name) = longestName(from: first, limit: tokens.count), name.upperBound > range.upperBound {
                return true
            }
        }
        return false
    }

    /// The longest name that ends before `trigger`.
    private func longestName(before trigger: Int) -> (Int, Range<Int>)? {
        var start = trigger
        while start > max(0, trigger - Self.longestName), isOneStretch(start - 1),
            Int(tokens.ends[trigger - 1]) - Int(tokens.starts[start - 1]) <= Self.longestNameBytes
        { start -= 1 }
        guard start < trigger else { return nil }
        let end = Int(tokens.ends[trigger - 1])
        let dropped = NameKey.dropped
        // A run of letters beyond ASCII goes by where it begins; other parts are read once for all beginnings.
        let isPlain = bytes.slice(Int(tokens.starts[start])..<end).allSatisfy { $0 < 0x80 }
        let areIdeographs = !isPlain && NameKey.areIdeographs(bytes, Int(tokens.starts[start])..<end)
        var parts: [NameKey.Part] = []
        var firsts: [Int] = []
        for token in start..<trigger where isPlain {
            firsts.append(parts.count)
            let next = token + 1 < trigger ? Int(tokens.starts[token + 1]) : end
            NameKey.append(bytes, Int(tokens.starts[token])..<next, to: &parts)
        }
        for place in start..<trigger {
            var key = NameKey.Key()
            if isPlain {
                for part in parts[firsts[place - start]...] { key.add(part, without: dropped) }
            } else if areIdeographs {
                key.add(NameKey.ideographs(bytes, Int(tokens.starts[place])..<end), without: dropped)
            } else {
                parts.removeAll(keepingCapacity: true)
                NameKey.append(bytes, Int(tokens.starts[place])..<end, to: &parts)
                for part in parts { key.add(part, without: dropped) }
            }
            if let number = lookUp(key, behind: trigger - 1) { return (number, place..<trigger) }
        }
        return nil
    }

    private static let mostSigns = 8

    /// The licence of a name that ends with `token`, with the signs behind it.
    private func lookUp(_ name: NameKey.Key, behind token: Int) -> Int? {
        var key = name
        let start = Int(tokens.ends[token])
        var end = start
        while end < bytes.count, bytes[end] == UInt8(ascii: "+") {
            if end - start == Self.mostSigns { return nil }
            key.add(NameKey.plusSign, without: NameKey.dropped)
            end += 1
        }
        // A lone short word ("other", "x") names nothing in prose.
        guard let first = key.first, key.count > 1 || first.length >= 3 && !words.tooCommon.contains(first.hash)
        else { return nil }
        return aliases.mayHold(key.hash) ? index.alias(key.hash) : nil
    }

    /// Whether a token and the next one stand in one stretch of text: no blank line, table cell or sentence end between them.
    private func isOneStretch(_ token: Int) -> Bool { sameStretch(token, token + 1) }

    /// Whether two tokens stand in one stretch of text: no blank line, table cell or sentence end between them.
    private func sameStretch(_ first: Int, _ last: Int) -> Bool {
        guard first < last else { return true }
        var newlines = 0
        var index = Int(tokens.ends[first])
        let end = Int(tokens.starts[last])
        guard end - index < 200 else { return false }
        while index < end {
            switch bytes[index] {
            case 0x0A:
                newlines += 1
                if newlines > 1 { return false }
            case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "{"), UInt8(ascii: "="): return false
            case UInt8(ascii: ".") where index + 1 < end && (bytes[index + 1] == 0x20 || bytes[index + 1] == 0x0A):
                return false
            default: break
            }
            index += 1
        }
        return true
    }
}

extension UnsafeRawBufferPointer {
    /// The range grown to the white space around it: an address with its scheme.
    func wordAround(_ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start > 0, range.lowerBound - start < 200, self[start - 1] > 0x20 { start -= 1 }
        while end < count, end - range.upperBound < 200, self[end] > 0x20 { end += 1 }
        return start..<end
    }
}

extension Array {
    /// First place where `isBehind` holds, the array being divided by it.
    func partitioningIndex(_ isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
