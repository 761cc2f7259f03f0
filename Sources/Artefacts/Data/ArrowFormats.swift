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
        guard head.bytes.count >= 16, head.bytes.littleEndian(at: 0, UInt32.self) == .max,
            let length = head.bytes.littleEndian(at: 4, UInt32.self),
            let root = head.bytes.littleEndian(at: 8, UInt32.self)
        else { return false }
        return length > 0 && length % 8 == 0 && length < 1 << 24 && root < 256
    }

    private static func readFile(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard let size = input.knownSize else {
            throw .notInspected("the footer is at an end that nobody knows")
        }
        let start = try input.piece(at: 0, count: 6)
        if start.starts(with: Array("FEA1".utf8)) {
            throw .unsupported(Finding(.unsupportedVersion, .info, "Feather version 1", offset: 0))
        }
        guard start.elementsEqual(Array("ARROW1".utf8)) else { throw .malformed(.badHeader, "no Arrow file", at: 0) }
        guard size >= 20 else { throw .malformed(.truncated, "too short for a footer", at: size.value) }
        let end = try size - 10
        let tail = try input.piece(at: end, count: 10)
        guard tail.count == 10, tail.suffix(6).elementsEqual(Array("ARROW1".utf8)) else {
            throw .malformed(.truncated, "no footer at the end", at: end.value)
        }
        let length = try tail.number(at: 0, UInt32.self)
        guard try length <= size - 18 else {
            throw .malformed(.headerLength, "a footer of \(length) bytes in a file of \(size)", at: end.value)
        }
        let buffer = try FlatBuffer(input.bytes, base: try end - length)
        let footer = try buffer.root()
        if let schema = try buffer.table(1, of: footer) { try describe(buffer, schema, &facts) }
        for (key, value) in try buffer.pairs(4, of: footer) { facts.note(key, value) }
        // Blocks: offset, length of the message, length of the body.
        guard let batches = try buffer.vector(3, of: footer, size: 24) else { return facts.note("rows", 0) }
        var rows = FileNumber.zero
        facts.note("batches", batches.count)
        for index in batches.indices(most: batchLimit) {
            let block = try batches.place(of: index, size: 24)
            let place = try buffer.bytes.number(at: block, UInt64.self)
            let body = try buffer.bytes.number(at: try block + 16, UInt64.self)
            guard try place <= size - 8, body <= size else {
                throw .malformed(.badOffsets, "a batch at \(place) is outside the file", at: block.value)
            }
            rows = try rows + (try batch(buffer.bytes, at: place)?.rows ?? .zero)
        }
        facts.note("rows", rows)
    }

    /// The message at `place`: rows of a record batch, and where the next one begins.
    private static func batch(_ bytes: PagedBytes, at place: FileNumber) throws(ArtefactStop) -> (
        kind: UInt8, rows: FileNumber, next: FileNumber, message: FlatBuffer, table: FlatBuffer.Table
    )? {
        let isMarked = try bytes.integer(at: place, UInt32.self) == .max
        let start = try place + (isMarked ? 8 : 4)
        let length = try bytes.number(at: try start - 4, UInt32.self)
        if length == 0 { return nil }
        let bodyStart = try start + length
        guard bodyStart <= bytes.count, length <= longestMessage else {
            throw .malformed(.truncated, "a message of \(length) bytes goes past the end", at: place.value)
        }
        let message = FlatBuffer(bytes, base: start)
        let table = try message.root()
        let kind = try message.integer(1, of: table, UInt8.self)
        let body = try message.number(3, of: table, Int64.self)
        let next = try bodyStart + body
        guard next <= bytes.count else {
            throw .malformed(.truncated, "a body of \(body) bytes goes past the end", at: place.value)
        }
        var rows = FileNumber.zero
        if kind == 3, let header = try message.table(2, of: table) {
            rows = try message.number(0, of: header, Int64.self)
        }
        return (kind, rows, next, message, table)
    }

    private static func readStream(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard input.bytes.knownByteCount != nil else { throw .notInspected("a stream of unknown length") }
        let bytes = try PagedBytes(input.bytes)
        var place = FileNumber.zero
        var rows = FileNumber.zero
        var batches = 0
        while try place + 8 <= bytes.count, batches < batchLimit {
            guard let message = try batch(bytes, at: place) else { break }
            if message.kind == 1, place == 0, let schema = try message.message.table(2, of: message.table) {
                try describe(message.message, schema, &facts)
            }
            if place == 0, message.kind != 1 {
                throw .malformed(.badHeader, "the stream does not begin with a schema", at: 0)
            }
            if message.kind == 3 {
                rows = try rows + message.rows
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
            for index in fields.indices(most: 100) {
                names.append(try buffer.text(0, of: try buffer.table(index, in: fields), limit: 100) ?? "")
            }
            facts.note("names", names.joined(separator: ", "))
        }
        for (key, value) in try buffer.pairs(2, of: schema) { facts.note(key, value) }
    }
}
