import OpenscanBytes

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
