/// A stream as bytes at an offset: the beginning is kept, behind it only what came last. Reading back into the gap is an error.
public final class StreamBytes: RandomAccessBytes {
    private let stream: any ByteStream
    private let path: String
    /// The first bytes, for good.
    private var head: [UInt8] = []
    /// The bytes before `reached`, once the head is full.
    private var tail: [UInt8] = []
    private var reached = 0
    private var ended = false
    private let headLimit: Int
    private let tailLimit: Int
    /// Bytes as announced, or as found at the end; `nil` before that.
    public private(set) var knownByteCount: Int?

    /// - Parameter size: the stream's length where its container enforces it; `nil` where nobody knows.
    public init(_ stream: any ByteStream, size: Int?, path: String, headLimit: Int = 16 << 20, tailLimit: Int = 1 << 20)
    {
        self.stream = stream
        self.path = path
        self.headLimit = headLimit
        self.tailLimit = tailLimit
        knownByteCount = size
    }

    /// Reads up to `buffer.count` bytes at `offset`, and the stream up to there; fewer only at the end.
    /// - Throws: `ReadError.limit` for bytes that are no longer kept; what the stream throws.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, !buffer.isEmpty else { return 0 }
        let (wanted, overflow) = offset.addingReportingOverflow(buffer.count)
        try advance(to: overflow ? .max : wanted)
        let end = min(reached, overflow ? .max : wanted)
        guard offset < end else { return 0 }
        var done = 0
        if offset < head.count {
            done = min(end, head.count) - offset
            head.withUnsafeBytes { buffer.copyMemory(from: $0.slice(offset..<offset + done)) }
        }
        if offset + done < end {
            let start = reached - tail.count
            guard offset + done >= start else {
                throw .limit(path: path, name: "bytes of a stream that are kept", value: headLimit)
            }
            let place = offset + done - start
            let count = end - offset - done
            tail.withUnsafeBytes {
                UnsafeMutableRawBufferPointer(rebasing: buffer[done...]).copyMemory(
                    from: $0.slice(place..<place + count))
            }
            done += count
        }
        return done
    }

    private func advance(to wanted: Int) throws(ReadError) {
        guard reached < wanted, !ended else { return }
        let left = knownByteCount.map { $0 - reached } ?? .max
        let block = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(256, min(64 << 10, left, max(4096, wanted - reached))), alignment: 16)
        defer { block.deallocate() }
        while reached < wanted, !ended {
            let got = try stream.read(into: block)
            guard got > 0 else {
                ended = true
                knownByteCount = min(knownByteCount ?? reached, reached)
                return
            }
            reached += got
            let bytes = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(block)[..<got])
            let kept = min(got, headLimit - head.count)
            head += bytes.slice(0..<kept)
            if kept < got {
                if tail.count > 2 * tailLimit { tail.removeFirst(tail.count - tailLimit) }
                tail += bytes.slice(kept..<got)
            }
        }
    }
}
