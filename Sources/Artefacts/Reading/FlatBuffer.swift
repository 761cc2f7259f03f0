import OpenscanBytes

/// Bytes at any offset through a handful of kept pages, for formats that jump.
final class PagedBytes {
    private let source: any RandomAccessBytes
    let count: Int
    private var pages: [[UInt8]] = Array(repeating: [], count: 16)
    private var numbers = Array(repeating: -1, count: 16)
    /// Reads that may still be made: tables that point at one another must not cost more than the file.
    private var budget: Int

    private static let pageSize = 4096

    init(_ source: any RandomAccessBytes) {
        self.source = source
        count = source.byteCount
        budget = min(count, 256 << 20) + (1 << 16)
    }

    /// The little-endian number at `offset`.
    func integer<Value: FixedWidthInteger>(at offset: Int, _ type: Value.Type = Value.self) throws(ArtefactStop)
        -> Value
    {
        var value: Value = 0
        for index in 0..<MemoryLayout<Value>.size {
            value |= Value(truncatingIfNeeded: try byte(at: offset &+ index)) << Value(8 * index)
        }
        return value
    }

    private func byte(at offset: Int) throws(ArtefactStop) -> UInt8 {
        guard offset >= 0, offset < count else {
            throw .malformed(.badOffsets, "an offset of \(offset) is outside the file", at: offset)
        }
        let page = offset / Self.pageSize
        let slot = page & 15
        if numbers[slot] != page {
            do throws(ReadError) {
                pages[slot] = try source.bytes(at: page * Self.pageSize, count: Self.pageSize)
            } catch { throw .unreadable(error) }
            numbers[slot] = page
        }
        budget -= 1
        guard budget > 0 else { throw .notInspected("tables that point at one another without end") }
        guard offset % Self.pageSize < pages[slot].count else {
            throw .malformed(.truncated, "the file ends before \(offset)", at: offset)
        }
        return pages[slot][offset % Self.pageSize]
    }

    func bytes(at offset: Int, count: Int) throws(ArtefactStop) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= self.count, count <= self.count - offset else {
            throw .malformed(.badOffsets, "\(count) bytes at \(offset) are outside the file", at: offset)
        }
        budget -= count + 8
        guard budget > 0 else { throw .notInspected("tables that point at one another without end") }
        do throws(ReadError) { return try source.bytes(at: offset, count: count) } catch { throw .unreadable(error) }
    }
}

/// FlatBuffers (flatbuffers.dev, "Internals"): tables whose fields are found by a table of offsets.
struct FlatBuffer {
    let bytes: PagedBytes
    /// Added to every offset: where the buffer begins in the file.
    let base: Int

    struct Table {
        let place: Int
        fileprivate let vtable: Int
        fileprivate let vtableSize: Int
    }

    struct Vector {
        let start: Int
        let count: Int
    }

    init(_ source: any RandomAccessBytes, base: Int = 0) {
        bytes = PagedBytes(source)
        self.base = base
    }

    init(_ bytes: PagedBytes, base: Int) {
        self.bytes = bytes
        self.base = base
    }

    func root() throws(ArtefactStop) -> Table { try table(at: base + Int(try bytes.integer(at: base, UInt32.self))) }

    func table(at place: Int) throws(ArtefactStop) -> Table {
        let vtable = place - Int(try bytes.integer(at: place, Int32.self))
        let size = Int(try bytes.integer(at: vtable, UInt16.self))
        guard size >= 4, size % 2 == 0 else {
            throw .malformed(.badHeader, "a table of offsets of \(size) bytes", at: vtable)
        }
        return Table(place: place, vtable: vtable, vtableSize: size)
    }

    /// Place of a field's value, `nil` when it has its default.
    func place(_ field: Int, of table: Table) throws(ArtefactStop) -> Int? {
        guard 6 + 2 * field <= table.vtableSize else { return nil }
        let offset = Int(try bytes.integer(at: table.vtable + 4 + 2 * field, UInt16.self))
        return offset == 0 ? nil : table.place + offset
    }

    func integer<Value: FixedWidthInteger>(_ field: Int, of table: Table, _ type: Value.Type, default value: Value = 0)
        throws(ArtefactStop) -> Value
    {
        guard let place = try place(field, of: table) else { return value }
        return try bytes.integer(at: place, type)
    }

    private func follow(_ place: Int) throws(ArtefactStop) -> Int {
        place + Int(try bytes.integer(at: place, UInt32.self))
    }

    func table(_ field: Int, of table: Table) throws(ArtefactStop) -> Table? {
        guard let place = try place(field, of: table) else { return nil }
        return try self.table(at: try follow(place))
    }

    /// - Parameter size: bytes of an element: what is announced must fit in the file.
    func vector(_ field: Int, of table: Table, size: Int) throws(ArtefactStop) -> Vector? {
        guard let place = try place(field, of: table) else { return nil }
        let start = try follow(place)
        let count = Int(try bytes.integer(at: start, UInt32.self))
        guard start + 4 <= bytes.count, count <= (bytes.count - start - 4) / max(1, size) else {
            throw .malformed(.countTooLarge, "\(count) items do not fit in the file", at: start)
        }
        return Vector(start: start + 4, count: count)
    }

    /// The table that item `index` of a vector of offsets leads to.
    func table(_ index: Int, in vector: Vector) throws(ArtefactStop) -> Table {
        try table(at: try follow(vector.start + 4 * index))
    }

    func text(_ field: Int, of table: Table, limit: Int = 1000) throws(ArtefactStop) -> String? {
        guard let vector = try vector(field, of: table, size: 1) else { return nil }
        return String(decoding: try bytes.bytes(at: vector.start, count: min(vector.count, limit)), as: UTF8.self)
    }

    /// 32-bit numbers, at most 64 of them.
    func numbers(_ field: Int, of table: Table) throws(ArtefactStop) -> [Int] {
        guard let vector = try vector(field, of: table, size: 4) else { return [] }
        guard vector.count <= 64 else { throw .malformed(.badDims, "\(vector.count) dimensions", at: vector.start) }
        var out: [Int] = []
        for index in 0..<vector.count { out.append(Int(try bytes.integer(at: vector.start + 4 * index, Int32.self))) }
        return out
    }

    /// `KeyValue` tables: key in field 0, value in field 1.
    func pairs(_ field: Int, of table: Table, limit: Int = 100) throws(ArtefactStop) -> [(String, String)] {
        guard let vector = try vector(field, of: table, size: 4) else { return [] }
        var out: [(String, String)] = []
        for index in 0..<min(vector.count, limit) {
            let entry = try self.table(index, in: vector)
            out.append((try text(0, of: entry, limit: 200) ?? "", try text(1, of: entry) ?? ""))
        }
        return out
    }
}
