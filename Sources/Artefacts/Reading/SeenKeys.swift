/// A set of key hashes. The seed differs from run to run, so that nobody can prepare names that fall together.
struct SeenKeys {
    static let seed = UInt64.random(in: .min ... .max)
    private static let secret = UInt64.random(in: .min ... .max) | 1

    private var slots: [UInt64]
    private var count = 0

    init(capacity: Int) {
        slots = [UInt64](repeating: 0, count: max(64, (capacity * 2).nextPowerOfTwo))
    }

    @inline(__always)
    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: secret)
        return product.high ^ product.low
    }

    /// A hash that nobody can prepare names for: a file may have millions.
    static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
        var hash = mix(seed, UInt64(bytes.count))
        var place = 0
        while place + 8 <= bytes.count {
            hash = mix(hash, bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
            place += 8
        }
        var rest: UInt64 = 0
        while place < bytes.count {
            rest = rest << 8 | UInt64(bytes[place])
            place += 1
        }
        return mix(hash, rest)
    }

    /// `false` when it was there.
    @inline(__always)
    mutating func insert(_ hash: UInt64) -> Bool {
        let value = hash == 0 ? 1 : hash
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: value) & mask
        while slots[slot] != 0 {
            if slots[slot] == value { return false }
            slot = (slot + 1) & mask
        }
        slots[slot] = value
        count += 1
        if count * 4 > slots.count * 3 { grow() }
        return true
    }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        let mask = slots.count - 1
        for value in old where value != 0 {
            var slot = Int(truncatingIfNeeded: value) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = value
        }
    }
}

extension Int {
    var nextPowerOfTwo: Int { self <= 1 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
