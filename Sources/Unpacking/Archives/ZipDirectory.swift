import OpenscanBytes
import OpenscanFacts

/// A zip's central directory (APPNOTE 6.3.10, sections 4.3 and 4.5.3), read without touching the members.
public struct ZipDirectory {
    /// A member as the directory lists it; its local header may say otherwise. Sizes and offsets are claims.
    public struct Member {
        /// Raw bytes of the name.
        public let name: [UInt8]
        let flags: UInt16
        /// Compression method (section 4.4.5): 0 stored, 8 deflated.
        public let method: UInt16
        /// CRC-32 of the expanded bytes, as announced.
        public let checksum: UInt32
        /// Bytes in the archive, as announced.
        public let compressedSize: FileNumber
        /// Expanded bytes, as announced.
        public let expandedSize: FileNumber
        /// Place of the local header, before `base` is added.
        public let localHeaderOffset: FileNumber
        let unixMode: UInt16?

        /// Expanded bytes, as announced, for what takes such a claim and does not calculate with it.
        public var size: Int { expandedSize.value }
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
    /// Whether it has several end records that lead to different directories; only one of them is followed.
    public let isAmbiguous: Bool
    /// Bytes before the first local header's zero (self-extracting archives); added to every offset.
    public let base: FileNumber

    private static let endRecordSize = 22
    private static let directoryLimit = 256 << 20

    /// - Parameters:
    ///   - bytes: the whole archive; its end is read first.
    ///   - path: the archive's name in errors.
    /// - Throws: `ReadError.badArchive` where no directory can be found; what reading `bytes` throws.
    public init(_ bytes: any RandomAccessBytes, path: String) throws(ReadError) {
        self.bytes = bytes
        self.path = path
        // What stands at the end can be told only where the end is.
        let byteCount = try bytes.foundByteCount()
        let tailSize = min(byteCount, Self.endRecordSize + 65_535)
        let tailStart = FileNumber(count: byteCount).subtracting(tailSize) ?? .zero
        let tail = try bytes.bytes(at: tailStart.value, count: tailSize)
        guard let end = Self.endRecord(tail), let endPosition = tailStart.adding(end.position) else {
            throw .badArchive(path: path, message: "no end of central directory")
        }
        var findings: [Finding] = []
        var place = end.place
        // Where the directory ends.
        var directoryEnd = endPosition
        // torch writes the wide record also where the short one would do; then the directory ends before it.
        var isAmbiguous = false
        let records = try Self.wideEndRecords(bytes, before: endPosition, path: path)
        if let wide = records.first {
            let places = records.map(\.place) + (end.isWide ? [] : [place])
            if places.contains(where: { $0 != wide.place }) {
                isAmbiguous = true
                findings.append(
                    Finding(
                        .zipAnomaly, .high, "the end records disagree; readers differ in which one they follow",
                        offset: endPosition.value))
            }
            (place, directoryEnd) = wide
        }
        self.isAmbiguous = isAmbiguous
        guard place.size <= Self.directoryLimit, let found = directoryEnd.subtracting(place.size) else {
            throw .badArchive(
                path: path, message: "central directory of \(place.size) bytes cannot be in a file of \(byteCount)")
        }
        // What stands before an archive shifts its offsets; the directory ends where the end record begins.
        let shift = found.subtracting(place.offset) ?? .zero
        // Readers that go by the offset alone find a directory there: another one, or the same with bytes behind it.
        let mark = shift > 0 ? try bytes.bytes(at: place.offset.value, count: 4) : []
        let isWhereItSays = mark == [0x50, 0x4B, 1, 2]
        if isWhereItSays {
            findings.append(
                Finding(
                    .zipAnomaly, .high,
                    "a directory stands at \(place.offset) and the end record belongs to one at \(found)",
                    offset: place.offset.value))
        }
        base = isWhereItSays ? .zero : shift
        if let behind = end.behind.flatMap({ tailStart.adding($0) }), behind < byteCount {
            findings.append(
                Finding(.trailingData, .low, "bytes after the end of the zip", offset: behind.value))
        }
        let directory = try bytes.bytes(
            at: (isWhereItSays ? place.offset : found).value, count: place.size.value)
        members = directory.withUnsafeBytes { Self.members($0, expected: place.count, findings: &findings) }
        self.findings = findings
    }

    /// Where an end record says that the directory is, and how many members it has.
    private struct Place: Equatable {
        let size: FileNumber
        let offset: FileNumber
        let count: FileNumber
    }

