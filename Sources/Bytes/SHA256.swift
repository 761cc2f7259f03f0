/// SHA-256 (FIPS 180-4), for digests of evidence and of what a report was made from: some hundred kilobytes a run.
public struct SHA256: Sendable {
    private var state: [UInt32] = [
        0x6A09_E667, 0xBB67_AE85, 0x3C6E_F372, 0xA54F_F53A, 0x510E_527F, 0x9B05_688C, 0x1F83_D9AB, 0x5BE0_CD19,
    ]
    private var pending: [UInt8] = []
    private var byteCount: UInt64 = 0
    private var schedule = [UInt32](repeating: 0, count: 64)

    /// Of nothing yet.
    public init() { pending.reserveCapacity(64) }

    /// Takes bytes in.
    public mutating func update(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            pending.append(byte)
            byteCount += 1
            if pending.count == 64 {
                // Taken out, so that the block is not copied when it is emptied.
                var block: [UInt8] = []
                swap(&block, &pending)
                block.withUnsafeBytes { compress($0) }
                block.removeAll(keepingCapacity: true)
                swap(&block, &pending)
            }
        }
    }

    /// Takes bytes in, a block at a time.
    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        var place = 0
        while !pending.isEmpty, place < bytes.count {
            update(CollectionOfOne(bytes[place]))
            place += 1
        }
        while bytes.count - place >= 64 {
            compress(UnsafeRawBufferPointer(rebasing: bytes[place..<place + 64]))
            byteCount += 64
            place += 64
        }
        update(bytes[place...])
    }

    /// The digest of all that was taken in, 32 bytes.
    public func digest() -> [UInt8] {
        var last = self
        let bits = byteCount << 3
        last.update([0x80])
        while last.pending.count != 56 { last.update([0]) }
        last.update((0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) })
        return last.state.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(24 - 8 * $0)) } }
    }

    /// The digest of bytes.
    public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var sum = SHA256()
        sum.update(bytes)
        return sum.digest()
    }

    /// The digest of bytes in hexadecimal.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String { hex(digest: digest(bytes)) }

    /// A digest in hexadecimal.
    public static func hex(digest: [UInt8]) -> String {
        digest.map { byte in
            let text = String(byte, radix: 16)
            return text.count == 1 ? "0" + text : text
        }.joined()
    }

    private mutating func compress(_ block: UnsafeRawBufferPointer) {
        for index in 0..<16 {
            schedule[index] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: index * 4, as: UInt32.self))
        }
        for index in 16..<64 {
            let early = schedule[index - 15]
            let late = schedule[index - 2]
            let first = Self.rotated(early, 7) ^ Self.rotated(early, 18) ^ early >> 3
            let second = Self.rotated(late, 17) ^ Self.rotated(late, 19) ^ late >> 10
            schedule[index] = schedule[index - 16] &+ first &+ schedule[index - 7] &+ second
        }
        var (a, b, c, d) = (state[0], state[1], state[2], state[3])
        var (e, f, g, h) = (state[4], state[5], state[6], state[7])
        for index in 0..<64 {
            let high = Self.rotated(e, 6) ^ Self.rotated(e, 11) ^ Self.rotated(e, 25)
            let choice = (e & f) ^ (~e & g)
            let first = h &+ high &+ choice &+ Self.constants[index] &+ schedule[index]
            let low = Self.rotated(a, 2) ^ Self.rotated(a, 13) ^ Self.rotated(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            (h, g, f, e, d, c, b, a) = (g, f, e, d &+ first, c, b, a, first &+ low &+ majority)
        }
        for (index, value) in [a, b, c, d, e, f, g, h].enumerated() { state[index] = state[index] &+ value }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 { word >> count | word << (32 - count) }

    /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
    private static let constants: [UInt32] = {
        var primes: [Int] = []
        var candidate = 2
        while primes.count < 64 {
            if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
            candidate += 1
        }
        return primes.map { prime in
            // The cube root with 32 more binary digits, bit by bit in whole numbers.
            var root: UInt64 = 0
            for bit in stride(from: 34, through: 0, by: -1) {
                let trial = root | 1 << UInt64(bit)
                if Self.isCubeAtMost(trial, prime) { root = trial }
            }
            return UInt32(truncatingIfNeeded: root)
        }
    }()

    /// Whether the cube of `root` / 2³² is at most `prime`; no prime is a cube itself.
    private static func isCubeAtMost(_ root: UInt64, _ prime: Int) -> Bool {
        let square = root.multipliedFullWidth(by: root)
        // 96 of the cube's binary digits lie behind the point, and these are the 64 highest of all.
        let upper = square.high * root &+ square.low.multipliedFullWidth(by: root).high
        return upper >> 32 < UInt64(prime)
    }
}
