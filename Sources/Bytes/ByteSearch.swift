#if canImport(Glibc)
    import Glibc
#endif

extension UnsafeRawBufferPointer {
    /// Offset of the first occurrence of `words` at or behind `start`.
    public func offset(of words: StaticString, from start: Int = 0) -> Int? {
        offset(of: UnsafeRawBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount), from: start)
    }

    /// The same for any bytes: the C library finds the first byte, many at a time.
    public func offset(of needle: UnsafeRawBufferPointer, from start: Int = 0) -> Int? {
        guard let base = baseAddress, let wanted = needle.baseAddress, let first = needle.first, start >= 0 else {
            return nil
        }
        var place = start
        while place <= count - needle.count,
            let hit = memchr(base + place, Int32(first), count - needle.count - place + 1)
        {
            place = UnsafeRawPointer(hit) - base
            if memcmp(base + place, wanted, needle.count) == 0 { return place }
            place += 1
        }
        return nil
    }

    /// Whether `words` occur anywhere, byte for byte.
    public func contains(_ words: StaticString) -> Bool { offset(of: words) != nil }
}
