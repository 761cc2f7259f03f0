#if canImport(Glibc)
    import Glibc
#endif

/// Bytes that can be read at any offset.
public protocol RandomAccessBytes: AnyObject {
    /// Bytes there are; `nil` while nobody knows.
    var knownByteCount: Int? { get }
    /// Reads up to `buffer.count` bytes at `offset`; fewer only at the end, or before bytes that are not here, which are an
    /// error to who asks for the first of them.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int
}

/// Bytes of which there is a known number.
public protocol SizedBytes: RandomAccessBytes {
    /// Bytes there are.
    var byteCount: Int { get }
}

extension SizedBytes {
    /// Bytes there are.
    public var knownByteCount: Int? { byteCount }
}

extension RandomAccessBytes {
    /// Up to `count` bytes at `offset`, fewer only at the end. The count is the caller's, not the file's: check it first.
    public func bytes(at offset: Int, count: Int) throws(ReadError) -> [UInt8] {
        guard offset >= 0 else { return [] }
        let room = min(count, knownByteCount.map { $0 - offset } ?? count)
        var failure: ReadError?
        let out = [UInt8](unsafeUninitializedCapacity: max(0, room)) { buffer, used in
            let buffer = UnsafeMutableRawBufferPointer(buffer)
            do throws(ReadError) {
                while used < buffer.count {
                    let got = try read(
                        at: offset + used, into: UnsafeMutableRawBufferPointer(rebasing: buffer[used...]))
                    if got == 0 { break }
                    used += got
                }
            } catch { failure = error }
        }
        if let failure { throw failure }
        return out
    }

    /// Bytes there are, where need be by reading to the end.
    public func foundByteCount() throws(ReadError) -> Int {
        if let knownByteCount { return knownByteCount }
        var end = 0
        while knownByteCount == nil {
            let got = try bytes(at: end, count: 64 << 10).count
            if got == 0 { break }
            end += got
        }
        return knownByteCount ?? end
    }
}

/// Bytes that come front to back.
public protocol ByteStream: AnyObject {
    /// Reads up to `buffer.count` bytes; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int
}

/// A regular file, opened without following a link in its last name and without waiting on pipes.
public final class FileBytes: SizedBytes {
    /// Size when the file was opened.
    public let byteCount: Int
    /// What the file was when it was opened.
    public let identity: FileIdentity
    let descriptor: Int32
    private let shown: String

    /// - Parameters:
    ///   - followLinks: only for a path that a person named.
    ///   - shownAs: the path in errors, where the reader should not learn the one on disk.
    public convenience init(path: String, followLinks: Bool = false, shownAs: String? = nil) throws(ReadError) {
        let shown = shownAs ?? Printable.path(path)
        let opened = SystemPath.withCString(path) {
            open($0, FileBytes.openingFlags | (followLinks ? 0 : O_NOFOLLOW))
        }
        guard opened >= 0 else { throw .system(operation: "open", path: shown, code: errno) }
        try self.init(descriptor: opened, shownAs: shown)
    }

    /// How files are opened: nothing is changed, nobody is waited for, no child gets it.
    public static let openingFlags = O_RDONLY | O_CLOEXEC | O_NONBLOCK

    /// - Parameters:
    ///   - descriptor: an open file; it belongs to these bytes from now on, refused or not.
    ///   - shownAs: the path in errors.
    public init(descriptor: Int32, shownAs: String) throws(ReadError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            let code = errno
            close(descriptor)
            throw .system(operation: "read the state of", path: shownAs, code: code)
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .notAFile(path: shownAs)
        }
        shown = shownAs
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
        identity = FileIdentity(status)
    }

    deinit { close(descriptor) }

    /// Reads up to `buffer.count` bytes at `offset`; fewer only at the end.
    /// - Throws: `ReadError.system` when the system cannot read.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        var done = 0
        while done < buffer.count {
            let got = pread(descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if got < 0 {
                if errno == EINTR { continue }
                throw .system(operation: "read", path: shown, code: errno)
            }
            if got == 0 { break }
            done += got
        }
        return done
    }
}

/// A part of other bytes: a stored member of a zip, a tensor file inside a tar.
public final class WindowBytes: SizedBytes {
    let whole: any RandomAccessBytes
    let start: Int
    /// Bytes of the window, after cutting.
    public let byteCount: Int

    /// The window is cut to what `whole` has.
    public init(_ whole: any RandomAccessBytes, start: Int, count: Int) {
        self.whole = whole
        // Where the end is not known, the window ends as it is told, and short of where numbers do.
        let end = whole.knownByteCount ?? .max
        self.start = min(max(start, 0), end)
        byteCount = min(max(count, 0), end - self.start)
    }

    /// Reads at `offset` from the window's start; 0 outside it.
    /// - Throws: what reading the whole throws.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, offset < byteCount else { return 0 }
        let count = min(buffer.count, byteCount - offset)
        return try whole.read(at: start + offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]))
    }
}

/// Random access read front to back.
public final class SequentialBytes: ByteStream {
    let whole: any RandomAccessBytes
    var offset: Int

    /// - Parameter offset: where to begin; not negative.
    public init(_ whole: any RandomAccessBytes, from offset: Int = 0) {
        self.whole = whole
        self.offset = offset
    }

    /// The next bytes; 0 at the end.
    /// - Throws: what reading the whole throws.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        let got = try whole.read(at: offset, into: buffer)
        offset += got
        return got
    }
}

/// Bytes that are in memory already.
public final class MemoryBytes: SizedBytes {
    private let bytes: [UInt8]
    /// Size as announced; `read` ends where the bytes do.
    public let byteCount: Int

    /// - Parameter size: announced size, to stand for data that is not there.
    public init(_ bytes: [UInt8], size: Int? = nil) {
        self.bytes = bytes
        byteCount = size ?? bytes.count
    }

    /// Copies what is there at `offset`; 0 outside.
    public func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard offset >= 0, offset < bytes.count else { return 0 }
        let count = min(buffer.count, bytes.count - offset)
        bytes.withUnsafeBytes { buffer.copyMemory(from: $0.slice(offset..<offset + count)) }
        return count
    }
}
