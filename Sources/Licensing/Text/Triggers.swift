/// The parts of a text around words without which it says nothing about licences.
enum Triggers {
    /// Bytes before and behind such a word that belong to it; whole texts have one every few lines.
    private static let reach = 1_600

    /// Ranges of whole lines, apart and in order.
    static func windows(_ bytes: UnsafeRawBufferPointer) -> [Range<Int>] {
        var out: [Range<Int>] = []
        var index = 0
        while let place = first(bytes, from: index) {
            let start = lineStart(bytes, max(0, place - reach))
            let end = lineEnd(bytes, min(bytes.count, place + reach))
            if let last = out.last, start <= last.upperBound {
                out[out.count - 1] = last.lowerBound..<max(last.upperBound, end)
            } else {
                out.append(start..<end)
            }
            // The next word that matters is one that reaches farther.
            index = place + reach / 2
        }
        return out
    }

    /// Four letters of each word, at two neighbouring places: one of them lies at an even offset.
    private static let grams = ["lice", "icen", "opyr", "pyri", "ermi", "rmis", "redi", "edis", "doma", "omai"]
    private static let bitCount = 1 << 15

    private static let bits: [UInt8] = {
        var out = [UInt8](repeating: 0, count: bitCount / 8)
        for gram in grams {
            out.setBit(slot(gram.utf8.reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }))
        }
        return out
    }()

    @inline(__always)
    private static func slot(_ letters: UInt32) -> Int { Int((letters &* 0x9E37_79B1) >> 17) }

    /// Place in the first "licen", "copyrig", "permissi", "redistr" or "public domain" at or behind `start`.
    private static func first(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        bits.withUnsafeBufferPointer { bits in
            var index = start
            let last = bytes.count - 4
            while index <= last {
                let place = slot(bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian | 0x2020_2020)
                if bits.hasBit(place), isWord(bytes, index) { return index }
                index += 2
            }
            return nil
        }
    }

    private static let words: [(letters: StaticString, before: Int)] = [
        ("licen", 1), ("copyrig", 2), ("permissi", 2), ("redistr", 1),
    ]

    /// Whether one of the words stands at most a few bytes before `place`.
    private static func isWord(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Bool {
        func stands(_ word: StaticString, at start: Int) -> Bool {
            start >= 0 && start + word.utf8CodeUnitCount <= bytes.count
                && (0..<word.utf8CodeUnitCount).allSatisfy { bytes[start + $0] | 0x20 == word.utf8Start[$0] }
        }
        for (letters, before) in words {
            for back in 0...before where stands(letters, at: place - back) { return true }
        }
        for back in 0...1 where stands("domain", at: place - back) {
            // Words apart by white space or a comment mark.
            var end = place - back
            while end > 0, place - end < 16, !(bytes[end - 1] | 0x20 >= 0x61 && bytes[end - 1] | 0x20 <= 0x7A) {
                end -= 1
            }
            return stands("public", at: end - 6)
        }
        return false
    }

    private static func lineStart(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        var index = place
        while index > 0, place - index < 2_000, bytes[index - 1] != 0x0A { index -= 1 }
        return index
    }

    private static func lineEnd(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> Int {
        var index = place
        while index < bytes.count, index - place < 2_000, bytes[index] != 0x0A { index += 1 }
        return index
    }
}
