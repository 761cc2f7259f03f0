import OpenscanBytes
import OpenscanFacts

/// Apache Parquet (parquet-format, parquet.thrift): the footer alone; compact thrift.
enum Parquet {
    static let format = ArtefactFormat(
        id: "parquet", kind: .data, magic: { $0.starts(with: "PAR1") || $0.starts(with: "PARE") },
        name: { $0.hasEnding(".parquet") }, read: read)

    private static let longestFooter = 16 << 20

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard let size = input.knownSize else {
            throw .notInspected("the footer is at an end that nobody knows")
        }
        guard size >= 12 else { throw .malformed(.truncated, "too short for a footer", at: size.value) }
        let end = try size - 8
        let tail = try input.piece(at: end, count: 8)
        guard tail.count == 8 else { throw .malformed(.truncated, "the file ends before its footer", at: end.value) }
        if tail.suffix(4).elementsEqual(Array("PARE".utf8)) {
            throw .unsupported(Finding(.unsupportedVersion, .low, "an encrypted footer", offset: end.value))
        }
        guard tail.suffix(4).elementsEqual(Array("PAR1".utf8)) else {
            throw .malformed(.truncated, "no footer at the end", at: end.value)
        }
        let length = try tail.number(at: 0, UInt32.self)
        guard try length <= size - 12 else {
            throw .malformed(.headerLength, "a footer of \(length) bytes in a file of \(size)", at: end.value)
        }
        guard length <= longestFooter else { throw .notInspected("a footer of \(length) bytes") }
        var footer = Footer()
        try footer.read(
            ThriftCompact(
                ByteCursor(
                    input.bytes, from: try (end - length).value, to: end.value, window: min(length.value, 1 << 20))))
        facts.note("rows", footer.rows)
        facts.note("columns", footer.leaves)
        facts.note("rowGroups", footer.rowGroups)
        if let writer = footer.writer { facts.note("created_by", writer) }
        if !footer.names.isEmpty { facts.note("names", footer.names.joined(separator: ", ")) }
        for (key, value) in footer.pairs { facts.note(key, value) }
        if footer.rows.map({ $0 < 0 }) ?? true { facts.spoil(.badNumber, "no number of rows") }
    }

    private struct Footer {
        var rows: Int?, writer: String?
        var leaves = 0, rowGroups = 0
        var names: [String] = []
        var pairs: [(String, String)] = []

        mutating func read(_ thrift: ThriftCompact) throws(ArtefactStop) {
            try thrift.structure(depth: 0) { field, type throws(ArtefactStop) in
                switch (field, type) {
                case (2, .list):
                    var elements = 0
                    var pendingChildren = 0
                    try thrift.list(depth: 1) { _ throws(ArtefactStop) in
                        elements += 1
                        var name = ""
                        var children = 0
                        try thrift.structure(depth: 2) { field, type throws(ArtefactStop) in
                            switch (field, type) {
                            case (4, .binary): name = try thrift.text(limit: 200)
                            case (5, .i32): children = Int(clamping: try thrift.zigzag())
                            default: try thrift.skip(type, depth: 3)
                            }
                        }
                        // The first element is the root.
                        if elements == 1 { return }
                        if children == 0 { leaves += 1 }
                        if pendingChildren == 0, names.count < 100 { names.append(name) }
                        // Fewer than a million for each element that was read: the sum stays far below what fits.
                        pendingChildren = max(0, pendingChildren - 1) + max(0, min(children, 1 << 20))
                    }
                case (3, .i64): rows = Int(try thrift.zigzag())
                case (4, .list):
                    try thrift.list(depth: 1) { type throws(ArtefactStop) in
                        rowGroups += 1
                        try thrift.skip(type, depth: 2)
                    }
                case (5, .list):
                    try thrift.list(depth: 1) { _ throws(ArtefactStop) in
                        var key = ""
                        var value = ""
                        try thrift.structure(depth: 2) { field, type throws(ArtefactStop) in
                            switch (field, type) {
                            case (1, .binary): key = try thrift.text(limit: 200)
                            case (2, .binary): value = try thrift.text(limit: 1000)
                            default: try thrift.skip(type, depth: 3)
                            }
                        }
                        if pairs.count < 100 { pairs.append((key, value)) }
                    }
                case (6, .binary): writer = try thrift.text(limit: 200)
                default: try thrift.skip(type, depth: 1)
                }
            }
        }
    }
}

