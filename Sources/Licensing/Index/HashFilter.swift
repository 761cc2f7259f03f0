import OpenscanBytes

/// Tells most hashes that are not among some thousands from those that are, in one look.
struct HashFilter: Sendable {
    private let bits: [UInt8]

    private static let bitCount = 1 << 17

    init(_ hashes: some Sequence<UInt32>) {
        var bits = [UInt8](repeating: 0, count: Self.bitCount / 8)
        for hash in hashes { bits.setBit(Self.bit(hash)) }
        self.bits = bits
    }

    private static func bit(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) >> 15) }

    @inline(__always)
    func mayHold(_ hash: UInt32) -> Bool {
        bits.withUnsafeBufferPointer { $0.hasBit(Self.bit(hash)) }
    }
}
