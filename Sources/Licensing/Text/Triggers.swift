import Unpacking

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
            if let last = out.last, start <= last.upperBound { out[out.count - 1] = last.lowerBound..<max(last.upperBound, end) } else { out.append(start..<end) }
            // The next word that matters is one that reaches farther.
            index = place + reach / 2
        }
        return out
    }

    /// "licen", "copyright", "permission", "redistribut", "spdx", "public domain", by four of their letters.
    private static func first(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
        var index = max(start, 3)
        let count = bytes.count
        while index < count {
            switch bytes[index] | 0x20 {
            case 0x6E: if bytes[index - 1] | 0x20 == 0x65, bytes[index - 2] | 0x20 == 0x63, bytes[index - 3] | 0x20 == 0x69 { return index }
            case 0x78: if bytes[index - 1] | 0x20 == 0x64, bytes[index - 2] | 0x20 == 0x70, bytes[index - 3] | 0x20 == 0x73 { return index }
            case 0x67: if bytes[index - 1] | 0x20 == 0x69, bytes[index - 2] | 0x20 == 0x72, bytes[index - 3] | 0x20 == 0x79 { return index }
            case 0x73: if bytes[index - 1] | 0x20 == 0x69, bytes[index - 2] | 0x20 == 0x6D, bytes[index - 3] | 0x20 == 0x72, index >= 4, bytes[index - 4] | 0x20 == 0x65 { return index }
            case 0x72: if bytes[index - 1] | 0x20 == 0x74, bytes[index - 2] | 0x20 == 0x73, bytes[index - 3] | 0x20 == 0x69, index >= 5, bytes[index - 5] | 0x20 == 0x65 { return index }
            case 0x63: if bytes[index - 1] | 0x20 == 0x69, bytes[index - 2] | 0x20 == 0x6C, bytes[index - 3] | 0x20 == 0x62, index >= 5, bytes[index - 5] | 0x20 == 0x70 { return index }
            default: break
            }
            index += 1
        }
        return nil
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
