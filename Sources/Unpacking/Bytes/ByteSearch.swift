#if canImport(Glibc)
import Glibc
#endif

extension UnsafeRawBufferPointer {
    /// Offset of the first occurrence of `words` at or behind `start`: the C library finds the first byte, many at a time.
    public func offset(of words: StaticString, from start: Int = 0) -> Int? {
        let length = words.utf8CodeUnitCount
        guard let base = baseAddress, length > 0, start >= 0 else { return nil }
        var place = start
        while place <= count - length, let hit = memchr(base + place, Int32(words.utf8Start[0]), count - length - place + 1) {
            place = UnsafeRawPointer(hit) - base
            if memcmp(base + place, words.utf8Start, length) == 0 { return place }
            place += 1
        }
        return nil
    }

    public func contains(_ words: StaticString) -> Bool { offset(of: words) != nil }
}
