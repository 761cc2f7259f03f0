import OpenscanBytes
import OpenscanFacts

/// A zip's central directory (APPNOTE 6.3.10, sections 4.3 and 4.5.3), read without touching the members.
public struct ZipDirectory {
    /// A member as the directory lists it; its local header may say otherwise. Sizes and offsets are claims: nothing is
    /// checked but that an `Int` holds them.
    public struct Member {
        /// Raw bytes of the name.
        public let name: [UInt8]
        let flags: UInt16
        /// Compression method (section 4.4.5): 0 stored, 8 deflated.
        public let method: UInt16
        /// CRC-32 of the expanded bytes, as announced.
        public let checksum: UInt32
        /// Bytes in the archive, as announced.
        public let compressedSize: Int
        /// Expanded bytes, as announced.
        public let size: Int
        /// Place of the local header, before `base` is added.
        public let localHeaderOffset: Int
        let unixMode: UInt16?

        /// Zip has no other mark of a folder.
        public var isDirectory: Bool { name.last == UInt8(ascii: "/") }
        /// Whether the directory says so (general purpose bit 0).
        public var isEncrypted: Bool { flags & 1 != 0 }
    }

    let bytes: any RandomAccessBytes
    let path: String
    /// Members in the directory's order, names that occur twice included.
    public let members: [Member]
    /// What is wrong with the directory and its end records.
    public let findings: [Finding]
    /// Bytes before the first local header's zero (self-extracting archives); added to every offset.
    public let base: Int

    private static let endRecordSize = 22
    private static let directoryLimit = 256 << 20

    /// - Parameters:
    ///   - bytes: the whole archive; its end is read first.
    ///   - path: the archive's name in errors.
    /// - Throws: `ReadError.badArchive` where no directory can be found; what reading `bytes` throws.
    public init(_ bytes: any RandomAccessBytes, path: String) throws(ReadError) {
        self.bytes = bytes
        self.path = path
        let tailSize = min(bytes.byteCount, Self.endRecordSize + 65_535)
        let tailStart = bytes.byteCount - tailSize
        let tail = try bytes.bytes(at: tailStart, count: tailSize)
        guard let end = Self.endRecord(tail) else {
            throw .badArchive(path: path, message: "no end of central directory")
        }
        var findings: [Finding] = []
        var (directorySize, directoryOffset, count) = (Int(end.size), Int(end.offset), Int(end.count))
        var endPosition = tailStart + end.position
        // torch writes the wide record also where the short one would do; then the directory ends before it.
        if let wide = try Self.wideEndRecord(bytes, before: endPosition, path: path) {
            let isNeeded = end.count == 0xFFFF || end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF
            if !isNeeded, wide.0 != directorySize || wide.1 != directoryOffset || wide.2 != count {
                findings.append(
                    Finding(
                        .zipAnomaly, .high, "the two end records disagree; readers differ in which one they follow",
                        offset: endPosition))
            }
            (directorySize, directoryOffset, count, endPosition) = wide
        }
        guard directorySize >= 0, directorySize <= endPosition, directorySize <= Self.directoryLimit else {
            throw .badArchive(
                path: path,
                message: "central directory of \(directorySize) bytes cannot be in a file of \(bytes.byteCount)")
        }
        // What stands before an archive shifts its offsets; the directory ends where the end record begins.
        let shift = max(0, endPosition - directorySize - directoryOffset)
        // Readers that go by the offset alone find a directory there: another one, or the same with bytes behind it.
        let mark = shift > 0 ? try bytes.bytes(at: directoryOffset, count: 4) : []
        let isWhereItSays = mark == [0x50, 0x4B, 1, 2]
        if isWhereItSays {
            findings.append(
                Finding(
                    .zipAnomaly, .high,
                    "a directory stands at \(directoryOffset) and the end record belongs to one at \(endPosition - directorySize)",
                    offset: directoryOffset))
        }
        base = isWhereItSays ? 0 : shift
        if end.position + Self.endRecordSize + end.commentLength < tail.count {
            findings.append(
                Finding(
                    .trailingData, .low, "bytes after the end of the zip",
                    offset: tailStart + end.position + Self.endRecordSize + end.commentLength))
        }
        let directoryStart = isWhereItSays ? directoryOffset : endPosition - directorySize
        let directory = try bytes.bytes(at: directoryStart, count: directorySize)
        members = directory.withUnsafeBytes { Self.members($0, expected: count, findings: &findings) }
        self.findings = findings
    }

    private static func endRecord(_ tail: [UInt8]) -> (
        position: Int, count: UInt16, size: UInt32, offset: UInt32, commentLength: Int
    )? {
        tail.withUnsafeBytes { tail in
            var position = tail.count - endRecordSize
            while position >= 0 {
                if tail.starts(with: "PK\u{5}\u{6}", at: position) {
                    var reader = ByteReader(tail, at: position + 10)
                    if let count = try? reader.uint16(), let size = try? reader.uint32(),
                        let offset = try? reader.uint32(), let comment = try? reader.uint16()
                    {
                        return (position, count, size, offset, Int(comment))
                    }
                }
                position -= 1
            }
            return nil
        }
    }

