/// Bytes of which only some are here. The others are an error and never zeros, whatever a file has in their place.
public final class PartialBytes: SizedBytes {
    private let whole: any SizedBytes
    private let path: String
    /// Ranges that are here: in order, apart and inside the bytes.
    private let seen: [Range<Int>]

    /// Bytes there would be with those that are not here.
    public var byteCount: Int { whole.byteCount }

    /// - Parameters:
    ///   - whole: what the bytes that are here are read from.
    ///   - seen: ranges that are here, in order and apart; what of them lies behind the end counts for nothing.
    ///   - path: the file in errors.
    public init(_ whole: any SizedBytes, seen: [Range<Int>], path: String) {
        self.whole = whole
        self.path = path
        let all = 0..<max(0, whole.byteCount)
        self.seen = seen.map { $0.clamped(to: all) }.filter { !$0.isEmpty }
    }

    /// Reads up to `buffer.count` bytes at `offset`; fewer at the end and before what is not here.
    /// - Throws: `ReadError.unseen` where the first of them is not here; what reading the whole throws.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, offset < byteCount, !buffer.isEmpty else { return 0 }
        guard let range = range(at: offset) else { throw .unseen(path: path, offset: offset) }
        let count = min(buffer.count, range.upperBound - offset)
        return try whole.read(at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    }

    private func range(at offset: Int) -> Range<Int>? {
        var (low, high) = (0, seen.count)
        while low < high {
            let middle = low + (high - low) / 2
            if seen[middle].upperBound <= offset { low = middle + 1 } else { high = middle }
        }
        return low < seen.count && seen[low].contains(offset) ? seen[low] : nil
    }
}
