import OpenscanBytes
import OpenscanFacts

/// One format: what it is called, how it is told and how it is read. Each stands in the file of its reader.
struct ArtefactFormat: Sendable {
    /// Id of the project's vocabulary.
    let id: FormatID
    let kind: FormatKind
    /// Whether the usual library can run code of the file when it loads it.
    var runsCode = false
    /// Whether it is a pickle or holds one in its usual form.
    var isPickle = false
    /// Whether first bytes are those of the format; they count before any name.
    var magic: @Sendable (FileHead) -> Bool = { _ in false }
    /// Whether the name is one of the format's, for files whose bytes tell nothing.
    var name: @Sendable (FileHead) -> Bool = { _ in false }
    /// Reads the facts; `nil` for a format that is only recognised. May change the format id to a finer one.
    var read: (@Sendable (inout ArtefactFacts, ArtefactInput) throws(ArtefactStop) -> Void)?
    /// In place of `read` where the header is wanted whole, straight out of the worker's buffer. Takes the file's size, where it is known.
    var readHeader: (@Sendable (EntryContent, Int?, Limits) throws(ReadError) -> ArtefactFacts)?
    /// Whether another format's reader or the archive walker gives this id.
    var isReadElsewhere = false

    var isRead: Bool { read != nil || readHeader != nil || isReadElsewhere }
}

/// The first bytes of a file and its name.
struct FileHead {
    let bytes: UnsafeRawBufferPointer
    /// Last name of the path in lower case.
    let name: String
    let size: Int?
    let isText: Bool

    init(_ bytes: UnsafeRawBufferPointer, path: String, size: Int?) {
        self.bytes = bytes
        name = Entry.name(of: path).lowercased()
        self.size = size
        isText = TextProbe.isText(bytes)
    }

    func starts(with magic: StaticString, at offset: Int = 0) -> Bool { bytes.starts(with: magic, at: offset) }
    func starts(with magic: [UInt8]) -> Bool { bytes.starts(with: magic) }
    func hasEnding(_ endings: String...) -> Bool { endings.contains { name.hasSuffix($0) } }
    func hasBeginning(_ beginnings: String...) -> Bool { beginnings.contains { name.hasPrefix($0) } }

    /// The bytes without leading white space and byte order mark.
    var trimmed: UnsafeRawBufferPointer {
        var start = bytes.starts(with: "\u{FEFF}") ? 3 : 0
        while start < bytes.count, bytes[start] <= 0x20 { start += 1 }
        return bytes.slice(start..<bytes.count)
    }
}

/// What a reader may look at.
struct ArtefactInput {
    let bytes: any RandomAccessBytes
    /// Path in the release, for messages.
    let path: String
    /// Bytes of the file, where its container says.
    let size: Int?
    let limits: Limits
    /// Containers around it that readers have opened.
    var depth = 0

    static let deepest = 4

    var name: String { Entry.name(of: path).lowercased() }

    /// Bytes of the file, where anybody says.
    var knownSize: FileNumber? { (size ?? bytes.knownByteCount).map { FileNumber(count: $0) } }

    func cursor(from offset: Int = 0, to end: Int? = nil) -> ByteCursor { ByteCursor(bytes, from: offset, to: end) }

    func cursor(from offset: FileNumber) -> ByteCursor { ByteCursor(bytes, from: offset.value) }

    /// Up to `count` bytes at a place that the file gives.
    func piece(at offset: FileNumber, count: Int) throws(ArtefactStop) -> [UInt8] {
        try piece(at: offset.value, count: count)
    }

    /// Up to `count` bytes at `offset`, fewer only at the end.
    func piece(at offset: Int, count: Int) throws(ArtefactStop) -> [UInt8] {
        do throws(ReadError) { return try bytes.bytes(at: offset, count: min(count, ByteCursor.longestPiece)) } catch {
            throw .unreadable(error)
        }
    }

    /// The whole file, for formats that are read at once.
    func whole(limit: Int, of what: String) throws(ArtefactStop) -> [UInt8] {
        let all: [UInt8]
        do throws(ReadError) { all = try bytes.bytes(at: 0, count: limit + 1) } catch { throw .unreadable(error) }
        if all.count > limit { throw .notInspected("\(Wording(what)) of more than \(limit) bytes") }
        return all
    }

    /// A member of this one under its own name.
    func member(_ bytes: any RandomAccessBytes, name: String, size: Int?) -> ArtefactInput {
        ArtefactInput(bytes: bytes, path: path + "!/" + name, size: size, limits: limits, depth: depth + 1)
    }
}
