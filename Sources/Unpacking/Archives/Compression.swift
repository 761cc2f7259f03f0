import OpenscanBytes
import OpenscanFacts

/// Compressors of single streams, told by magic bytes.
public enum Compression: String, Sendable {
    case zlib, gzip, bzip2, xz, lzma, zstd, lz4

    /// - Parameter head: the first bytes, six at best.
    public static func detect(_ head: UnsafeRawBufferPointer) -> Compression? {
        guard head.count >= 6 else { return nil }
        if head[0] == 0x1F, head[1] == 0x8B, head[2] == 8 { return .gzip }
        if head.starts(with: "BZh"), head[3] >= 0x31, head[3] <= 0x39, head[4] == 0x31, head[5] == 0x41 {
            return .bzip2
        }
        if head[0] == 0xFD, head.starts(with: "7zXZ\0", at: 1) { return .xz }
        if head[0] == 0x28, head[1] == 0xB5, head[2] == 0x2F, head[3] == 0xFD { return .zstd }
        if head[0] == 0x04, head[1] == 0x22, head[2] == 0x4D, head[3] == 0x18 { return .lz4 }
        // A zlib header is two bytes whose value divides by 31 (RFC 1950, 2.2); one for a window of 32 kB, as everybody writes it.
        if head[0] == 0x78, head[1] & 0x20 == 0, (Int(head[0]) << 8 | Int(head[1])) % 31 == 0 { return .zlib }
        // LZMA alone: the properties byte, a dictionary that is a power of two, an unknown or plausible length.
        if head[0] == 0x5D, head[1] == 0, head[2] == 0, head.count >= 13, head[5] == 0xFF || head[12] == 0 {
            return .lzma
        }
        return nil
    }

    /// Whether bytes are a zlib stream of any window (RFC 1950, 2.2). Its two bytes of header come about too often to mean anything,
    /// unless what follows can be expanded.
    ///
    /// - Parameter head: as much of the file as there is at hand.
    public static func isZlib(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count >= shortestConfirmed, head[0] & 0x8F == 8, head[1] & 0x20 == 0,
            (Int(head[0]) << 8 | Int(head[1])) % 31 == 0
        else { return false }
        return InflateStream(
            SequentialBytes(MemoryBytes(Array(head))), wrapping: .zlibOrGzip, size: head.count, path: ""
        ).isSound
    }

    /// Fewer bytes are not enough to tell what follows a header.
    private static let shortestConfirmed = 16

    /// Whether a compressed file expands to a tar; anything else in it is one file.
    static func holdsTar(_ bytes: any RandomAccessBytes) -> Bool {
        guard let head = try? bytes.bytes(at: 0, count: 16), let kind = head.withUnsafeBytes({ detect($0) }),
            let stream = try? kind.expand(bytes, path: "", limits: Limits())
        else { return false }
        let start = try? StreamBytes(stream, size: nil, path: "").bytes(at: 0, count: 300)
        return start.map { start in start.withUnsafeBytes { $0.starts(with: "ustar", at: 257) } } ?? false
    }

    /// What `bytes` expand to, front to back. The stream ends where the limits say that it expands too far.
    public func expand(_ bytes: any RandomAccessBytes, path: String, limits: Limits) throws(ReadError) -> ExpandedStream
    {
        let input = CountedStream(SequentialBytes(bytes))
        switch self {
        case .zlib, .gzip:
            return ExpandedStream(
                InflateStream(input, wrapping: .zlibOrGzip, path: path), consumed: { input.count }, limits: limits)
        case .bzip2, .xz, .lzma, .zstd, .lz4:
            let archive = try LibArchive(compressed: input, path: path)
            guard try archive.next() != nil else { throw .badArchive(path: path, message: "nothing in it") }
            return ExpandedStream(
                MemberStream(archive, goOn: { true }), consumed: { input.count }, limits: limits,
                wasCut: { archive.wasCut })
        }
    }
}

extension InflateStream {
    /// Whether something comes out, and no damage shows in the first of it.
    fileprivate var isSound: Bool {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { buffer.deallocate() }
        return (try? read(into: buffer)).map { $0 > 0 && !isDamaged } ?? false
    }
}

/// Counts what a decompressor takes in.
final class CountedStream: ByteStream {
    private let stream: any ByteStream
    private(set) var count = 0

    init(_ stream: any ByteStream) { self.stream = stream }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        let got = try stream.read(into: buffer)
        count += got
        return got
    }
}

/// Expanded bytes, until they are out of proportion.
public final class ExpandedStream: ByteStream {
    private let stream: any ByteStream
    private let consumed: () -> Int
    private let limits: Limits
    private var produced = 0
    /// Whether the stream was cut because it expands past the limits.
    public private(set) var isBomb = false
    /// Whether the input was ended at a long run of zeros; what stands behind it is not read.
    public var wasCut: Bool { cut() }
    private let cut: () -> Bool

    /// - Parameters:
    ///   - consumed: compressed bytes taken in so far.
    ///   - wasCut: whether the input was ended at a long run of zeros.
    init(
        _ stream: any ByteStream, consumed: @escaping () -> Int, limits: Limits,
        wasCut: @escaping () -> Bool = { false }
    ) {
        self.stream = stream
        self.consumed = consumed
        self.limits = limits
        cut = wasCut
    }

    /// The next expanded bytes; 0 at the end and once `isBomb` is set.
    /// - Throws: what the decompressor throws.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard !isBomb else { return 0 }
        let got = try stream.read(into: buffer)
        produced += got
        isBomb = produced > limits.expandedBytes || limits.isBomb(produced: produced, consumed: consumed())
        return got
    }
}
