import COpenscanZlib

/// CRC-32 as zip, gzip and PNG use it.
public enum Checksum {
    /// Over the whole of `bytes`, in pieces.
    public static func crc32(_ bytes: any RandomAccessBytes) throws(ReadError) -> UInt32 {
        let block = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
        defer { block.deallocate() }
        var value = COpenscanZlib.crc32(0, nil, 0)
        var offset = 0
        while true {
            let got = try bytes.read(at: offset, into: block)
            if got == 0 { return UInt32(truncatingIfNeeded: value) }
            value = COpenscanZlib.crc32(value, block.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt32(got))
            offset += got
        }
    }
}