    private static func wideEndRecord(_ bytes: any RandomAccessBytes, before position: Int, path: String)
        throws(ReadError) -> (Int, Int, Int, Int)?
    {
        guard position >= 20 else { return nil }
        let locator = try bytes.bytes(at: position - 20, count: 20)
        let recordOffset: UInt64? = locator.withUnsafeBytes { locator in
            guard locator.starts(with: "PK\u{6}\u{7}") else { return nil }
            var reader = ByteReader(locator, at: 8)
            return try? reader.uint64()
        }
        guard let recordOffset, let offset = Int(exactly: recordOffset), offset <= bytes.byteCount - 56 else {
            return nil
        }
        let record = try bytes.bytes(at: offset, count: 56)
        let values: (UInt64, UInt64, UInt64)? = record.withUnsafeBytes { record in
            guard record.starts(with: "PK\u{6}\u{6}") else { return nil }
            var reader = ByteReader(record, at: 32)
            guard let count = try? reader.uint64(), let size = try? reader.uint64(), let start = try? reader.uint64()
            else { return nil }
            return (size, start, count)
        }
        guard let values, let size = Int(exactly: values.0), let start = Int(exactly: values.1),
            let count = Int(exactly: values.2)
        else {
            throw .badArchive(path: path, message: "zip64 end record at \(offset) is not well formed")
        }
        return (size, start, count, offset)
    }

    private static func members(_ directory: UnsafeRawBufferPointer, expected: Int, findings: inout [Finding])
        -> [Member]
    {
        var out: [Member] = []
        out.reserveCapacity(min(expected, directory.count / 46))
        var reader = ByteReader(directory)
        do throws(ByteReader.EndOfData) {
            while reader.remaining >= 46 {
                guard directory.starts(with: "PK\u{1}\u{2}", at: reader.offset) else { break }
                try reader.skip(8)
                let (flags, method) = (try reader.uint16(), try reader.uint16())
                try reader.skip(4)
                let checksum = try reader.uint32()
                var compressed = UInt64(try reader.uint32())
                var size = UInt64(try reader.uint32())
                let (nameLength, extraLength, commentLength) = (
                    Int(try reader.uint16()), Int(try reader.uint16()), Int(try reader.uint16())
                )
                try reader.skip(4)
                let attributes = try reader.uint32()
                var offset = UInt64(try reader.uint32())
                let name = [UInt8](try reader.take(nameLength))
                let extra = try reader.take(extraLength)
                try reader.skip(commentLength)
                widen(extra, &size, &compressed, &offset)
                guard let size = Int(exactly: size), let compressed = Int(exactly: compressed),
                    let offset = Int(exactly: offset)
                else {
                    findings.append(
                        Finding(.zipAnomaly, .medium, "member \(out.count) announces a size that cannot be"))
                    continue
                }
                let mode = UInt16(truncatingIfNeeded: attributes >> 16)
                out.append(
                    Member(
                        name: name, flags: flags, method: method, checksum: checksum, compressedSize: compressed,
                        size: size, localHeaderOffset: offset, unixMode: mode == 0 ? nil : mode))
            }
        } catch {
            findings.append(Finding(.truncated, .medium, "central directory ends inside a member"))
        }
        if out.count != expected, findings.isEmpty {
            findings.append(
                Finding(
                    .zipAnomaly, .medium,
                    "central directory has \(out.count) members, its end record says \(expected)"))
        }
        return out
    }

    /// Zip64 extended information (section 4.5.3): only the fields whose short form is all ones are there, in this order.
    private static func widen(
        _ extra: UnsafeRawBufferPointer, _ size: inout UInt64, _ compressed: inout UInt64, _ offset: inout UInt64
    ) {
        var reader = ByteReader(extra)
        while let id = try? reader.uint16(), let length = try? reader.uint16(), let body = try? reader.take(Int(length))
        {
            guard id == 1 else { continue }
            var fields = ByteReader(body)
            if size == 0xFFFF_FFFF, let wide = try? fields.uint64() { size = wide }
            if compressed == 0xFFFF_FFFF, let wide = try? fields.uint64() { compressed = wide }
            if offset == 0xFFFF_FFFF, let wide = try? fields.uint64() { offset = wide }
            return
        }
    }

    /// Whether every member can be read here; others go through libarchive.
    var hasOnlyCommonMethods: Bool { members.allSatisfy { $0.method == 0 || $0.method == 8 || $0.isEncrypted } }

    /// The data of a member, ready to be read.
    public enum Opened {
        /// As it lies in the archive, cut at the archive's end.
        case stored(WindowBytes)
        /// Expanded as deflate, whatever the method says: `open` tells stored members from all others.
        case deflated(InflateStream)

        /// The member as bytes at an offset; deflated ones keep their beginning, and end where they expand too far.
        public func randomAccess(size: Int, path: String, limits: Limits) -> any RandomAccessBytes {
            switch self {
            case .stored(let window): window
            case .deflated(let stream):
                StreamBytes(
                    ExpandedStream(stream, consumed: { stream.consumed }, limits: limits), size: size, path: path)
            }
        }
    }

