#if canImport(Glibc)
    import Glibc
#endif

/// Bytes of standard input.
public enum StandardInputBytes {
    /// Reads up to `buffer.count` bytes; 0 at the end.
    public static func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        while true {
            let got = Glibc.read(0, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            if errno != EINTR { throw .system(operation: "read", path: "standard input", code: errno) }
        }
    }
}