    /// - Returns: `position`: where in the tail the record begins; `behind`: where its comment ends; `isWide`: whether a
    ///   field says that the other record has to be asked.
    private static func endRecord(_ tail: [UInt8]) -> (position: Int, behind: FileNumber?, place: Place, isWide: Bool)?
    {
        tail.withUnsafeBytes { tail in
            var position = tail.count - endRecordSize
            while position >= 0 {
                if tail.starts(with: "PK\u{5}\u{6}", at: position) {
                    // Count, size and offset, and the length of the comment.
                    var reader = ByteReader(tail, at: position)
                    if (try? reader.skip(10)) != nil, let count = try? reader.number(UInt16.self),
                        let size = try? reader.number(UInt32.self), let offset = try? reader.number(UInt32.self),
                        let comment = try? reader.number(UInt16.self)
                    {
                        return (
                            position, comment.adding(reader.offset), Place(size: size, offset: offset, count: count),
                            count == 0xFFFF || size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF
                        )
                    }
                }
                position -= 1
            }
            return nil
        }
    }

    private static let locatorSize = 20
    private static let wideRecordSize = 56

    /// The zip64 end record and where it begins, by the locator in front of the short one. Where something stands before the
    /// zip, the record is not where the locator says but right in front of the locator, the one place where Python's zipfile
    /// looks for it: a file can have one in each.
    private static func wideEndRecords(_ bytes: any RandomAccessBytes, before position: FileNumber, path: String)
        throws(ReadError) -> [(place: Place, begin: FileNumber)]
    {
        guard let locatorPlace = position.subtracting(locatorSize) else { return [] }
        let locator = try bytes.bytes(at: locatorPlace.value, count: locatorSize)
        let announced: FileNumber? = locator.withUnsafeBytes { locator in
            guard locator.starts(with: "PK\u{6}\u{7}") else { return nil }
            var reader = ByteReader(locator, at: 8)
            return try? reader.number(UInt64.self)
        }
        guard let announced else { return [] }
        let near = locatorPlace.subtracting(wideRecordSize)
        var out: [(place: Place, begin: FileNumber)] = []
        for case let place? in announced == near ? [near] : [announced, near] where place < locatorPlace {
            let record = try bytes.bytes(at: place.value, count: wideRecordSize)
            guard record.starts(with: [0x50, 0x4B, 6, 6]) else { continue }
            let found: Place? = record.withUnsafeBytes { record in
                var reader = ByteReader(record, at: 32)
                guard let count = try? reader.number(UInt64.self), let size = try? reader.number(UInt64.self),
                    let start = try? reader.number(UInt64.self)
                else { return nil }
                return Place(size: size, offset: start, count: count)
            }
            guard let found else {
                throw .badArchive(path: path, message: "a zip64 end record is not well formed")
            }
            out.append((found, place))
        }
        return out
    }

    private static func members(_ directory: UnsafeRawBufferPointer, expected: FileNumber, findings: inout [Finding])
        -> [Member]
    {
        var out: [Member] = []
        out.reserveCapacity(min(expected.value, directory.count / 46))
        var reader = ByteReader(directory)
        do throws(ByteReader.EndOfData) {
            while reader.remaining >= 46 {
                guard directory.starts(with: "PK\u{1}\u{2}", at: reader.offset) else { break }
                try reader.skip(8)
                let (flags, method) = (try reader.uint16(), try reader.uint16())
                try reader.skip(4)
                let checksum = try reader.uint32()
                var compressed = try reader.number(UInt32.self)
                var size = try reader.number(UInt32.self)
                let (nameLength, extraLength, commentLength) = (
                    try reader.uint16(), try reader.uint16(), try reader.uint16()
                )
                try reader.skip(4)
                let attributes = try reader.uint32()
                var offset = try reader.number(UInt32.self)
                let name = [UInt8](try reader.take(Int(nameLength)))
                let extra = try reader.take(Int(extraLength))
                try reader.skip(Int(commentLength))
                widen(extra, &size, &compressed, &offset)
                guard let size, let compressed, let offset else {
                    findings.append(
                        Finding(.zipAnomaly, .medium, "member \(out.count) announces a size that cannot be"))
                    continue
                }
                let mode = UInt16(attributes >> 16)
                out.append(
                    Member(
                        name: name, flags: flags, method: method, checksum: checksum, compressedSize: compressed,
                        expandedSize: size, localHeaderOffset: offset, unixMode: mode == 0 ? nil : mode))
            }
        } catch {
            findings.append(Finding(.truncated, .medium, "central directory ends inside a member"))
        }
        if expected != out.count, findings.isEmpty {
            findings.append(
                Finding(
                    .zipAnomaly, .medium,
                    "central directory has \(out.count) members, its end record says \(expected)"))
        }
        return out
    }

