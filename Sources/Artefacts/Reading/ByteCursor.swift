import OpenscanBytes
import OpenscanFacts

#if canImport(Glibc)
    import Glibc
#endif

/// Bytes of any length read front to back through a window of bounded size; skipping costs nothing where the source can seek.
///
/// Pointers and slices that it gives out hold until the next call.
final class ByteCursor {
    let source: any RandomAccessBytes
    /// Offset in `source` of the next byte.
    private(set) var offset: Int
    /// Where reading ends: the end of the source or of the part that is read. Never past `furthest`, so that an offset and
    /// what still fits behind it have a sum.
    private(set) var end: Int
    /// Whether something ends there, and not only our patience with a stream whose length nobody knows.
    private(set) var isEndKnown: Bool
    var isBigEndian = false

    private var window: UnsafeMutableRawBufferPointer
    private var start = 0
    private var filled = 0
    /// Bytes that the next refill asks for: few behind a jump, more and more while reading goes on.
    private var step = ByteCursor.smallestStep

    static let windowSize = 64 << 10
    private static let smallestStep = 4096
    /// A jump that costs less to read over than to ask the system once more.
    private static let shortJump = 12 << 10
    /// More than any disk holds, and far from where numbers end.
    private static let furthest = 1 << 60
    /// The longest piece that is held at once.
    static let longestPiece = 8 << 20

    init(_ source: any RandomAccessBytes, from offset: Int = 0, to end: Int? = nil, window: Int = windowSize) {
        self.source = source
        self.offset = min(max(0, offset), Self.furthest)
        let known = end ?? source.knownByteCount
        isEndKnown = known != nil
        self.end = min(known ?? .max, source.knownByteCount ?? .max, Self.furthest)
        start = self.offset
        self.window = .allocate(byteCount: min(window, max(64, self.end - self.offset)), alignment: 16)
    }

    deinit { window.deallocate() }

    var remaining: Int { max(0, end - offset) }
    var isAtEnd: Bool {
        get throws(ArtefactStop) {
            if offset >= end { return true }
            return try peek(upTo: 1).isEmpty
        }
    }

    /// Up to `count` bytes from here, fewer only at the end.
    @inline(__always)
    func peek(upTo count: Int) throws(ArtefactStop) -> UnsafeRawBufferPointer {
        let place = offset - start
        if place >= 0, count <= filled - place, count <= end - offset {
            return UnsafeRawBufferPointer(start: window.baseAddress.map { $0 + place }, count: count)
        }
        return try refill(count)
    }

    @inline(never)
    private func refill(_ wanted: Int) throws(ArtefactStop) -> UnsafeRawBufferPointer {
        let count = min(wanted, remaining)
        guard count <= Self.longestPiece else {
            throw .malformed(
                .stringLength, "a piece of \(count) bytes is over the limit of \(Self.longestPiece)", at: offset)
        }
        if count > window.count {
            window.deallocate()
            window = .allocate(byteCount: count, alignment: 16)
            filled = 0
            start = offset
        }
        let place = offset - start
        if place < 0 || place + count > filled {
            // What is left of the window moves to its front.
            let kept = place >= 0 && place < filled ? filled - place : 0
            if kept > 0, place > 0, let base = window.baseAddress {
                base.copyMemory(from: base + place, byteCount: kept)
            }
            let wasFilled = filled
            start = offset
            filled = kept
            step = place >= 0 && place <= wasFilled + Self.shortJump ? min(step * 2, window.count) : Self.smallestStep
            // No further than the end: what lies behind may be another reader's.
            let room = UnsafeMutableRawBufferPointer(
                rebasing: window[kept..<max(kept, min(window.count, end - offset, max(count, kept + step)))])
            do throws(ReadError) {
                filled += try source.read(at: offset + kept, into: room)
                // Short of the end only where the rest is not here: who asks for it is told so.
                while filled < count {
                    let got = try source.read(
                        at: offset + filled, into: UnsafeMutableRawBufferPointer(rebasing: room[(filled - kept)...]))
                    if got == 0 { break }
                    filled += got
                }
            } catch {
                throw .unreadable(error)
            }
            if offset + filled < end, filled < count { limit(to: offset + filled) }
        }
        return UnsafeRawBufferPointer(
            rebasing: UnsafeRawBufferPointer(window)[
                (offset - start)..<(offset - start) + min(count, filled - (offset - start))])
    }

    /// Exactly `count` bytes from here, which stay to be read.
    @inline(__always)
    func peek(_ count: Int) throws(ArtefactStop) -> UnsafeRawBufferPointer {
        let bytes = try peek(upTo: count)
        guard bytes.count == count else { throw Self.truncated(offset, count) }
        return bytes
    }

    private static func truncated(_ offset: Int, _ count: Int) -> ArtefactStop {
        .malformed(.truncated, "\(count) bytes are announced and the file ends before", at: offset)
    }

    /// The next bytes, of a length that the file gives.
    func take(_ count: FileNumber) throws(ArtefactStop) -> UnsafeRawBufferPointer { try take(count.value) }

    @inline(__always)
    func take(_ count: Int) throws(ArtefactStop) -> UnsafeRawBufferPointer {
        guard count >= 0 else { throw .malformed(.badNumber, "a negative length", at: offset) }
        let bytes = try peek(count)
        offset += count
        return bytes
    }

    func skip(_ count: Int) throws(ArtefactStop) {
        guard count >= 0, count <= remaining else { throw Self.truncated(offset, count) }
        offset += count
    }