    struct LocalHeader {
        let name: [UInt8]
        let flags: UInt16
        let method: UInt16
        let checksum: UInt32
        let dataStart: Int
    }

    /// Where the file has a member's local header.
    private func place(_ member: Member) throws(ReadError) -> Int {
        let (place, overflow) = base.addingReportingOverflow(member.localHeaderOffset)
        guard !overflow, place >= 0, place <= bytes.byteCount - 30 else {
            throw .badArchive(
                path: path, message: "local header at \(member.localHeaderOffset) is outside the file")
        }
        return place
    }

    /// The header in front of a member's data (section 4.3.7).
    func localHeader(_ member: Member) throws(ReadError) -> LocalHeader {
        let headerOffset = try place(member)
        // One read brings header and name of nearly every member.
        let header = try bytes.bytes(
            at: headerOffset, count: min(30 + member.name.count, bytes.byteCount - headerOffset))
        let parsed: (LocalHeader, nameLength: Int)? = header.withUnsafeBytes { header in
            guard header.starts(with: "PK\u{3}\u{4}") else { return nil }
            var reader = ByteReader(header, at: 6)
            guard let flags = try? reader.uint16(), let method = try? reader.uint16() else { return nil }
            reader = ByteReader(header, at: 14)
            guard let checksum = try? reader.uint32() else { return nil }
            reader = ByteReader(header, at: 26)
            guard let name = try? reader.uint16(), let extra = try? reader.uint16() else { return nil }
            let start = headerOffset + 30 + Int(name) + Int(extra)
            return (
                LocalHeader(
                    name: Array(header.slice(30..<30 + Int(name))), flags: flags, method: method, checksum: checksum,
                    dataStart: start), Int(name)
            )
        }
        guard let (local, nameLength) = parsed else {
            throw .badArchive(path: path, message: "no local header at \(headerOffset)")
        }
        guard nameLength > local.name.count else { return local }
        let name = try bytes.bytes(at: headerOffset + 30, count: nameLength)
        return LocalHeader(
            name: name, flags: local.flags, method: local.method, checksum: local.checksum, dataStart: local.dataStart)
    }

    /// Opens a member's data; the local header is compared with the directory.
    public func open(_ member: Member, finding: (Finding) -> Void) throws(ReadError) -> Opened {
        let headerOffset = try place(member)
        let local = try localHeader(member)
        if local.name != member.name {
            finding(
                Finding(
                    .zipAnomaly, .medium,
                    "the local header names it \(String(decoding: local.name.prefix(80), as: UTF8.self))",
                    offset: headerOffset))
        }
        if local.method != member.method {
            finding(
                Finding(
                    .zipAnomaly, .medium,
                    "compression method \(local.method) in the local header, \(member.method) in the directory",
                    offset: headerOffset))
        }
        if (local.flags ^ member.flags) & 1 != 0 {
            finding(
                Finding(.zipAnomaly, .medium, "encrypted by one header and plain by the other", offset: headerOffset))
        }
        // With bit 3 the sizes and the checksum follow the data.
        if local.flags & 8 == 0, local.checksum != member.checksum, local.checksum != 0 {
            finding(
                Finding(
                    .zipAnomaly, .medium, "the local header has another checksum than the directory",
                    offset: headerOffset))
        }
        let window = WindowBytes(bytes, start: local.dataStart, count: member.compressedSize)
        if window.byteCount < member.compressedSize {
            finding(
                Finding(
                    .truncated, .medium,
                    "data of \(member.compressedSize) bytes at \(local.dataStart) goes past the end",
                    offset: local.dataStart))
        }
        if member.method == 0 {
            if member.size != member.compressedSize {
                finding(
                    Finding(
                        .zipAnomaly, .medium, "stored, yet \(member.compressedSize) bytes stand for \(member.size)",
                        offset: headerOffset))
            }
            return .stored(window)
        }
        return .deflated(InflateStream(SequentialBytes(window), size: window.byteCount, path: path))
    }

    /// Members whose places overlap, the first three of them.
    public func overlaps() -> [Finding] {
        overlapping().sorted { members[$0].localHeaderOffset < members[$1].localHeaderOffset }.prefix(3).map { number in
            let (place, overflow) = base.addingReportingOverflow(members[number].localHeaderOffset)
            return Finding(
                .zipAnomaly, .high, "members overlap at \(overflow ? members[number].localHeaderOffset : place)",
                offset: overflow ? nil : place)
        }
    }

    /// Numbers of the members that begin before another one ends. One of several at the same place is not among them.
    func overlapping() -> Set<Int> {
        var found = Set<Int>()
        var end = 0
        let order = members.indices.sorted {
            (members[$0].localHeaderOffset, $0) < (members[$1].localHeaderOffset, $1)
        }
        for number in order {
            let member = members[number]
            if member.localHeaderOffset < end { found.insert(number) }
            let (next, overflow) = member.localHeaderOffset.addingReportingOverflow(
                30 + member.name.count + min(member.compressedSize, bytes.byteCount))
            end = max(end, overflow ? .max : next)
        }
        return found
    }
}
