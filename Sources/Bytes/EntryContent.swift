/// A buffer that one worker uses for file after file, so that a scan does not allocate per file.
public final class PrefixBuffer {
    private(set) var storage: UnsafeMutableRawBufferPointer

    /// - Parameter capacity: bytes to begin with; the buffer grows with the files that need more.
    public init(capacity: Int = 256 << 10) {
        storage = .allocate(byteCount: capacity, alignment: 64)
    }

    deinit { storage.deallocate() }

    /// Makes room for `capacity` bytes and keeps the first `used`.
    func reserve(_ capacity: Int, keeping used: Int) {
        guard capacity > storage.count else { return }
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: max(capacity, storage.count * 2), alignment: 64)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: storage[..<used]))
        storage.deallocate()
        storage = larger
    }

    /// Makes room for `capacity` bytes and keeps nothing.
    func renew(_ capacity: Int) {
        storage.deallocate()
        storage = .allocate(byteCount: capacity, alignment: 64)
    }

    /// Gives memory back after an unusually large file.
    func shrink(to capacity: Int = 4 << 20) {
        guard storage.count > capacity else { return }
        storage.deallocate()
        storage = .allocate(byteCount: capacity, alignment: 64)
    }
}

/// The bytes of one entry, read only when asked for, front first. Not to be kept beyond the visit of its entry.
public final class EntryContent {
    enum Backing {
        case random(any RandomAccessBytes)
        case stream(any ByteStream)
    }

    let backing: Backing
    /// Size as the container announces it; `nil` when it does not.
    public let announcedSize: Int?
    private let buffer: PrefixBuffer
    private var filled = 0
    private var atEnd = false

    /// - Parameters:
    ///   - bytes: the whole entry; its size counts as announced.
    ///   - buffer: holds what `prefix` reads; the content of one entry at a time may use it.
    public init(_ bytes: any RandomAccessBytes, buffer: PrefixBuffer) {
        backing = .random(bytes)
        announcedSize = bytes.knownByteCount
        self.buffer = buffer
        buffer.shrink()
    }

    /// - Parameters:
    ///   - stream: the entry, from its first byte.
    ///   - announcedSize: bytes as the container announces them, a claim; `nil` when it does not.
    ///   - buffer: holds what `prefix` reads; the content of one entry at a time may use it.
    public init(_ stream: any ByteStream, announcedSize: Int?, buffer: PrefixBuffer) {
        backing = .stream(stream)
        self.announcedSize = announcedSize
        self.buffer = buffer
        buffer.shrink()
    }

    /// Whether what `prefix` gave ends before bytes that were not fetched, and not at the end.
    public var endsUnseen: Bool {
        guard atEnd, case .random(let bytes as PartialBytes) = backing else { return false }
        return filled < bytes.byteCount
    }

    /// The whole as random access, where the source gives that.
    public var randomAccess: (any RandomAccessBytes)? {
        if case .random(let bytes) = backing { bytes } else { nil }
    }

    /// The first `count` bytes, fewer only at the end. Valid until the next call and as long as the content lives:
    /// whoever owns the content keeps it alive meanwhile (a parameter is; a local needs `withExtendedLifetime`).
    public func prefix(_ count: Int) throws(ReadError) -> UnsafeRawBufferPointer {
        while filled < count, !atEnd {
            // A stream's size is a claim, and a file may have grown: go on with what really comes.
            let step =
                announcedSize == nil || isStream || filled > announcedSize ?? 0
                ? min(count, max(64 << 10, filled * 2)) : min(count, announcedSize ?? count)
            let target = max(step, min(count, filled + 1))
            // What can be read again need not be held twice while the buffer grows.
            if !isStream, target > buffer.storage.count, filled > 1 << 20 {
                buffer.renew(target)
                filled = 0
                continue
            }
            buffer.reserve(target, keeping: filled)
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer.storage[filled..<target])
            let got: Int
            switch backing {
            case .random(let bytes):
                do throws(ReadError) { got = try bytes.read(at: filled, into: room) } catch {
                    // What is here of the beginning is given all the same.
                    guard error.isUnseen, filled > 0 else { throw error }
                    got = 0
                }
            case .stream(let stream): got = try stream.read(into: room)
            }
            filled += got
            if got == 0 || (!isStream && got < room.count) { atEnd = true }
        }
        return UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer.storage)[..<min(count, filled)])
    }

    private var isStream: Bool { if case .stream = backing { true } else { false } }

    /// Everything from the start, front to back, also what `prefix` has already brought.
    public func replayed() -> any ByteStream {
        switch backing {
        case .random(let bytes): SequentialBytes(bytes)
        case .stream(let rest):
            ReplayedStream(
                head: [UInt8](UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer.storage)[..<filled])),
                rest: rest)
        }
    }
}

/// Bytes that were read ahead, then the stream they came from.
final class ReplayedStream: ByteStream {
    private let head: [UInt8]
    private var position = 0
    private let rest: any ByteStream

    init(head: [UInt8], rest: any ByteStream) {
        self.head = head
        self.rest = rest
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard position < head.count else { return try rest.read(into: buffer) }
        let count = min(buffer.count, head.count - position)
        head.withUnsafeBytes { buffer.copyMemory(from: $0.slice(position..<position + count)) }
        position += count
        return count
    }
}
