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

    /// A stream whose length nobody knows is first read to its end.
    init(_ source: any RandomAccessBytes) throws(ArtefactStop) {
        self.source = source
        do throws(ReadError) { count = try source.foundByteCount() } catch { throw .unreadable(error) }
        budget = min(count, 256 << 20) + (1 << 16)
    }

    /// The little-endian number at `offset`.
    func integer<Value: FixedWidthInteger>(at offset: FileNumber, _ type: Value.Type = Value.self)
        throws(ArtefactStop) -> Value
    {
        let size = MemoryLayout<Value>.size
        guard offset.value <= count, size <= count - offset.value else {
            throw .malformed(.badOffsets, "an offset of \(offset) is outside the file", at: offset.value)
        }
        var value: Value = 0
        for index in 0..<size {
            value |= Value(truncatingIfNeeded: try byte(at: offset.value + index)) << Value(8 * index)
        }
        return value
    }

    /// The little-endian size, count or offset at `offset`.
    func number<Value: FixedWidthInteger>(at offset: FileNumber, _ type: Value.Type) throws(ArtefactStop)
        -> FileNumber
    {
        let value = try integer(at: offset, type)
        guard let number = FileNumber(exactly: value) else {
            throw .malformed(.badNumber, "\(value) is no size, count or offset", at: offset.value)
        }
        return number
    }

    /// A byte inside the bounds, as the callers have checked.
    private func byte(at offset: Int) throws(ArtefactStop) -> UInt8 {
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

    func bytes(at offset: FileNumber, count: Int) throws(ArtefactStop) -> [UInt8] {
        let start = offset.value
        guard count >= 0, start <= self.count, count <= self.count - start else {
            throw .malformed(.badOffsets, "\(count) bytes at \(start) are outside the file", at: start)
        }
        guard count < budget - 8 else { throw .notInspected("tables that point at one another without end") }
        budget -= count + 8
        do throws(ReadError) { return try source.bytes(at: start, count: count) } catch { throw .unreadable(error) }
    }
}

/// FlatBuffers (flatbuffers.dev, "Internals"): tables whose fields are found by a table of offsets.
struct FlatBuffer {
    let bytes: PagedBytes
    /// Added to every offset: where the buffer begins in the file.
    let base: FileNumber

    struct Table {
        let place: FileNumber
        fileprivate let vtable: FileNumber
        fileprivate let vtableSize: FileNumber
    }

    struct Vector {
        let start: FileNumber
        let count: FileNumber

        /// Ordinals of the items, of the first `most` of them.
        func indices(most: Int = .max) -> Range<Int> { count.indices(most: most) }

        /// Where an item begins.
        func place(of index: Int, size: Int) throws(ArtefactStop) -> FileNumber {
            try start + FileNumber(count: index) * size
        }
    }

    init(_ source: any RandomAccessBytes, base: FileNumber = .zero) throws(ArtefactStop) {
        self.init(try PagedBytes(source), base: base)
    }

    init(_ bytes: PagedBytes, base: FileNumber) {
        self.bytes = bytes
        self.base = base
    }

    func root() throws(ArtefactStop) -> Table { try table(at: try follow(base)) }

    func table(at place: FileNumber) throws(ArtefactStop) -> Table {
        // Signed: the table of offsets may stand on either side.
        let distance = try bytes.integer(at: place, Int32.self)
        let vtable = try place - Int(distance)
        let size = try bytes.number(at: vtable, UInt16.self)
        guard size >= 4, size.value % 2 == 0 else {
            throw .malformed(.badHeader, "a table of offsets of \(size) bytes", at: vtable.value)
        }
        return Table(place: place, vtable: vtable, vtableSize: size)
    }

    /// Place of a field's value, `nil` when it has its default.
    func place(_ field: Int, of table: Table) throws(ArtefactStop) -> FileNumber? {
        guard table.vtableSize >= 6 + 2 * field else { return nil }
        let offset = try bytes.number(at: table.vtable + (4 + 2 * field), UInt16.self)
        return offset == 0 ? nil : try table.place + offset
    }

    func integer<Value: FixedWidthInteger>(_ field: Int, of table: Table, _ type: Value.Type, default value: Value = 0)
        throws(ArtefactStop) -> Value
    {
        guard let place = try place(field, of: table) else { return value }
        return try bytes.integer(at: place, type)
    }

    /// A field that is a size, count or offset; 0 where it is not there.
    func number<Value: FixedWidthInteger>(_ field: Int, of table: Table, _ type: Value.Type) throws(ArtefactStop)
        -> FileNumber
    {
        guard let place = try place(field, of: table) else { return .zero }
        return try bytes.number(at: place, type)
    }

    private func follow(_ place: FileNumber) throws(ArtefactStop) -> FileNumber {
        try place + bytes.number(at: place, UInt32.self)
    }

    func table(_ field: Int, of table: Table) throws(ArtefactStop) -> Table? {
        guard let place = try place(field, of: table) else { return nil }
        return try self.table(at: try follow(place))
    }

    /// - Parameter size: bytes of an element: what is announced must fit in the file.
    func vector(_ field: Int, of table: Table, size: Int) throws(ArtefactStop) -> Vector? {
        guard let place = try place(field, of: table) else { return nil }
        let start = try follow(place)
        let count = try bytes.number(at: start, UInt32.self)
        let first = try start + 4
        guard try first + count * max(1, size) <= bytes.count else {
            throw .malformed(.countTooLarge, "\(count) items do not fit in the file", at: start.value)
        }
        return Vector(start: first, count: count)
    }

    /// The table that item `index` of a vector of offsets leads to.
    func table(_ index: Int, in vector: Vector) throws(ArtefactStop) -> Table {
        try table(at: try follow(try vector.place(of: index, size: 4)))
    }

    func text(_ field: Int, of table: Table, limit: Int = 1000) throws(ArtefactStop) -> String? {
        guard let vector = try vector(field, of: table, size: 1) else { return nil }
        return String(
            decoding: try bytes.bytes(at: vector.start, count: min(vector.count.value, limit)), as: UTF8.self)
    }

    /// 32-bit numbers, at most 64 of them.
    func numbers(_ field: Int, of table: Table) throws(ArtefactStop) -> [Int] {
        guard let vector = try vector(field, of: table, size: 4) else { return [] }
        guard vector.count <= 64 else {
            throw .malformed(.badDims, "\(vector.count) dimensions", at: vector.start.value)
        }
        var out: [Int] = []
        for index in vector.indices() {
            out.append(Int(try bytes.integer(at: try vector.place(of: index, size: 4), Int32.self)))
        }
        return out
    }

    /// `KeyValue` tables: key in field 0, value in field 1.
    func pairs(_ field: Int, of table: Table, limit: Int = 100) throws(ArtefactStop) -> [(String, String)] {
        guard let vector = try vector(field, of: table, size: 4) else { return [] }
        var out: [(String, String)] = []
        for index in vector.indices(most: limit) {
            let entry = try self.table(index, in: vector)
            out.append((try text(0, of: entry, limit: 200) ?? "", try text(1, of: entry) ?? ""))
        }
        return out
    }
}
