/// A small set of word hashes that is asked for every word of a text.
public struct WordSet: Sendable {
    private let slots: [UInt32]
    private let mask: Int

    /// - Parameter words: in lower case.
    public init(_ words: some Sequence<String>) { self.init(hashes: words.map(WordHash.of)) }

    init(hashes: [UInt32]) {
        var size = 16
        while size < hashes.count * 4 { size *= 2 }
        var slots = [UInt32](repeating: 0, count: size)
        for hash in hashes {
            var slot = Int(hash) & (size - 1)
            while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & (size - 1) }
            slots[slot] = hash
        }
        self.slots = slots
        mask = size - 1
    }

    @inline(__always)
    func contains(_ hash: UInt32) -> Bool {
        var slot = Int(hash) & mask
        while slots[slot] != 0 {
            if slots[slot] == hash { return true }
            slot = (slot + 1) & mask
        }
        return false
    }

    var hashes: [UInt32] { slots.filter { $0 != 0 } }
}
