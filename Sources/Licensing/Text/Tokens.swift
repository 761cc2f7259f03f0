/// The words of a text as the engine sees them, with their places in its bytes.
public struct Tokens: Sendable {
    /// Hash of each word, folded.
    public internal(set) var hashes: [UInt32] = []
    /// Offset of the word's first byte.
    public internal(set) var starts: [UInt32] = []
    /// Offset behind the word's last byte.
    public internal(set) var ends: [UInt32] = []
    /// Offsets of line starts; the first is 0.
    public internal(set) var lineStarts: [UInt32] = [0]

    /// Number of words.
    public var count: Int { hashes.count }

    /// Line of a byte offset, counted from 1.
    public func line(at offset: UInt32) -> Int {
        var (low, high) = (0, lineStarts.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low + 1
    }

    /// First and last line of the tokens in `range`, which must not be empty.
    public func lines(_ range: Range<Int>) -> (first: Int, last: Int) {
        (line(at: starts[range.lowerBound]), line(at: ends[range.upperBound - 1] - 1))
    }

    /// The bytes that the tokens in `range` span.
    public func bytes(_ range: Range<Int>) -> Range<Int> {
        range.isEmpty ? 0..<0 : Int(starts[range.lowerBound])..<Int(ends[range.upperBound - 1])
    }

    mutating func removeAll() {
        hashes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        lineStarts.removeAll(keepingCapacity: true)
        lineStarts.append(0)
    }
}
