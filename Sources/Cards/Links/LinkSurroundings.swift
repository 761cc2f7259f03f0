import OpenscanBytes
import OpenscanFacts

/// What a text says around an address: the words that carry the link, the sentence that it stands in, and whether the address is only
/// shown or part of a sample of code.
struct LinkSurroundings {
    /// Words that carry the link, as written.
    private(set) var anchor = ""
    /// The sentence, item or row without addresses and marks, lower case.
    let words: FoldedText
    /// What of it stands before the link.
    let lead: FoldedText
    /// The paragraph as far as it is read, likewise.
    let paragraph: FoldedText
    /// The same as written, on the link's own line.
    let quote: String
    private(set) var setting = Link.Setting.prose

    /// Lines of one paragraph: sentences go on over the ends of lines.
    struct Lines {
        /// The lines before and behind in the same paragraph, joined.
        var before = "", behind = ""
        /// The line of the address.
        var line: Substring
    }

    /// The lines as one run of bytes, for all links of the line.
    struct Paragraph {
        fileprivate let text: [UInt8]
        /// Where the links' own line begins and ends.
        fileprivate let own: Range<Int>

        init(_ lines: Lines) {
            let before = Array(lines.before.utf8)
            text = before + lines.line.utf8 + lines.behind.utf8
            own = before.count..<before.count + lines.line.utf8.count
        }
    }

    /// - Parameters:
    ///   - paragraph: around the link.
    ///   - place: bytes of the address in its line.
    init(_ paragraph: Paragraph, _ place: Range<Int>) {
        let (text, own) = (paragraph.text, paragraph.own)
        let start = place.lowerBound + own.lowerBound
        let end = place.upperBound + own.lowerBound
        let link = Self.link(text, start, end)
        setting = Self.setting(text, own.lowerBound, start, link)
        anchor = Self.anchor(text, link, end)
        let sentence = Self.sentence(text, link.lowerBound..<max(link.upperBound, end), own)
        words = FoldedText(Self.plain(text[sentence]))
        lead = FoldedText(Self.plain(text[sentence.lowerBound..<max(sentence.lowerBound, link.lowerBound)]))
        let least = max(0, link.lowerBound - Link.longestWords)
        let most = min(text.count, max(link.upperBound, end) + Link.longestWords)
        self.paragraph = FoldedText(Self.plain(text[least..<most]))
        let shown = sentence.clamped(to: own)
        quote = String(decoding: text[shown], as: UTF8.self).trimmed
    }

    // MARK: Anchors

    /// From the mark that opens a link to its address: `[words](address`, `<a href="address">words</a>`, else the address itself.
    private static func link(_ text: [UInt8], _ start: Int, _ end: Int) -> Range<Int> {
        if start >= 2, text[start - 1] == UInt8(ascii: "("), text[start - 2] == UInt8(ascii: "]") {
            var depth = 0
            var index = start - 2
            while index >= 0, start - index < Link.longestWords {
                if text[index] == UInt8(ascii: "]") { depth += 1 }
                if text[index] == UInt8(ascii: "[") { depth -= 1 }
                if depth == 0 {
                    return (index > 0 && text[index - 1] == UInt8(ascii: "!") ? index - 1 : index)..<end
                }
                index -= 1
            }
        }
        // A definition: `[words]: address`.
        if let close = text[max(0, start - 4)..<start].lastIndex(of: UInt8(ascii: "]")), close + 1 < start,
            text[close + 1] == UInt8(ascii: ":"),
            let open = text[max(0, close - 100)..<close].lastIndex(of: UInt8(ascii: "["))
        {
            return open..<end
        }
        if let open = text[max(0, start - Link.longestWords)..<start].lastIndex(of: UInt8(ascii: "<")),
            !text[open..<start].contains(UInt8(ascii: ">"))
        {
            return open..<(closing(text, end) ?? end)
        }
        return start..<end
    }

    /// Behind the `</a>` of an element that begins before.
    private static func closing(_ text: [UInt8], _ start: Int) -> Int? {
        let stop = min(text.count, start + Link.longestWords)
        guard start < stop else { return nil }
        return text[start..<stop].withUnsafeBytes { $0.offset(of: "</a", from: 0) }.map { start + $0 + 4 }
    }

    private static func setting(_ text: [UInt8], _ lineStart: Int, _ start: Int, _ link: Range<Int>) -> Link.Setting {
        if text[link.lowerBound] == UInt8(ascii: "!") { return .shown }
        let before = text[link.lowerBound..<start]
        if text[link.lowerBound] == UInt8(ascii: "<"), before.withUnsafeBytes({ $0.offset(of: "src", from: 0) }) != nil
        {
            return .shown
        }
        // An odd number of backticks before it opens words of code.
        let ticks = text[lineStart..<start].count { $0 == UInt8(ascii: "`") }
        return ticks % 2 == 1 && text[link.lowerBound] != UInt8(ascii: "[") ? .code : .prose
    }

