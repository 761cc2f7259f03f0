/// Lower-case text in which many phrases are looked for: bytes, not characters.
public struct FoldedText: Sendable {
    /// The text in lower case, as UTF-8.
    public let bytes: [UInt8]

    /// - Parameter text: in any case.
    public init(_ text: some StringProtocol) {
        bytes = Self.fold(text)
    }

    private static func fold(_ text: some StringProtocol) -> [UInt8] {
        var out = Array(text.utf8)
        guard out.allSatisfy({ $0 < 0x80 }) else { return Array(text.lowercased().utf8) }
        for index in out.indices where out[index] >= 0x41 && out[index] <= 0x5A { out[index] |= 0x20 }
        return out
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
}

extension Substring {
    /// Whether these ASCII bytes are in the text; Foundation's own search goes through UTF-16.
    public func hasBytes(_ phrase: StaticString) -> Bool {
        let count = phrase.utf8CodeUnitCount
        let found: Bool? = utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.count >= count, count > 0 else { return false }
            var place = 0
            while place <= bytes.count - count {
                var step = 0
                while step < count, bytes[place + step] == phrase.utf8Start[step] { step += 1 }
                if step == count { return true }
                place += 1
            }
            return false
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
