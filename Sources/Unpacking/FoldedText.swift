#if canImport(Glibc)
import Glibc
#endif

/// Lower-case text in which many phrases are looked for: bytes, found through the C library's memchr.
public struct FoldedText: Sendable {
    public let bytes: [UInt8]

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
        guard start <= bytes.count, !phrase.isEmpty else { return nil }
        var copy = phrase
        return copy.withUTF8 { needle in
            bytes.withUnsafeBytes { all -> Int? in
                guard let base = all.baseAddress, let wanted = needle.baseAddress else { return nil }
                var place = start
                let last = all.count - needle.count
                while place <= last {
                    guard let hit = memchr(base + place, Int32(wanted[0]), last - place + 1) else { return nil }
                    place = UnsafeRawPointer(hit) - base
                    if memcmp(hit, wanted, needle.count) == 0 { return place }
                    place += 1
                }
                return nil
            }
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
        var text = self, phrase = phrase
        return text.withUTF8 { text in
            phrase.withUTF8 { phrase in
                guard let base = text.baseAddress, let first = phrase.first, let wanted = phrase.baseAddress else { return phrase.isEmpty }
                var place = 0
                let last = text.count - phrase.count
                while place <= last, let hit = memchr(base + place, Int32(first), last - place + 1) {
                    if memcmp(hit, wanted, phrase.count) == 0 { return true }
                    place = UnsafeRawPointer(hit) - UnsafeRawPointer(base) + 1
                }
                return false
            }
        }
    }
}
