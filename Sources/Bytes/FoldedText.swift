/// Lower-case text in which many phrases are looked for: bytes, not characters.
public struct FoldedText: Sendable {
    /// The text in lower case, as UTF-8.
    public let bytes: [UInt8]

    /// - Parameter text: in any case.
    public init(_ text: some StringProtocol) {
        bytes = Self.fold(text)
    }

    /// - Parameter lower: UTF-8 that is in lower case already.
    public init(lower: [UInt8]) { bytes = lower }

    private static func fold(_ text: some StringProtocol) -> [UInt8] {
        var out = Array(text.utf8)
        guard out.allSatisfy({ $0 < 0x80 }) else { return foldWide(out) }
        for index in out.indices where out[index] >= 0x41 && out[index] <= 0x5A { out[index] |= 0x20 }
        return out
    }

    /// The same with scalars beyond ASCII. Only a few blocks of Unicode have case: the mapping is asked for those alone.
    private static func foldWide(_ bytes: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let length = byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4
            let end = min(bytes.count, index + length)
            if length == 1 {
                out.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
            } else if hasNoCase(bytes, index) {
                out.append(contentsOf: bytes[index..<end])
            } else {
                for scalar in String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars {
                    out.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
                }
            }
            index = end
        }
        return out
    }

    /// Combining marks, punctuation and symbols, ideographs, kana, Hangul and emoji.
    private static func hasNoCase(_ bytes: [UInt8], _ index: Int) -> Bool {
        switch bytes[index] {
        // U+0300...U+033F.
        case 0xCC: true
        // U+2000...U+20FF and U+2500...U+2BFF.
        case 0xE2: index + 1 < bytes.count && (bytes[index + 1] < 0x84 || 0x94...0xAF ~= bytes[index + 1])
        // U+3000...U+9FFF, and U+B000...U+EFFF.
        case 0xE3...0xE9, 0xEB...0xEE: true
        // U+1F000...U+2FFFF and what is above.
        case 0xF0: index + 1 < bytes.count && bytes[index + 1] >= 0x9F
        case 0xF1...0xF4: true
        default: false
        }
    }

    /// - Parameter phrase: lower case.
    public func contains(_ phrase: String) -> Bool { offset(of: phrase, from: 0) != nil }

    /// Place of the first `phrase` at or after `start`.
    public func offset(of phrase: String, from start: Int) -> Int? {
        var copy = phrase
        return copy.withUTF8 { needle in
            bytes.withUnsafeBytes { $0.offset(of: UnsafeRawBufferPointer(needle), from: start) }
        }
    }

    /// Whether `word` stands in the text by itself: no letter or digit touches it. What writes no spaces has no such borders.
    public func hasWord(_ word: String) -> Bool {
        guard word.utf8.allSatisfy({ $0 < 0x80 }) else { return contains(word) }
        var from = 0
        while let place = offset(of: word, from: from) {
            let end = place + word.utf8.count
            if (place == 0 || !Self.isLetterOrDigit(bytes[place - 1]))
                && (end == bytes.count || !Self.isLetterOrDigit(bytes[end]))
            {
                return true
            }
            from = place + 1
        }
        return false
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte)
    }
}

extension Substring {
    /// Whether these ASCII bytes are in the text; Foundation's own search goes through UTF-16.
    public func hasBytes(_ phrase: StaticString) -> Bool {
        let found: Bool? = utf8.withContiguousStorageIfAvailable {
            UnsafeRawBufferPointer($0).offset(of: phrase) != nil
        }
        return found ?? false
    }
}

extension String {
    /// Whether these bytes are in the text: no Unicode, no Foundation, for the many short searches in names and lines.
    public func holds(_ phrase: String) -> Bool {
        var text = self
        var phrase = phrase
        return phrase.isEmpty
            || text.withUTF8 { text in
                phrase.withUTF8 { UnsafeRawBufferPointer(text).offset(of: UnsafeRawBufferPointer($0)) != nil }
            }
    }
}
