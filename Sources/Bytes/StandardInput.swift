#if canImport(Glibc)
    import Glibc
#endif

/// Standard input as a stream. It stays open.
public final class StandardInput: ByteStream {
    private let descriptor: Int32

    /// - Parameter descriptor: what is read in its place.
    public init(descriptor: Int32 = 0) { self.descriptor = descriptor }

    /// Reads up to `buffer.count` bytes; 0 at the end.
    /// - Throws: `ReadError.system` when the system cannot read.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        while true {
            let got = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            if errno != EINTR { throw .system(operation: "read", path: "standard input", code: errno) }
        }
    }
}
