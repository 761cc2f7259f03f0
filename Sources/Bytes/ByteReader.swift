#if canImport(Glibc)
    import Glibc
#endif

/// The one place where raw bytes of the input are read: every access is checked against the end.
public struct ByteReader {
    /// What is read; it has to outlive the reader.
    public let bytes: UnsafeRawBufferPointer
    /// Offset of the next byte to be read, 0 at the start of `bytes`.
    public private(set) var offset: Int
    /// Byte order of the numbers that follow; a format may tell it in its head.
    public var isBigEndian: Bool

    /// A read past the end.
    public struct EndOfData: Error, Sendable, Hashable {
        /// Where the read began.
        public let offset: Int
        /// Bytes that were asked for; negative where a length of the input is.
        public let wanted: Int
    }

    /// - Parameter offset: where to begin; moved to the nearest end when it is outside.
    public init(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0, isBigEndian: Bool = false) {
        self.bytes = bytes
        self.offset = min(max(offset, 0), bytes.count)
        self.isBigEndian = isBigEndian
    }

    /// Bytes from `offset` to the end.
    public var remaining: Int { bytes.count - offset }

    /// Passes over `count` bytes.
    /// - Throws: `EndOfData` when there are fewer or `count` is negative; the offset stays.
    public mutating func skip(_ count: Int) throws(EndOfData) {
        guard count >= 0, count <= remaining else { throw EndOfData(offset: offset, wanted: count) }
        offset += count
    }

    /// The next `count` bytes, not copied.
    /// - Throws: `EndOfData` when there are fewer or `count` is negative; the offset stays.
    public mutating func take(_ count: Int) throws(EndOfData) -> UnsafeRawBufferPointer {
        let start = offset
        try skip(count)
        return UnsafeRawBufferPointer(rebasing: bytes[start..<offset])
    }

    /// The next number in the reader's byte order, aligned or not.
    /// - Throws: `EndOfData` when there are too few bytes; the offset stays.
    public mutating func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(EndOfData) -> Value {
        let size = MemoryLayout<Value>.size
        guard size <= remaining else { throw EndOfData(offset: offset, wanted: size) }
        let value = bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
        offset += size
        return isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
    }

    /// The next byte.
    public mutating func uint8() throws(EndOfData) -> UInt8 { try integer() }
    /// The next 2 bytes as a number.
    public mutating func uint16() throws(EndOfData) -> UInt16 { try integer() }
    /// The next 4 bytes as a number.
    public mutating func uint32() throws(EndOfData) -> UInt32 { try integer() }
    /// The next 8 bytes as a number.
    public mutating func uint64() throws(EndOfData) -> UInt64 { try integer() }
}

extension UnsafeRawBufferPointer {
    /// Whether the bytes begin with `prefix` (at `offset`).
    public func starts(with prefix: StaticString, at offset: Int = 0) -> Bool {
        guard offset >= 0, count - offset >= prefix.utf8CodeUnitCount else { return false }
        for index in 0..<prefix.utf8CodeUnitCount where self[offset + index] != prefix.utf8Start[index] { return false }
        return true
    }

    /// The C library's search, many bytes at a time.
    public func contains(byte: UInt8) -> Bool { baseAddress.map { memchr($0, Int32(byte), count) != nil } ?? false }

    /// Line feeds; a last line without one is not counted.
    public var newlineCount: Int {
        guard let base = baseAddress else { return 0 }
        var total = 0
        var index = 0
        while index < count, let hit = memchr(base + index, 0x0A, count - index) {
            total += 1
            index = UnsafeRawPointer(hit) - base + 1
        }
        return total
    }

    /// The bytes as text, with invalid sequences replaced.
    public var repairedText: String { String(decoding: self, as: UTF8.self) }

    /// The little-endian number at `offset`; `nil` where the bytes end before.
    public func littleEndian<Value: FixedWidthInteger>(at offset: Int, _ type: Value.Type) -> Value? {
        guard offset >= 0, offset <= count, MemoryLayout<Value>.size <= count - offset else { return nil }
        return Value(littleEndian: loadUnaligned(fromByteOffset: offset, as: Value.self))
    }

    /// A part counted from 0 again, cut to what is there.
    public func slice(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: self[range.clamped(to: 0..<count)])
    }
}
