#if canImport(Glibc)
    import Glibc
#endif

/// Bytes of standard input.
public enum StandardInputBytes {
    /// Its lines without their ends, the empty ones left out.
    public static func lines() throws(ReadError) -> [String] {
        var all: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            var failure: ReadError?
            let got = block.withUnsafeMutableBytes { buffer in
                do throws(ReadError) { return try read(buffer) } catch {
                    failure = error
                    return 0
                }
            }
            if let failure { throw failure }
            if got == 0 { break }
            all += block[..<got]
        }
        return all.split(separator: UInt8(ascii: "\n")).map { line in line.withUnsafeBytes { SystemPath.text($0) } }
    }

    /// Reads up to `buffer.count` bytes; 0 at the end.
    public static func read(_ buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        while true {
            let got = Glibc.read(0, buffer.baseAddress, buffer.count)
            if got >= 0 { return got }
            if errno != EINTR { throw .system(operation: "read", path: "standard input", code: errno) }
        }
    }
}
