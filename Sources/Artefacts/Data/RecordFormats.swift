import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// TFRecord (tensorflow.org, "TFRecord and tf.train.Example"): length, checksum of the length, data, checksum of the data.
enum TFRecord {
    static let format = ArtefactFormat(
        id: "tfrecord", kind: .data, magic: { isRecord($0.bytes) },
        name: { !$0.isText && ($0.hasEnding(".tfrecord", ".tfrecords") || $0.name.contains(".tfrecord-")) }, read: read)

    /// Records that are counted; a longer file says only that it has more.
    private static let limit = 20_000

    private static func isRecord(_ head: UnsafeRawBufferPointer) -> Bool {
        guard let length = head.littleEndian(at: 0, UInt64.self), length > 0, length < 1 << 40 else { return false }
        return maskedChecksum(head.slice(0..<8)) == head.littleEndian(at: 8, UInt32.self)
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        var rows = 0
        while try !cursor.isAtEnd, rows < limit {
            let place = cursor.offset
            let fits = maskedChecksum(try cursor.peek(8))
            let length = try cursor.uint64()
            guard try cursor.uint32() == fits else {
                throw .malformed(
                    rows == 0 ? .badHeader : .badValue, "the checksum of a record's length does not fit", at: place)
            }
            try cursor.skip(length)
            try cursor.skip(4)
            rows += 1
        }
        facts.note(try cursor.isAtEnd ? "rows" : "rowsAtLeast", rows)
    }

    /// CRC-32C, rotated and shifted as the format wants it.
    static func maskedChecksum(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)
            for _ in 0..<8 { value = value & 1 != 0 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
        }
        value = ~value
        return (value >> 15 | value << 17) &+ 0xA282_EAD8
    }
}

/// LMDB (openldap, libraries/liblmdb/mdb.c): the meta page that was written last.
enum LMDB {
    static let format = ArtefactFormat(
        id: "lmdb", kind: .data,
        magic: { $0.bytes.count >= 24 && $0.bytes.littleEndian(at: 16, UInt32.self) == magic },
        name: { $0.hasEnding(".mdb") && !$0.isText }, read: read)

    private static let magic: UInt32 = 0xBEEF_C0DE

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard let first = try meta(input.cursor()) else {
            throw .malformed(.badHeader, "no meta page of LMDB", at: 16)
        }
        guard first.pageSize >= 256, first.pageSize <= 65_536 else {
            throw .malformed(.badHeader, "pages of \(first.pageSize) bytes", at: 40)
        }
        var newest = first
        if let second = try? meta(input.cursor(from: first.pageSize)), second.transaction > first.transaction {
            newest = second
        }
        facts.note("rows", String(newest.entries))
        facts.note("pageSize", first.pageSize)
        let needed = FileNumber(exactly: newest.lastPage)?.adding(1)?.multiplied(by: first.pageSize)
        if let size = input.size, needed.map({ $0 > size }) ?? true {
            facts.spoil(.truncated, "pages to \(newest.lastPage) are announced, the file has \(size) bytes", at: size)
        }
    }

    private static func meta(_ cursor: ByteCursor) throws(ArtefactStop) -> (
        pageSize: FileNumber, entries: UInt64, lastPage: UInt64, transaction: UInt64
    )? {
        try cursor.skip(16)
        guard try cursor.uint32() == magic else { return nil }
        try cursor.skip(4 + 8 + 8)
        let pageSize = try cursor.number(UInt32.self)
        try cursor.skip(44)
        // The main database: flags, depth, pages of three kinds, entries, root.
        try cursor.skip(8 + 24)
        let entries = try cursor.uint64()
        try cursor.skip(8)
        return (pageSize, entries, try cursor.uint64(), try cursor.uint64())
    }
}

/// JSON lines: the fields of the first line, and the number of lines where the file is short. Sets of instructions are often kept so, or as
/// one list of records, in a file that is called plain JSON.
enum JSONLines {
    static let format = ArtefactFormat(
        id: "jsonl", kind: .data,
        name: {
            $0.isText && ($0.hasEnding(".jsonl", ".ndjson", ".jsonlines") || $0.hasEnding(".json") && holdsRecords($0))
        },
        read: read)

    /// Bytes below which a list of records is a setting.
    private static let leastRecords = 64 << 10

    /// Whether a file that is long enough begins as a list of records, or as lines of them, with words in the first.
    private static func holdsRecords(_ head: FileHead) -> Bool {
        guard head.size ?? 0 >= leastRecords else { return false }
        let text = head.trimmed
        switch text.first {
        case UInt8(ascii: "["):
            guard let start = text.dropFirst().firstIndex(where: { $0 > 0x20 }), text[start] == UInt8(ascii: "{")
            else { return false }
            return saysSomething(text[start...])
        case UInt8(ascii: "{"):
            let lines = text.split(separator: 0x0A, maxSplits: 1)
            guard lines.count == 2, let first = lines.first, let second = lines.last else { return false }
            return first.last { $0 > 0x20 } == UInt8(ascii: "}") && second.first == UInt8(ascii: "{")
                && saysSomething(first)
        default: return false
        }
    }

