import OpenscanBytes

/// Splits text into words the way the SPDX matching guidelines compare them: case, punctuation, layout, comment marks,
/// HTML tags, bullets and width do not count; an ideograph is a word of its own.
public enum Tokenizer {
    private enum Class {
        static let separator: UInt8 = 0
        static let lower: UInt8 = 1
        static let upper: UInt8 = 2
        static let digit: UInt8 = 3
        static let newline: UInt8 = 4
        static let tag: UInt8 = 5
        static let entity: UInt8 = 6
        static let wide: UInt8 = 7
    }

    private static let classes: [UInt8] = (0..<256).map { byte in
        switch byte {
        case 0x61...0x7A: Class.lower
        case 0x41...0x5A: Class.upper
        case 0x30...0x39: Class.digit
        case 0x0A: Class.newline
        case 0x3C: Class.tag
        case 0x26: Class.entity
        case 0x80...: Class.wide
        default: Class.separator
        }
    }

    /// The words of a text; their offsets are into its UTF-8.
    public static func tokens(of text: String) -> Tokens {
        var out = Tokens()
        var copy = text
        copy.withUTF8 { tokenize(UnsafeRawBufferPointer($0), into: &out) }
        return out
    }

    /// Linear in `bytes`, which are UTF-8 (see `Decoding`); at most 4 GB of them.
    public static func tokenize(_ bytes: UnsafeRawBufferPointer, into out: inout Tokens) {
        out.removeAll()
        let guess = bytes.count / 6 + 16
        out.hashes.reserveCapacity(guess)
        out.starts.reserveCapacity(guess)
        out.ends.reserveCapacity(guess)
        classes.withUnsafeBufferPointer { classes in
            SpellingVariants.table.slots.withUnsafeBufferPointer { run(bytes, classes, $0, &out) }
        }
    }

    private static func run(
        _ bytes: UnsafeRawBufferPointer, _ classes: UnsafeBufferPointer<UInt8>,
        _ variants: UnsafeBufferPointer<(variant: UInt32, word: UInt32)>, _ out: inout Tokens
    ) {
        let count = bytes.count
        var index = 0
        var isFirstOnLine = true
        while index < count {
            let byte = bytes[index]
            switch classes[Int(byte)] {
            case Class.separator: index += 1
            case Class.newline:
                index += 1
                out.lineStarts.append(UInt32(truncatingIfNeeded: index))
                isFirstOnLine = true
            case Class.tag: index = endOfTag(bytes, index, classes) ?? index + 1
            case Class.entity: index = endOfEntity(bytes, index) ?? index + 1
            default:
                let start = index
                let hash = word(bytes, &index, classes)
                guard hash != 0 else { continue }
                if isFirstOnLine, isBullet(bytes, start, index, classes) {
                    // "1.1." goes as a whole; what follows is still the first word.
                    continue
                }
                isFirstOnLine = false
                out.hashes.append(SpellingVariants.fold(hash, variants))
                out.starts.append(UInt32(truncatingIfNeeded: start))
                out.ends.append(UInt32(truncatingIfNeeded: index))
            }
        }
    }

    /// Reads one word from `index`; 0 when what stands there is punctuation after all.
    @inline(__always)
    private static func word(_ bytes: UnsafeRawBufferPointer, _ index: inout Int, _ classes: UnsafeBufferPointer<UInt8>)
        -> UInt32
    {
        let start = index
        let count = bytes.count
        var hash = WordHash.seed
        var length = 0
        while index < count {
            let byte = bytes[index]
            switch classes[Int(byte)] {
            case Class.lower, Class.digit:
                hash = WordHash.add(byte, to: hash)
                index += 1
            case Class.upper:
                hash = WordHash.add(byte | 0x20, to: hash)
                index += 1
            case Class.wide:
                let (scalar, size) = scalar(bytes, index)
                switch fold(scalar) {
                case .separator:
                    if length == 0 {
                        index += size
                        return 0
                    }
                    return WordHash.finish(hash)
                case .ideograph(let folded):
                    if length > 0 { return WordHash.finish(hash) }
                    index += size
                    var shift = 24
                    while shift >= 0 {
                        hash = WordHash.add(UInt8(truncatingIfNeeded: folded >> UInt32(shift)), to: hash)
                        shift -= 8
                    }
                    return WordHash.finish(hash)
                case .letter(let folded):
                    index += size
                    if folded < 0x80 {
                        hash = WordHash.add(UInt8(folded), to: hash)
                    } else {
                        hash = WordHash.add(
                            UInt8(truncatingIfNeeded: folded >> 8),
                            to: WordHash.add(UInt8(truncatingIfNeeded: folded), to: hash))
                    }
                }
            default:
                // "sub-license" and "non-infringement", also broken at the hyphen, are one word.
                if byte == UInt8(ascii: "-"), length == 3, isJoiningPrefix(bytes, start),
                    let next = afterHyphen(bytes, index, classes)
                {
                    index = next
                    continue
                }
                return WordHash.finish(hash)
            }
            length += 1
        }
        return WordHash.finish(hash)
    }

    private static func isJoiningPrefix(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
        guard start + 3 <= bytes.count else { return false }
        let first = bytes[start] | 0x20
        let second = bytes[start + 1] | 0x20
        let third = bytes[start + 2] | 0x20
        return (first, second, third) == (0x6E, 0x6F, 0x6E) || (first, second, third) == (0x73, 0x75, 0x62)
    }

