/// Finds many phrases in one pass over a text, whatever the case of its letters.
///
/// Every place is looked up by its next few bytes, and compared with the phrases that begin with them: making such a set costs no more
/// than reading its phrases, and a place where none begins costs one look.
public struct PhraseSet: Sendable {
    /// Bytes that a place is looked up by: as many as the shortest phrase has, four at most.
    private let gramLength: Int
    private let mask: UInt32
    /// For each hash of a gram, one more than the first phrase with it in `order`; 0 for none.
    private let slots: [UInt16]
    /// The phrases, those of one slot together.
    private let order: [Entry]
    private let letters: [UInt8]

    private struct Entry {
        let number: UInt16
        let slot: UInt16
        let start: Int32
        let count: Int32
    }

    private static let slotCount = 4096

    /// - Parameter phrases: in lower case; fewer than 65,000, none of them empty.
    public init(_ phrases: [String]) {
        var letters: [UInt8] = []
        var places: [Range<Int>] = []
        for phrase in phrases {
            let start = letters.count
            letters.append(contentsOf: phrase.utf8)
            places.append(start..<letters.count)
        }
        let length = min(4, places.lazy.map(\.count).filter { $0 > 0 }.min() ?? 4)
        let mask: UInt32 = length == 4 ? .max : (1 << UInt32(8 * length)) - 1
        var order: [Entry] = []
        order.reserveCapacity(places.count)
        for (number, place) in places.enumerated() where !place.isEmpty {
            let gram = letters.withUnsafeBytes { Self.gram($0, place.lowerBound) } & mask
            order.append(
                Entry(
                    number: UInt16(number), slot: UInt16(Self.slot(gram)), start: Int32(place.lowerBound),
                    count: Int32(place.count)))
        }
        order.sort { ($0.slot, $0.number) < ($1.slot, $1.number) }
        var slots = [UInt16](repeating: 0, count: Self.slotCount)
        for (place, entry) in order.enumerated().reversed() { slots[Int(entry.slot)] = UInt16(place + 1) }
        gramLength = length
        self.mask = mask
        self.slots = slots
        self.order = order
        self.letters = letters
    }

    /// Four bytes with the bit set that tells small letters from capitals; fewer at the end, where zeros stand behind.
    @inline(__always)
    private static func gram(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt32 {
        if place + 4 <= bytes.count {
            return bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self).littleEndian | 0x2020_2020
        }
        var out: UInt32 = 0
        for step in 0..<bytes.count - place { out |= UInt32(bytes[place + step]) << UInt32(8 * step) }
        return out | 0x2020_2020
    }

    @inline(__always)
    private static func slot(_ gram: UInt32) -> Int { Int((gram &* 0x9E37_79B1) >> 20) }

    /// Calls `body` with the number of each phrase that is in `bytes` and the offset behind it, in order of the phrases' beginnings.
    public func forEach(in bytes: UnsafeRawBufferPointer, _ body: (_ phrase: Int, _ end: Int) -> Void) {
        visit(bytes) { number, end in
            body(number, end)
            return true
        }
    }

    /// Whether any of the phrases is in `bytes`.
    public func isAny(in bytes: UnsafeRawBufferPointer) -> Bool {
        var isFound = false
        visit(bytes) { _, _ in
            isFound = true
            return false
        }
        return isFound
    }

    /// Goes on as long as `body` says so.
    @inline(__always)
    private func visit(_ bytes: UnsafeRawBufferPointer, _ body: (_ phrase: Int, _ end: Int) -> Bool) {
        guard !order.isEmpty, bytes.count >= gramLength else { return }
        slots.withUnsafeBufferPointer { slots in
            order.withUnsafeBufferPointer { order in
                letters.withUnsafeBufferPointer { letters in
                    for place in 0...bytes.count - gramLength {
                        let slot = Self.slot(Self.gram(bytes, place) & mask)
                        guard slots[slot] != 0 else { continue }
                        var entry = Int(slots[slot]) - 1
                        while entry < order.count, Int(order[entry].slot) == slot {
                            if Self.stands(order[entry], letters, bytes, place),
                                !body(Int(order[entry].number), place + Int(order[entry].count))
                            {
                                return
                            }
                            entry += 1
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private static func stands(
        _ entry: Entry, _ letters: UnsafeBufferPointer<UInt8>, _ bytes: UnsafeRawBufferPointer, _ place: Int
    ) -> Bool {
        let count = Int(entry.count)
        guard place + count <= bytes.count else { return false }
        let start = Int(entry.start)
        for step in 0..<count {
            let byte = bytes[place + step]
            let isCapital = byte &- 0x41 < 26
            if (isCapital ? byte | 0x20 : byte) != letters[start + step] { return false }
        }
        return true
    }
}