    private static func anchor(_ text: [UInt8], _ link: Range<Int>, _ end: Int) -> String {
        switch text[link.lowerBound] {
        case UInt8(ascii: "["), UInt8(ascii: "!"): return plain(text[link]) + badge(text[link])
        case UInt8(ascii: "<"):
            let rest = text[min(end, link.upperBound)..<link.upperBound].drop { $0 != UInt8(ascii: ">") }
            return plain(rest) + badge(rest)
        default: return ""
        }
    }

    /// What a badge shows: its words stand in the address of its picture, `/badge/LABEL-MESSAGE-COLOUR`.
    private static func badge(_ link: ArraySlice<UInt8>) -> String {
        guard let place = link.withUnsafeBytes({ $0.offset(of: "/badge/", from: 0) }) else { return "" }
        let shown = link.dropFirst(place + 7).prefix { !"?)\"'/ >".utf8.contains($0) }
        let parts = shown.split(separator: UInt8(ascii: "-"))
        let words = parts.dropLast().joined(separator: [0x20])
        return " "
            + String(
                decoding: words.map { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "%") ? 0x20 : $0 }, as: UTF8.self)
    }

    // MARK: Sentences

    private static func sentence(_ text: [UInt8], _ link: Range<Int>, _ own: Range<Int>) -> Range<Int> {
        let least = max(0, link.lowerBound - Link.longestWords)
        let most = min(text.count, link.upperBound + Link.longestWords)
        // The cells of a row speak of one thing.
        if text[own].first(where: { $0 != 0x20 && $0 != UInt8(ascii: ">") }) == UInt8(ascii: "|") {
            return max(least, own.lowerBound)..<min(most, own.upperBound)
        }
        var start = link.lowerBound
        while start > least, !ends(text, start - 1) { start -= 1 }
        var end = link.upperBound
        while end < most, !ends(text, end) { end += 1 }
        if end < most { end += 1 }
        // Cut in the middle of a character, it begins with the next.
        while start < link.lowerBound, text[start] & 0xC0 == 0x80 { start += 1 }
        while end > link.upperBound, end < text.count, text[end] & 0xC0 == 0x80 { end -= 1 }
        return start..<end
    }

    /// Whether a byte is the last of a sentence.
    private static func ends(_ text: [UInt8], _ place: Int) -> Bool {
        switch text[place] {
        case UInt8(ascii: "!"), UInt8(ascii: "?"):
            return place + 1 >= text.count || text[place + 1] == 0x20
        case UInt8(ascii: "."):
            guard place + 1 >= text.count || text[place + 1] == 0x20 else { return false }
            // "e.g.", "et al.", "v. 2": short words with a stop end no sentence, nor does one before a small letter.
            let word = text[max(0, place - 3)..<place]
            guard word.count == 3, word.allSatisfy({ $0 != 0x20 && $0 != UInt8(ascii: ".") }) else { return false }
            let next = text[min(text.count, place + 1)...].first { $0 != 0x20 }
            return next.map { !(0x61...0x7A).contains($0) } ?? true
        // The last byte of "。", "！", "？", "；".
        case 0x82: return place >= 2 && text[place - 2] == 0xE3 && text[place - 1] == 0x80
        case 0x81, 0x9F, 0x9B:
            return place >= 2 && text[place - 2] == 0xEF && text[place - 1] == 0xBC
        default: return false
        }
    }

    // MARK: Words

    /// Without addresses, tags and marks; what stands for a picture counts as words.
    private static func plain(_ bytes: ArraySlice<UInt8>) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            switch bytes[index] {
            case UInt8(ascii: "]") where index + 1 < bytes.endIndex && bytes[index + 1] == UInt8(ascii: "("):
                index = (bytes[index...].firstIndex(of: UInt8(ascii: ")")) ?? bytes.endIndex - 1) + 1
            case UInt8(ascii: "<"):
                let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.endIndex - 1
                out.append(0x20)
                out += alternative(bytes[index...end])
                out.append(0x20)
                index = end + 1
            case UInt8(ascii: ":") where bytes[index...].starts(with: "://".utf8):
                while let last = out.last, (0x61...0x7A).contains(last | 0x20) { out.removeLast() }
                index =
                    bytes[index...].firstIndex { $0 <= 0x20 || $0 == UInt8(ascii: ")") || $0 == UInt8(ascii: ">") }
                    ?? bytes.endIndex
            case UInt8(ascii: "*"), UInt8(ascii: "`"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "\""),
                UInt8(ascii: ">"):
                index += 1
            default:
                out.append(bytes[index])
                index += 1
            }
        }
        var single: [UInt8] = []
        single.reserveCapacity(out.count)
        for byte in out where byte != 0x20 || single.last != 0x20 { single.append(byte) }
        return String(decoding: single, as: UTF8.self).trimmed
    }

    /// What a tag says for those who do not see its picture.
    private static func alternative(_ tag: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard let place = tag.withUnsafeBytes({ $0.offset(of: "alt=\"", from: 0) }) else { return [] }
        let words = tag.dropFirst(place + 5)
        return words.prefix { $0 != UInt8(ascii: "\"") }
    }
}
