import OpenscanBytes
import OpenscanFacts

/// Parts of bytes at hand, by places that a file gives: nothing is indexed that was not checked.
extension RandomAccessCollection where Element == UInt8, Index == Int {
    /// The little-endian number `offset` bytes behind the beginning.
    func number<Value: FixedWidthInteger>(at offset: Int, _ type: Value.Type) throws(ArtefactStop) -> FileNumber {
        let size = MemoryLayout<Value>.size
        guard offset >= 0, offset <= count, size <= count - offset else {
            throw .malformed(.truncated, "\(size) bytes at \(offset) are wanted of \(count)")
        }
        var value: Value = 0
        for index in 0..<size { value |= Value(self[startIndex + offset + index]) << Value(8 * index) }
        guard let number = FileNumber(exactly: value) else {
            throw .malformed(.badNumber, "\(value) is no size, count or offset")
        }
        return number
    }

    /// The little-endian number at a place that the file gives.
    func number<Value: FixedWidthInteger>(at offset: FileNumber, _ type: Value.Type) throws(ArtefactStop)
        -> FileNumber
    {
        try number(at: offset.value, type)
    }

    /// Up to eight bytes as one number, little-endian.
    var littleEndianBits: UInt64 { prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    /// The byte `offset` bytes behind the beginning; `nil` outside.
    func byte(at offset: Int) -> UInt8? {
        offset >= 0 && offset < count ? self[startIndex + offset] : nil
    }

    /// The bytes from `offset` on, up to `most` of them; none outside.
    func part(from offset: Int, most: Int = .max) -> SubSequence {
        guard offset >= 0, offset <= count else { return self[endIndex..<endIndex] }
        return self[(startIndex + offset)...].prefix(Swift.max(0, most))
    }
}
