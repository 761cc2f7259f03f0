import OpenscanBytes
import OpenscanFacts

/// Finds tags, addresses and names of licences in running text, and tells a grant from a mention by the words around.
struct ShortForms {
    let index: LicenceIndex
    let words: LicencePhrases
    let bytes: UnsafeRawBufferPointer
    let tokens: Tokens

    private static let spdx = WordHash.of("spdx"), license = WordHash.of("license"),
        identifier = WordHash.of("identifier")
    private static let http = WordHash.of("http"), https = WordHash.of("https")
    private static let licensed = WordHash.of("licensed"), under = WordHash.of("under"),
        licenses = WordHash.of("licenses")
    private static let chinese: Set<UInt32> = Set(["许", "協", "协", "循", "授"].map { Tokenizer.tokens(of: $0).hashes[0] })

    /// Matches outside `covered` (token ranges that whole texts explain).
    func find(covered: [Range<Int>], isSource: Bool) -> [LicenceMatch] {
        var out: [LicenceMatch] = []
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
            } else if hash == Self.under || hash == Self.license || hash == Self.licensed || hash == Self.licenses
                || Self.chinese.contains(hash)
            {
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

    private func tag(_ position: Int) -> ([LicenceMatch], Int) {
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
        var text = bytes.slice(start..<end).repairedText.unquoted
        if let cut = text.range(of: "--") { text = String(text[..<cut.lowerBound]).unquoted }
        if let cut = text.range(of: "//") { text = String(text[..<cut.lowerBound]).unquoted }
        let next = tokens.starts.partitioningIndex { Int($0) >= end }
        let line = tokens.line(at: tokens.starts[position])
        // Old u-boot files list ids without an operator.
        let ids =
            (try? LicenceExpression.parse(text))?.ids
            ?? text.split(separator: " ").map(String.init).filter {
                index.record(LicenceID($0)) != nil || index.licence(named: $0) != nil
            }
        guard !ids.isEmpty else { return ([], position + 3) }
        let known = ids.map(id)
        let statement =
            ids.count > 1
            ? (try? LicenceExpression.parse(text))?.mapped { id($0).rawValue } : nil
        return (
            known.map { id in
                LicenceMatch(
                    id: id, method: .tag, lines: LineRange(line),
                    bytes: Int(tokens.starts[position])..<max(end, Int(tokens.ends[position])),
                    quote: "SPDX-License-Identifier: " + text, statement: statement)
            }, max(next, position + 3)
        )
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
        let context = SentenceContext(bytes, around: start..<end, words: words)
        let line = tokens.line(at: UInt32(start))
        return (
            LicenceMatch(
                id: index.record(number).id,
                method: context.isGrant || Self.standsAlone(start..<end, bytes) ? .url : .mentioned,
                lines: LineRange(line), bytes: start..<end, subjects: context.subjects, quote: context.sentence), next
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
        if let found = longestName(from: first, limit: limit) { best = found }
        // Before: "Apache 2.0 license".
        if best == nil, tokens.hashes[trigger] != Self.under {
            if let (number, range) = longestName(before: trigger) { best = (number, range.lowerBound..<trigger + 1) }
        }
        guard let best else { return nil }
        let span = min(best.range.lowerBound, trigger)..<max(best.range.upperBound, trigger + 1)
        let byteRange = tokens.bytes(span)
        let context = SentenceContext(bytes, around: byteRange, words: words)
        let lines = tokens.lines(span)
        return (
            LicenceMatch(
                id: index.record(best.number).id, method: context.isGrant ? (isSource ? .header : .notice) : .mentioned,
                lines: LineRange(lines.first, lines.last), bytes: byteRange,
                subjects: context.subjects, quote: context.sentence), span.upperBound
        )
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
                if Choices.isConnective(tokens.hashes[start]) { isJoined = true }
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

    private func longestName(from first: Int, limit: Int) -> (Int, Range<Int>)? {
        guard first < limit else { return nil }
        var parts: [NameKey.Part] = []
        var best: (Int, Range<Int>)?
        for last in first..<min(limit, first + Self.longestName) {
            guard last == first || isOneStretch(last - 1) else { break }
            // With the punctuation between: "RAIL++-M" is not "RAIL-M".
            NameKey.append(
                bytes,
                (last == first ? Int(tokens.starts[first]) : Int(tokens.ends[last - 1]))..<Int(tokens.ends[last]),
                to: &parts)
            if let number = lookUp(parts, behind: last) { best = (number, first..<last + 1) }
        }
        return best
    }

    private static let nameOverlap = 5

    /// Whether a name begins near the end of `range` and ends behind it: "Creative Commons Attribution" of "... Attribution-ShareAlike 3.0" is another licence.
    func nameGoesOn(behind range: Range<Int>) -> Bool {
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
        while start > max(0, trigger - Self.longestName), isOneStretch(start - 1) { start -= 1 }
        while start < trigger {
            var parts: [NameKey.Part] = []
            NameKey.append(bytes, Int(tokens.starts[start])..<Int(tokens.ends[trigger - 1]), to: &parts)
            if let number = lookUp(parts, behind: trigger - 1) { return (number, start..<trigger) }
            start += 1
        }
        return nil
    }

    private func lookUp(_ parts: [NameKey.Part], behind token: Int) -> Int? {
        var parts = parts
        var end = Int(tokens.ends[token])
        while end < bytes.count, bytes[end] == UInt8(ascii: "+") {
            NameKey.append(bytes, end..<end + 1, to: &parts)
            end += 1
        }
        // A lone short word ("other", "x") names nothing in prose.
        guard let first = parts.first, parts.count > 1 || first.length >= 3 && !words.tooCommon.contains(first.hash)
        else { return nil }
        return index.alias(NameKey.hash(parts))
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