    private static func afterHyphen(
        _ bytes: UnsafeRawBufferPointer, _ hyphen: Int, _ classes: UnsafeBufferPointer<UInt8>
    ) -> Int? {
        var index = hyphen + 1
        while index < bytes.count, index < hyphen + 8 {
            let kind = classes[Int(bytes[index])]
            if kind == Class.lower || kind == Class.upper { return index }
            // Lines are counted by their ends, so a join across one is left alone.
            guard bytes[index] == 0x20 || bytes[index] == 0x2D, index > hyphen + 1 || bytes[index] == 0x2D else {
                return nil
            }
            index += 1
        }
        return nil
    }

    /// "1.", "a)", "(iv)", "12." at the beginning of a line.
    private static func isBullet(
        _ bytes: UnsafeRawBufferPointer, _ start: Int, _ end: Int, _ classes: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        guard end - start <= 4, end < bytes.count else { return false }
        let closing = bytes[end]
        guard closing == UInt8(ascii: ".") || closing == UInt8(ascii: ")") else { return false }
        if end + 1 < bytes.count {
            let next = bytes[end + 1]
            let isSpace = next == 0x20 || next == 0x09 || next == 0x0A || next == 0x0D || next == 0xC2 || next == 0xE3
            guard isSpace || (closing == UInt8(ascii: ")") && end - start == 1) else { return false }
        }
        if end - start == 1 { return true }
        var isNumber = true
        var isRoman = true
        for index in start..<end {
            let byte = bytes[index] | 0x20
            if classes[Int(bytes[index])] != Class.digit { isNumber = false }
            if byte != 0x69, byte != 0x76, byte != 0x78 { isRoman = false }
        }
        return isRoman || (isNumber && end - start <= 2)
    }

    // MARK: Markup

    private static let tagNames: Set<String> = [
        "a", "b", "i", "p", "u", "br", "hr", "em", "li", "ol", "ul", "dd", "dt", "dl", "td", "th", "tr", "tt", "h1",
        "h2", "h3", "h4", "h5", "h6", "div",
        "pre", "sup", "sub", "html", "head", "body", "meta", "link", "font", "span", "code", "table", "tbody", "title",
        "strong", "center", "small", "big",
        "blockquote", "script", "style", "img", "section", "article", "header", "footer", "main", "nav", "details",
        "summary", "s", "cite", "address", "doctype", "para",
    ]

    private static func endOfTag(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ classes: UnsafeBufferPointer<UInt8>)
        -> Int?
    {
        var index = start + 1
        guard index < bytes.count else { return nil }
        if bytes[index] == UInt8(ascii: "/") || bytes[index] == UInt8(ascii: "!") { index += 1 }
        let nameStart = index
        while index < bytes.count, index - nameStart < 12 {
            let kind = classes[Int(bytes[index])]
            guard kind == Class.lower || kind == Class.upper || kind == Class.digit else { break }
            index += 1
        }
        guard index > nameStart, index < bytes.count else { return nil }
        let after = bytes[index]
        guard after == UInt8(ascii: ">") || after == 0x20 || after == UInt8(ascii: "/") || after == 0x0A else {
            return nil
        }
        let name = String(decoding: bytes[nameStart..<index].map { $0 | 0x20 }, as: UTF8.self)
        guard tagNames.contains(name) else { return nil }
        let limit = min(bytes.count, start + 400)
        while index < limit {
            if bytes[index] == UInt8(ascii: ">") { return index + 1 }
            // A tag over lines is left to the word loop, which counts them.
            if bytes[index] == 0x0A { return nil }
            index += 1
        }
        return nil
    }

    private static func endOfEntity(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Int? {
        var index = start + 1
        let limit = min(bytes.count, start + 10)
        while index < limit {
            let byte = bytes[index]
            if byte == UInt8(ascii: ";") { return index > start + 2 ? index + 1 : nil }
            guard
                byte == UInt8(ascii: "#") || (byte >= 0x30 && byte <= 0x39)
                    || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
            else { return nil }
            index += 1
        }
        return nil
    }

    // MARK: Beyond ASCII

    private enum Folded {
        case separator
        case letter(UInt32)
        case ideograph(UInt32)
    }

    @inline(__always)
    private static func scalar(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> (UInt32, Int) {
        let lead = bytes[index]
        let left = bytes.count - index
        if lead >= 0xC2, lead < 0xE0, left >= 2 {
            return (UInt32(lead & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), 2)
        }
        if lead >= 0xE0, lead < 0xF0, left >= 3 {
            return (
                UInt32(lead & 0x0F) << 12 | UInt32(bytes[index + 1] & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F), 3
            )
        }
        if lead >= 0xF0, lead < 0xF5, left >= 4 {
            return (
                UInt32(lead & 0x07) << 18 | UInt32(bytes[index + 1] & 0x3F) << 12 | UInt32(bytes[index + 2] & 0x3F) << 6
                    | UInt32(bytes[index + 3] & 0x3F), 4
            )
        }
        return (0xFFFD, 1)
    }

    private static func fold(_ scalar: UInt32) -> Folded {
        switch scalar {
        case 0xFF21...0xFF3A: return .letter(scalar - 0xFF21 + 0x61)
        case 0xFF41...0xFF5A: return .letter(scalar - 0xFF41 + 0x61)
        case 0xFF10...0xFF19: return .letter(scalar - 0xFF10 + 0x30)
        case 0xA9: return .letter(0x63)
        case 0xC0...0xDE where scalar != 0xD7: return .letter(scalar + 0x20)
        case 0xDF...0x24F where scalar != 0xF7: return .letter(scalar)
        case 0x391...0x3A9, 0x410...0x42F: return .letter(scalar + 0x20)
        case 0x3AC...0x3FF, 0x430...0x4FF: return .letter(scalar)
        case 0x2E80...0x2FDF: return .ideograph(CJK.fold(scalar))
        case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x2FA1F:
            return .ideograph(scalar)
        default: return .separator
        }
    }
}