/// Thrift's compact protocol (thrift/doc/specs/thrift-compact-protocol.md).
struct ThriftCompact {
    enum Kind: UInt8 {
        case stop = 0
        case yes, no, byte, i16, i32, i64, double, binary, list, set, map, structure, uuid
    }

    let cursor: ByteCursor
    private static let deepest = 32

    init(_ cursor: ByteCursor) { self.cursor = cursor }

    func zigzag() throws(ArtefactStop) -> Int64 {
        let value = try cursor.varint()
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    private func length() throws(ArtefactStop) -> FileNumber {
        let value = try cursor.varint()
        guard let length = FileNumber(exactly: value), length <= cursor.remaining else {
            throw .malformed(.countTooLarge, "\(value) items or bytes do not fit", at: cursor.offset)
        }
        return length
    }

    /// Items of a list, by the byte in front of it: a short count stands in it, a long one behind it.
    private func count(_ head: UInt8) throws(ArtefactStop) -> FileNumber {
        head >> 4 == 15 ? try length() : FileNumber(count: Int(head >> 4))
    }

    /// The number of a field: as it stands there, or so much more than the last one's. Numbers have 15 bits.
    private func field(_ head: UInt8, after last: FileNumber) throws(ArtefactStop) -> FileNumber {
        let number = head >> 4 == 0 ? FileNumber(exactly: try zigzag()) : last.adding(Int(head >> 4))
        guard let number, number <= 0x7FFF else {
            throw .malformed(.badNumber, "a field whose number is none", at: cursor.offset)
        }
        return number
    }

    func text(limit: Int) throws(ArtefactStop) -> String { try cursor.text(try length(), limit: limit) }

    private func kind(_ raw: UInt8) throws(ArtefactStop) -> Kind {
        guard let kind = Kind(rawValue: raw) else {
            throw .malformed(.badType, "thrift type \(raw)", at: cursor.offset)
        }
        return kind
    }

    func structure(depth: Int, _ visit: (Int, Kind) throws(ArtefactStop) -> Void) throws(ArtefactStop) {
        guard depth < Self.deepest else {
            throw .malformed(.nestingDepth, "structures deeper than \(Self.deepest)", at: cursor.offset)
        }
        var field = FileNumber.zero
        while true {
            let head = try cursor.uint8()
            let kind = try kind(head & 0x0F)
            if kind == .stop { return }
            field = try self.field(head, after: field)
            try visit(field.value, kind)
        }
    }

    func list(depth: Int, _ visit: (Kind) throws(ArtefactStop) -> Void) throws(ArtefactStop) {
        guard depth < Self.deepest else {
            throw .malformed(.nestingDepth, "lists deeper than \(Self.deepest)", at: cursor.offset)
        }
        let head = try cursor.uint8()
        let kind = try kind(head & 0x0F)
        let count = try count(head)
        guard count <= cursor.remaining else {
            throw .malformed(.countTooLarge, "\(count) items do not fit", at: cursor.offset)
        }
        for _ in count.indices() { try visit(kind) }
    }

    func skip(_ kind: Kind, depth: Int, inList: Bool = false) throws(ArtefactStop) {
        guard depth < Self.deepest else {
            throw .malformed(.nestingDepth, "values deeper than \(Self.deepest)", at: cursor.offset)
        }
        switch kind {
        case .stop: throw .malformed(.badType, "a value without a type", at: cursor.offset)
        case .yes, .no: if inList { try cursor.skip(1) }
        case .byte: try cursor.skip(1)
        case .i16, .i32, .i64: _ = try cursor.varint()
        case .double: try cursor.skip(8)
        case .uuid: try cursor.skip(16)
        case .binary: try cursor.skip(try length())
        case .list, .set:
            let head = try cursor.uint8()
            let item = try self.kind(head & 0x0F)
            for _ in try count(head).indices() { try skip(item, depth: depth + 1, inList: true) }
        case .structure:
            while true {
                let head = try cursor.uint8()
                if head & 0x0F == 0 { return }
                if head >> 4 == 0 { _ = try cursor.varint() }
                try skip(try self.kind(head & 0x0F), depth: depth + 1)
            }
        case .map:
            let count = try length()
            guard count > 0 else { return }
            let kinds = try cursor.uint8()
            let (key, value) = (try self.kind(kinds >> 4), try self.kind(kinds & 0x0F))
            for _ in count.indices() {
                try skip(key, depth: depth + 1, inList: true)
                try skip(value, depth: depth + 1, inList: true)
            }
        }
    }
}
