import OpenscanBytes

/// Bytes with zeros behind them up to a size, as a sparse file has; says how far it was read.
final class HoleyBytes: SizedBytes {
    private let start: [UInt8]
    let byteCount: Int
    private(set) var bytesRead = 0

    init(_ start: [UInt8], size: Int = 64 << 20) {
        self.start = start
        byteCount = size
    }

    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Int {
        let count = max(0, min(buffer.count, byteCount - offset))
        for index in 0..<count { buffer[index] = offset + index < start.count ? start[offset + index] : 0 }
        bytesRead += count
        return count
    }
}