    /// Zip64 extended information (section 4.5.3): only the fields whose short form is all ones are there, in this order.
    private static func widen(
        _ extra: UnsafeRawBufferPointer, _ size: inout FileNumber?, _ compressed: inout FileNumber?,
        _ offset: inout FileNumber?
    ) {
        var reader = ByteReader(extra)
        while let id = try? reader.uint16(), let length = try? reader.uint16(), let body = try? reader.take(Int(length))
        {
            guard id == 1 else { continue }
            var fields = ByteReader(body)
            widen(&size, from: &fields)
            widen(&compressed, from: &fields)
            widen(&offset, from: &fields)
            return
        }
    }

    private static func widen(_ number: inout FileNumber?, from fields: inout ByteReader) {
        guard number?.value == 0xFFFF_FFFF, let wide = try? fields.uint64() else { return }
        number = FileNumber(exactly: wide)
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
        /// `nil` where the sum does not fit.
        let dataStart: FileNumber?
    }

    private static let localHeaderSize = 30

    /// Where the file has a member's local header.
    private func place(_ member: Member) throws(ReadError) -> FileNumber {
        guard let place = base.adding(member.localHeaderOffset), let end = place.adding(Self.localHeaderSize),
            bytes.knownByteCount.map({ end <= $0 }) ?? true
        else {
            throw .badArchive(
                path: path, message: "local header at \(member.localHeaderOffset) is outside the file")
        }
        return place
    }

    /// The header in front of a member's data (section 4.3.7).
    func localHeader(_ member: Member) throws(ReadError) -> LocalHeader {
        let place = try place(member)
        // One read brings header and name of nearly every member.
        let header = try bytes.bytes(at: place.value, count: Self.localHeaderSize + member.name.count)
        let parsed: (LocalHeader, nameLength: Int)? = header.withUnsafeBytes { header in
            guard header.starts(with: "PK\u{3}\u{4}") else { return nil }
            var reader = ByteReader(header, at: 6)
            guard let flags = try? reader.uint16(), let method = try? reader.uint16() else { return nil }
            reader = ByteReader(header, at: 14)
            guard let checksum = try? reader.uint32() else { return nil }
            reader = ByteReader(header, at: 26)
            guard let nameLength = try? reader.number(UInt16.self), let extra = try? reader.number(UInt16.self),
                let rest = try? reader.take(min(nameLength.value, reader.remaining))
            else { return nil }
            let start = place.adding(Self.localHeaderSize)?.adding(nameLength)?.adding(extra)
            return (
                LocalHeader(name: Array(rest), flags: flags, method: method, checksum: checksum, dataStart: start),
                nameLength.value
            )
        }
        guard let (local, nameLength) = parsed else {
            throw .badArchive(path: path, message: "a local header is missing")
        }
        guard nameLength > local.name.count, let namePlace = place.adding(Self.localHeaderSize) else { return local }
        let name = try bytes.bytes(at: namePlace.value, count: nameLength)
        return LocalHeader(
            name: name, flags: local.flags, method: local.method, checksum: local.checksum, dataStart: local.dataStart)
    }

    /// Opens a member's data; the local header is compared with the directory.
    public func open(_ member: Member, finding: (Finding) -> Void) throws(ReadError) -> Opened {
        let headerOffset = try place(member).value
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
        let dataStart = local.dataStart?.value ?? .max
        let window = WindowBytes(bytes, start: dataStart, count: member.compressedSize.value)
        if member.compressedSize > window.byteCount {
            finding(
                Finding(
                    .truncated, .medium, "data of \(member.compressedSize) bytes at \(dataStart) goes past the end",
                    offset: dataStart))
        }
        if member.method == 0 {
            if member.expandedSize != member.compressedSize {
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
            let announced = members[number].localHeaderOffset
            let place = base.adding(announced)
            return Finding(
                .zipAnomaly, .high, "members overlap at \(place ?? announced)", offset: place?.value)
        }
    }

    /// Numbers of the members that begin before another one ends. One of several at the same place is not among them.
    func overlapping() -> Set<Int> {
        var found = Set<Int>()
        var end = FileNumber.zero
        let order = members.indices.sorted {
            (members[$0].localHeaderOffset, $0) < (members[$1].localHeaderOffset, $1)
        }
        for number in order {
            let member = members[number]
            if member.localHeaderOffset < end { found.insert(number) }
            // A size that no file has reaches past every other member.
            let next = member.localHeaderOffset.adding(Self.localHeaderSize + member.name.count)?
                .adding(member.compressedSize)
            end = max(end, next ?? FileNumber(count: .max))
        }
        return found
    }
}
