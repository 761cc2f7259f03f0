import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Names by a hash that is made while they are read: most names of a program mean nothing here and cost one look.
struct NameTable: Sendable {
    struct Entry: Sendable {
        let name: [UInt8]
        let signs: [CodeRoleRules.Sign]
        let word: CodeRoleRules.Word?
    }

    private static let size = 4096
    static let seed: UInt32 = 2_166_136_261

    let entries: [Entry]
    /// Slot -> entry number plus one; taken slots go on to the next.
    private let slots: [UInt16]

    /// All names with a meaning.
    init(_ rules: CodeRoleRules) {
        self.init(
            Set(rules.signs.keys).union(rules.words.keys).sorted().map {
                Entry(name: Array($0.utf8), signs: rules.signs[$0] ?? [], word: rules.words[$0])
            })
    }

    init(_ entries: [Entry]) {
        self.entries = entries
        var slots = [UInt16](repeating: 0, count: Self.size)
        for (number, entry) in entries.enumerated() {
            var slot = Int(entry.name.reduce(Self.seed, Self.step)) & (Self.size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (Self.size - 1) }
            slots[slot] = UInt16(number + 1)
        }
        self.slots = slots
    }

    /// Fowler, Noll and Vo's hash, form 1a.
    @inline(__always) static func step(_ hash: UInt32, _ byte: UInt8) -> UInt32 { (hash ^ UInt32(byte)) &* 16_777_619 }

    /// Number of the entry with these bytes, `nil` when there is none.
    @inline(__always)
    func find(_ hash: UInt32, _ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
        var slot = Int(hash) & (Self.size - 1)
        while slots[slot] != 0 {
            let number = Int(slots[slot]) - 1
            let name = entries[number].name
            if name.count == range.count, bytes.slice(range).elementsEqual(name) { return number }
            slot = (slot + 1) & (Self.size - 1)
        }
        return nil
    }
}
