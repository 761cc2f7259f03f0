import COpenscanZlib
import OpenscanBytes

/// A deflate stream (RFC 1951), bare or wrapped as zlib or gzip (RFC 1950, 1952), expanded by zlib as it is read.
public final class InflateStream: ByteStream {
    enum Wrapping { case none, zlibOrGzip }

    private let input: any ByteStream
    private let path: String
    private let state: UnsafeMutablePointer<z_stream>
    private let buffer: UnsafeMutableRawBufferPointer
    private var ended = false
    private(set) var produced = 0
    private(set) var consumed = 0
    /// Whether damage brought the end.
    private(set) var isDamaged = false

    private let wrapping: Wrapping

    /// - Parameter size: compressed bytes, where they are known: small members need no large buffer.
    init(_ input: any ByteStream, wrapping: Wrapping = .none, size: Int = .max, path: String) {
        buffer = .allocate(byteCount: max(64, min(size, 64 << 10)), alignment: 16)
        self.wrapping = wrapping
        self.input = input
        self.path = path
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        ended = openscan_inflate_init(state, wrapping == .none ? -MAX_WBITS : MAX_WBITS + 32) != Z_OK
    }

    deinit {
        inflateEnd(state)
        state.deinitialize(count: 1)
        state.deallocate()
        buffer.deallocate()
    }

    /// The next expanded bytes; 0 at the end, which damage brings early.
    /// - Throws: `ReadError.badArchive` when damage leaves nothing to give; what reading the input throws.
    public func read(into output: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard !ended, !output.isEmpty else { return 0 }
        state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(clamping: output.count)
        let wanted = state.pointee.avail_out
        while state.pointee.avail_out > 0 {
            if state.pointee.avail_in == 0 {
                let got = try input.read(into: buffer)
                consumed += got
                state.pointee.next_in = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                state.pointee.avail_in = UInt32(got)
                if got == 0 {
                    ended = true
                    break
                }
            }
            let status = inflate(state, Z_NO_FLUSH)
            if status == Z_STREAM_END {
                // gzip files may follow one another.
                if wrapping == .zlibOrGzip, state.pointee.avail_in > 2, state.pointee.next_in[0] == 0x1F,
                    inflateReset(state) == Z_OK
                {
                    continue
                }
                ended = true
                break
            }
            guard status == Z_OK || status == Z_BUF_ERROR else {
                ended = true
                isDamaged = true
                if state.pointee.avail_out == wanted {
                    throw .badArchive(path: path, message: "deflate data is damaged")
                }
                break
            }
        }
        let got = Int(wanted - state.pointee.avail_out)
        produced += got
        return got
    }
}
