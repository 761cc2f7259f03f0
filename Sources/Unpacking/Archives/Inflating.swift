import OpenscanBytes

/// Deflated bytes that are at hand, expanded up to a limit.
public enum Inflating {
    private static let block = 64 << 10

    /// What a zlib stream holds, no more than `limit` bytes of it; as much as was there before damage.
    public static func zlib(_ bytes: [UInt8], limit: Int) -> [UInt8] {
        let stream = InflateStream(MemoryStream(bytes), wrapping: .zlibOrGzip, size: bytes.count, path: "")
        var out: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: block)
        while out.count < limit {
            let got = buffer.withUnsafeMutableBytes { (try? stream.read(into: $0)) ?? 0 }
            guard got > 0 else { break }
            out.append(contentsOf: buffer.prefix(got))
        }
        return out.count > limit ? Array(out.prefix(limit)) : out
    }
}

/// Bytes at hand, read once from front to back.
private final class MemoryStream: ByteStream {
    private let bytes: [UInt8]
    private var rest: Range<Int>

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        rest = bytes.indices
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        let part = rest.prefix(output.count)
        bytes.withUnsafeBytes { output.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[part])) }
        rest = part.upperBound..<rest.upperBound
        return part.count
    }
}