    /// Whether a value of the first record has words: lists of paths, names and shares are about data and are none.
    private static func saysSomething(_ text: Slice<UnsafeRawBufferPointer>) -> Bool {
        var (isInside, isValue, isEscaped) = (false, false, false)
        for byte in text {
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\") where isInside: isEscaped = true
            case UInt8(ascii: "\""): isInside.toggle()
            case UInt8(ascii: ":") where !isInside: isValue = true
            case UInt8(ascii: ",") where !isInside: isValue = false
            case UInt8(ascii: "}") where !isInside: return false
            case 0x20 where isInside && isValue, 0x80... where isInside && isValue: return true
            default: break
            }
        }
        return false
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let bytes = try input.piece(at: 0, count: TextData.countedBytes + 1)
        // Records of a list go over several lines: the fields of none is told without reading them all.
        if bytes.first(where: { $0 > 0x20 }) == UInt8(ascii: "[") { return }
        let first = Array(bytes.prefix { $0 != 0x0A })
        if let members = try? first.withUnsafeBytesJSON().members {
            facts.note("columns", members.count)
            facts.note("names", members.prefix(50).map(\.key).joined(separator: ", "))
        } else if first.count < bytes.count {
            facts.find(.badJSON, .low, "the first line is no JSON object", at: 0)
        }
        TextData.countRows(bytes, headLines: 0, &facts)
    }
}

/// Comma or tab separated values: the columns of the first line.
enum DelimitedText {
    static let format = ArtefactFormat(
        id: "csv", kind: .data, name: { $0.isText && $0.hasEnding(".csv", ".tsv") }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let bytes = try input.piece(at: 0, count: TextData.countedBytes + 1)
        let separator = input.name.hasSuffix(".tsv") ? UInt8(ascii: "\t") : UInt8(ascii: ",")
        var names: [String] = []
        var field: [UInt8] = []
        var isQuoted = false
        for byte in bytes.prefix(64 << 10) {
            if byte == UInt8(ascii: "\"") {
                isQuoted.toggle()
            } else if !isQuoted, byte == separator || byte == 0x0A {
                names.append(String(decoding: field, as: UTF8.self).trimmed)
                field = []
                if byte == 0x0A { break }
            } else {
                field.append(byte)
            }
        }
        facts.note("columns", names.count)
        facts.note("names", names.prefix(50).joined(separator: ", "))
        TextData.countRows(bytes, headLines: 1, &facts)
    }
}

enum TextData {
    /// Files up to this size have their lines counted; a longer one would have to be read through.
    static let countedBytes = 1 << 20

    static func countRows(_ bytes: [UInt8], headLines: Int, _ facts: inout ArtefactFacts) {
        guard bytes.count <= countedBytes, !bytes.isEmpty else { return }
        let lines = bytes.withUnsafeBytes { $0.newlineCount } + (bytes.last == 0x0A ? 0 : 1)
        facts.note("rows", max(0, lines - headLines))
    }
}

/// WebDataset: a tar whose members come in groups of the same name with different endings.
enum WebDataset {
    static let format = ArtefactFormat(id: "webdataset", kind: .data, isReadElsewhere: true)

    private static let endings: Set<String> = [
        "jpg", "jpeg", "png", "webp", "txt", "json", "cls", "mp3", "wav", "flac", "npy", "npz", "mp4", "caption", "pyd",
        "pickle", "ten", "opus", "m4a",
    ]
    private static let looked = 1000

    private static func hasKnownEnding(_ path: String) -> Bool {
        endings.contains((path.split(separator: ".").last ?? "").lowercased())
    }

    /// Facts, `nil` when the tar is none. Only its headers are read.
    static func read(_ bytes: any RandomAccessBytes) throws(ReadError) -> ArtefactFacts? {
        // A package shows in its first members that it is none.
        let first = try TarDirectory(bytes, memberLimit: 4)
        guard first.members.contains(where: { hasKnownEnding(String(decoding: $0.name, as: UTF8.self)) }) else {
            return nil
        }
        let directory = try TarDirectory(bytes, memberLimit: looked)
        let files = directory.members.filter(\.isFile).map { String(decoding: $0.name, as: UTF8.self) }
        guard files.count >= 4 else { return nil }
        var groups: [Substring: Set<Substring>] = [:]
        var known = 0
        for file in files {
            let name = Entry.name(of: file)
            guard let dot = name.firstIndex(of: "."), dot > name.startIndex else { continue }
            let ending = name[name.index(after: dot)...]
            if hasKnownEnding(file) { known += 1 }
            groups[file.dropLast(ending.count + 1), default: []].insert(ending)
        }
        let pairs = groups.values.count { $0.count >= 2 }
        guard known * 10 >= files.count * 9, pairs >= 2, pairs * 10 >= groups.count * 8 else { return nil }
        var facts = ArtefactFacts(format: "webdataset", status: .ok)
        if directory.isCut { facts.note("rowsAtLeast", groups.count) } else { facts.note("rows", groups.count) }
        facts.note(
            "names", Array(Set(groups.values.joined()).map(String.init)).sorted().prefix(20).joined(separator: ", "))
        for finding in directory.findings { facts.find(finding) }
        return facts
    }
}
