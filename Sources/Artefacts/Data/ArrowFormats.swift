import OpenscanBytes
import OpenscanFacts

/// Apache Arrow IPC (arrow/format/File.fbs, Message.fbs, Schema.fbs): the schema and the lengths of the batches.
enum ArrowFormats {
    static let file = ArtefactFormat(
        id: "arrow-file", kind: .data, magic: { $0.starts(with: "ARROW1") }, name: { $0.hasEnding(".feather") },
        read: readFile)
    static let stream = ArtefactFormat(
        id: "arrow-stream", kind: .data, magic: { isStream($0) },
        name: { $0.hasEnding(".arrow", ".arrows") && !$0.isText }, read: readStream)

    private static let longestMessage = 16 << 20
    private static let batchLimit = 1_000_000

    /// The continuation mark and the length of a schema, then the root of a table.
    private static func isStream(_ head: FileHead) -> Bool {
        guard head.bytes.count >= 16, head.bytes.loadUnaligned(as: UInt32.self) == .max else { return false }
        let length = head.bytes.loadUnaligned(fromByteOffset: 4, as: UInt32.self).littleEndian
        return length > 0 && length % 8 == 0 && length < 1 << 24
            && head.bytes.loadUnaligned(fromByteOffset: 8, as: UInt32.self).littleEndian < 256
    }

    private static func readFile(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard let size = input.size ?? (input.bytes.byteCount == .max ? nil : input.bytes.byteCount) else {
            throw .notInspected("the footer is at an end that nobody knows")
        }
        let start = try input.piece(at: 0, count: 6)
        if start.starts(with: Array("FEA1".utf8)) {
            throw .unsupported(Finding(.unsupportedVersion, .info, "Feather version 1", offset: 0))
        }
        guard start.elementsEqual(Array("ARROW1".utf8)) else { throw .malformed(.badHeader, "no Arrow file", at: 0) }
        guard size >= 20 else { throw .malformed(.truncated, "too short for a footer", at: size) }
        let tail = try input.piece(at: size - 10, count: 10)
        guard tail.count == 10, tail.suffix(6).elementsEqual(Array("ARROW1".utf8)) else {
            throw .malformed(.truncated, "no footer at the end", at: size - 6)
        }
        let length = Int(tail[0]) | Int(tail[1]) << 8 | Int(tail[2]) << 16 | Int(tail[3]) << 24
        guard length <= size - 18 else {
            throw .malformed(.headerLength, "a footer of \(length) bytes in a file of \(size)", at: size - 10)
        }
        let buffer = FlatBuffer(input.bytes, base: size - 10 - length)
        let footer = try buffer.root()
        if let schema = try buffer.table(1, of: footer) { try describe(buffer, schema, &facts) }
        for (key, value) in try buffer.pairs(4, of: footer) { facts.note(key, value) }
        // Blocks: offset, length of the message, length of the body.
        guard let batches = try buffer.vector(3, of: footer, size: 24) else { return facts.note("rows", 0) }
        var rows = 0
        facts.note("batches", batches.count)
        for index in 0..<min(batches.count, batchLimit) {
            let block = batches.start + 24 * index
            let offset = try buffer.bytes.integer(at: block, UInt64.self)
            let body = try buffer.bytes.integer(at: block + 16, UInt64.self)
            guard let place = Int(exactly: offset), place <= size - 8, body <= UInt64(size) else {
                throw .malformed(.badOffsets, "a batch at \(offset) is outside the file", at: block)
            }
            rows &+= try batch(buffer.bytes, at: place)?.rows ?? 0
        }
        facts.note("rows", rows)
    }

    /// The message at `place`: rows of a record batch, and where the next one begins.
    private static func batch(_ bytes: PagedBytes, at place: Int) throws(ArtefactStop) -> (
        kind: UInt8, rows: Int, next: Int, message: FlatBuffer, table: FlatBuffer.Table
    )? {
        var start = place
        var length = try bytes.integer(at: start, UInt32.self)
        start += 4
        if length == .max {
            length = try bytes.integer(at: start, UInt32.self)
            start += 4
        }
        if length == 0 { return nil }
        guard Int(length) <= bytes.count - start, Int(length) <= longestMessage else {
            throw .malformed(.truncated, "a message of \(length) bytes goes past the end", at: place)
        }
        let message = FlatBuffer(bytes, base: start)
        let table = try message.root()
        let kind = try message.integer(1, of: table, UInt8.self)
        let body = try message.integer(3, of: table, Int64.self)
        guard body >= 0, body <= bytes.count - start - Int(length) else {
            throw .malformed(.truncated, "a body of \(body) bytes goes past the end", at: place)
        }
        var rows = 0
        if kind == 3, let header = try message.table(2, of: table) {
            rows = Int(try message.integer(0, of: header, Int64.self))
        }
        guard rows >= 0 else { throw .malformed(.badNumber, "a batch of \(rows) rows", at: place) }
        return (kind, rows, start + Int(length) + Int(body), message, table)
    }

    private static func readStream(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard input.bytes.byteCount != .max else { throw .notInspected("a stream of unknown length") }
        let bytes = PagedBytes(input.bytes)
        var place = 0
        var rows = 0
        var batches = 0
        while place + 8 <= bytes.count, batches < batchLimit {
            guard let message = try batch(bytes, at: place) else { break }
            if message.kind == 1, place == 0, let schema = try message.message.table(2, of: message.table) {
                try describe(message.message, schema, &facts)
            }
            if place == 0, message.kind != 1 {
                throw .malformed(.badHeader, "the stream does not begin with a schema", at: 0)
            }
            if message.kind == 3 {
                rows &+= message.rows
                batches += 1
            }
            guard message.next > place else { break }
            place = message.next
        }
        facts.note("rows", rows)
        facts.note("batches", batches)
    }

    private static func describe(_ buffer: FlatBuffer, _ schema: FlatBuffer.Table, _ facts: inout ArtefactFacts)
        throws(ArtefactStop)
    {
        if let fields = try buffer.vector(1, of: schema, size: 4) {
            facts.note("columns", fields.count)
            var names: [String] = []
            for index in 0..<min(fields.count, 100) {
                names.append(try buffer.text(0, of: try buffer.table(index, in: fields), limit: 100) ?? "")
            }
            facts.note("names", names.joined(separator: ", "))
        }
        for (key, value) in try buffer.pairs(2, of: schema) { facts.note(key, value) }
    }
}
