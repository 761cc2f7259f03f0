import COpenscanZlib
import OpenscanBytes

/// Bytes as a store keeps them: their number and, deflated where that is shorter, themselves.
enum PackedBytes {
    /// What one value may take unpacked: facts of a million files fit in.
    private static let most = 1 << 30

    static func pack(_ bytes: [UInt8]) -> [UInt8] {
        var length = compressBound(uLong(bytes.count))
        var out = [UInt8](repeating: 0, count: Int(length) + 4)
        let status = out.withUnsafeMutableBytes { out in
            bytes.withUnsafeBytes { bytes in
                // The second level: a sixth longer than the best, at a fifth of the time.
                compress2(
                    out.baseAddress.map { ($0 + 4).assumingMemoryBound(to: UInt8.self) }, &length,
                    bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), uLong(bytes.count), 2)
            }
        }
        let isShorter = status == Z_OK && Int(length) < bytes.count
        let head = (0..<4).map { UInt8(truncatingIfNeeded: (isShorter ? bytes.count : 0) >> (8 * $0)) }
        guard isShorter else { return head + bytes }
        out.removeLast(out.count - 4 - Int(length))
        out.replaceSubrange(0..<4, with: head)
        return out
    }

    /// - Throws: `CompactProblem.damaged`.
    static func unpack(_ packed: UnsafeRawBufferPointer) throws(CompactProblem) -> [UInt8] {
        guard packed.count >= 4 else { throw .damaged }
        let count = (0..<4).reduce(0) { $0 | Int(packed[$1]) << (8 * $1) }
        let rest = UnsafeRawBufferPointer(rebasing: packed[4...])
        if count == 0 { return Array(rest) }
        // Deflate makes a thousandth of zeros, and no less.
        guard count <= most, count / 1100 <= rest.count else { throw .damaged }
        var length = uLong(count)
        var isWhole = false
        let out = [UInt8](unsafeUninitializedCapacity: count) { out, used in
            let status = uncompress(
                out.baseAddress, &length, rest.baseAddress?.assumingMemoryBound(to: UInt8.self), uLong(rest.count))
            isWhole = status == Z_OK && Int(length) == count
            used = isWhole ? count : 0
        }
        guard isWhole else { throw .damaged }
        return out
    }
}
