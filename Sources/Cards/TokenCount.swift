import OpenscanBytes
import OpenscanFacts

extension TokenCount {
    private static let units: [(word: String, factor: Double)] = [
        ("trillion", 1e12), ("billion", 1e9), ("万亿", 1e12), ("亿", 1e8), ("t ", 1e12), ("b ", 1e9), ("t-", 1e12),
        ("b-", 1e9),
    ]

    /// The largest count of a line; `nil` when none is stated.
    static func read(_ line: FoldedText) -> Double? {
        let bytes = line.bytes
        var best: Double?
        var index = 0
        while index < bytes.count {
            guard isDigit(bytes[index]), index == 0 || !isWord(bytes[index - 1]) else {
                index += 1
                continue
            }
            var end = index
            while end < bytes.count,
                isDigit(bytes[end])
                    || (bytes[end] == UInt8(ascii: ".") && end + 1 < bytes.count && isDigit(bytes[end + 1]))
            { end += 1 }
            let number = Double(String(decoding: bytes[index..<min(end, index + 12)], as: UTF8.self))
            var unit = end
            while unit < bytes.count, bytes[unit] == 0x20 { unit += 1 }
            // The unit is followed by the word for tokens within a few words.
            let rest = bytes[min(unit, bytes.count)...].prefix(40)
            for (word, factor) in units where rest.starts(with: word.utf8) && holdsToken(rest) {
                if let number, number > 0, number < 1e6 { best = max(best ?? 0, number * factor) }
                break
            }
            index = max(end, index + 1)
        }
        return best
    }

    private static func holdsToken(_ bytes: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.holds("token") || text.holds("词元")
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    private static func isWord(_ byte: UInt8) -> Bool {
        isDigit(byte) || (byte >= 0x61 && byte <= 0x7A) || byte == UInt8(ascii: ".")
    }
}