    /// Skips a length that the file gives.
    func skip(_ count: UInt64) throws(ArtefactStop) {
        guard let known = Int(exactly: count) else {
            throw .malformed(.truncated, "\(count) bytes are announced and the file ends before", at: offset)
        }
        try skip(known)
    }

    /// Skips a length that the file gives.
    func skip(_ count: FileNumber) throws(ArtefactStop) { try skip(count.value) }

    func seek(to place: FileNumber) throws(ArtefactStop) { try seek(to: place.value) }

    func seek(to place: Int) throws(ArtefactStop) {
        guard place >= 0, place <= end else {
            throw .malformed(.badOffsets, "offset \(place) is outside the file", at: offset)
        }
        offset = place
    }

    /// Reads on only to `place`; an end that lies behind the present one changes nothing.
    func limit(to place: Int) {
        guard place <= end else { return }
        end = place
        isEndKnown = true
    }

    /// The offset, to calculate with.
    var place: FileNumber { FileNumber(count: offset) }

    /// Everything from the beginning to the end: to `size`, where that is announced.
    func whole(_ size: Int?) -> Range<Int> { 0..<max(0, min(size ?? end, Self.furthest)) }

    /// The place of the next `count` bytes, which have to end at `bound` or before.
    func span(_ count: FileNumber, within bound: Int = .max) throws(ArtefactStop) -> Range<Int> {
        guard count <= max(0, min(bound, end) - offset) else {
            throw .malformed(.truncated, "\(count) bytes go past the end of what holds them", at: offset)
        }
        return offset..<offset + count.value
    }

    @inline(__always)
    func integer<Value: FixedWidthInteger>(_ type: Value.Type = Value.self) throws(ArtefactStop) -> Value {
        let bytes = try peek(MemoryLayout<Value>.size)
        let value = bytes.loadUnaligned(as: Value.self)
        offset += MemoryLayout<Value>.size
        return isBigEndian ? Value(bigEndian: value) : Value(littleEndian: value)
    }

    @inline(__always)
    func uint8() throws(ArtefactStop) -> UInt8 { try integer() }
    func uint16() throws(ArtefactStop) -> UInt16 { try integer() }
    func uint32() throws(ArtefactStop) -> UInt32 { try integer() }
    func uint64() throws(ArtefactStop) -> UInt64 { try integer() }
    func int32() throws(ArtefactStop) -> Int32 { try integer() }

    /// The next number as a size, count or offset.
    @inline(__always)
    func number<Value: FixedWidthInteger>(_ type: Value.Type) throws(ArtefactStop) -> FileNumber {
        let begin = offset
        let value = try integer(type)
        guard let number = FileNumber(exactly: value) else { throw Self.impossible("\(value)", begin) }
        return number
    }

    /// The next base-128 number as a size, count or offset.
    @inline(__always)
    func varnumber() throws(ArtefactStop) -> FileNumber {
        let begin = offset
        let value = try varint()
        guard let number = FileNumber(exactly: value) else { throw Self.impossible("\(value)", begin) }
        return number
    }

    private static func impossible(_ value: String, _ offset: Int) -> ArtefactStop {
        .malformed(.badNumber, "\(value) is no size, count or offset", at: offset)
    }

    /// The next number as a count: at most `most`, so that nothing is allocated on its word.
    func count<Value: FixedWidthInteger>(_ type: Value.Type, of what: String, most: Int) throws(ArtefactStop)
        -> FileNumber
    {
        let value = try integer(type)
        guard let count = FileNumber(exactly: value), count <= most else {
            throw .malformed(.countTooLarge, "\(value) \(Wording(what)) do not fit in the file", at: offset)
        }
        return count
    }

    /// Text of `count` bytes, its beginning when it is longer than `limit`.
    func text(_ count: Int, limit: Int = 4096) throws(ArtefactStop) -> String {
        guard count >= 0, count <= remaining else {
            throw .malformed(.stringLength, "a string of \(count) bytes does not fit in the file", at: offset)
        }
        let shown = try peek(min(count, limit)).repairedText
        offset += count
        return shown
    }

    /// Text of a length that the file gives.
    func text(_ count: FileNumber, limit: Int = 4096) throws(ArtefactStop) -> String {
        try text(count.value, limit: limit)
    }

    /// Bytes up to the next line feed, which is read too; `nil` when none comes within `limit`.
    func line(limit: Int = 4096) throws(ArtefactStop) -> UnsafeRawBufferPointer? {
        // Most lines are short: asking for the limit at once would move the window for each.
        var reach = min(128, limit)
        while true {
            let bytes = try peek(upTo: reach)
            if let base = bytes.baseAddress, let hit = memchr(base, 0x0A, bytes.count) {
                let length = UnsafeRawPointer(hit) - base
                offset += length + 1
                return UnsafeRawBufferPointer(rebasing: bytes[..<length])
            }
            guard bytes.count == reach, reach < limit else { return nil }
            reach = min(reach * 8, limit)
        }
    }

    /// A base-128 number of up to ten bytes, least significant group first (protobuf, thrift).
    @inline(__always)
    func varint() throws(ArtefactStop) -> UInt64 {
        let first = try uint8()
        if first < 0x80 { return UInt64(first) }
        var value = UInt64(first & 0x7F)
        var shift: UInt64 = 7
        while true {
            let byte = try uint8()
            if shift == 63, byte > 1 { throw .malformed(.badVarint, "a number longer than 64 bits", at: offset - 1) }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
            if shift > 63 { throw .malformed(.badVarint, "a number longer than 64 bits", at: offset - 1) }
        }
    }
}
