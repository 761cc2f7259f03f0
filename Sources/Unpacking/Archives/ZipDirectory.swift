import CZlib

/// A zip's central directory (APPNOTE 6.3.10, sections 4.3 and 4.5.3), read without touching the members.
struct ZipDirectory {
    struct Member {
        /// Raw bytes of the name.
        let name: [UInt8]
        let flags: UInt16
        let method: UInt16
        let compressedSize: Int
        let size: Int
        let localHeaderOffset: Int
        let unixMode: UInt16?

        var isDirectory: Bool { name.last == UInt8(ascii: "/") }
        var isEncrypted: Bool { flags & 1 != 0 }
    }

    let bytes: any RandomAccessBytes
    let path: String
    let members: [Member]
    let findings: [Finding]
    /// Bytes before the first local header's zero (self-extracting archives); added to every offset.
    let base: Int

    private static let endRecordSize = 22
    private static let directoryLimit = 256 << 20

    init(_ bytes: any RandomAccessBytes, path: String) throws(ReadError) {
        self.bytes = bytes
        self.path = path
        let tailSize = min(bytes.byteCount, Self.endRecordSize + 65_535)
        let tailStart = bytes.byteCount - tailSize
        let tail = try Self.read(bytes, tailStart, tailSize)
        guard let end = Self.endRecord(tail) else { throw .badArchive(path: path, message: "no end of central directory") }
        var findings: [Finding] = []
        var (directorySize, directoryOffset, count) = (Int(end.size), Int(end.offset), Int(end.count))
        var endPosition = tailStart + end.position
        if end.count == 0xFFFF || end.size == 0xFFFF_FFFF || end.offset == 0xFFFF_FFFF,
           let wide = try Self.wideEndRecord(bytes, before: endPosition, path: path) {
            (directorySize, directoryOffset, count, endPosition) = wide
        }
        guard directorySize >= 0, directorySize <= endPosition, directorySize <= Self.directoryLimit else {
            throw .badArchive(path: path, message: "central directory of \(directorySize) bytes cannot be in a file of \(bytes.byteCount)")
        }
        // What stands before an archive shifts its offsets; the directory ends where the end record begins.
        base = max(0, endPosition - directorySize - directoryOffset)
        if end.position + Self.endRecordSize + end.commentLength < tail.count {
            findings.append(Finding("trailing-data", .low, "bytes after the end of the zip", offset: tailStart + end.position + Self.endRecordSize + end.commentLength))
        }
        let directory = try Self.read(bytes, endPosition - directorySize, directorySize)
        members = directory.withUnsafeBytes { Self.members($0, expected: count, findings: &findings) }
        self.findings = findings
    }

    private static func read(_ bytes: any RandomAccessBytes, _ offset: Int, _ count: Int) throws(ReadError) -> [UInt8] {
        var failure: ReadError?
        let out = [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
            do throws(ReadError) {
                used = try bytes.read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
            } catch { failure = error }
        }
        if let failure { throw failure }
        return out
    }

    private static func endRecord(_ tail: [UInt8]) -> (position: Int, count: UInt16, size: UInt32, offset: UInt32, commentLength: Int)? {
        tail.withUnsafeBytes { tail in
            var position = tail.count - endRecordSize
            while position >= 0 {
                if tail.starts(with: "PK\u{5}\u{6}", at: position) {
                    var reader = ByteReader(tail, at: position + 10)
                    if let count = try? reader.uint16(), let size = try? reader.uint32(), let offset = try? reader.uint32(), let comment = try? reader.uint16() {
                        return (position, count, size, offset, Int(comment))
                    }
                }
                position -= 1
            }
            return nil
        }
    }

    private static func wideEndRecord(_ bytes: any RandomAccessBytes, before position: Int, path: String) throws(ReadError) -> (Int, Int, Int, Int)? {
        guard position >= 20 else { return nil }
        let locator = try read(bytes, position - 20, 20)
        let recordOffset: UInt64? = locator.withUnsafeBytes { locator in
            guard locator.starts(with: "PK\u{6}\u{7}") else { return nil }
            var reader = ByteReader(locator, at: 8)
            return try? reader.uint64()
        }
        guard let recordOffset, let offset = Int(exactly: recordOffset), offset <= bytes.byteCount - 56 else { return nil }
        let record = try read(bytes, offset, 56)
        let values: (UInt64, UInt64, UInt64)? = record.withUnsafeBytes { record in
            guard record.starts(with: "PK\u{6}\u{6}") else { return nil }
            var reader = ByteReader(record, at: 32)
            guard let count = try? reader.uint64(), let size = try? reader.uint64(), let start = try? reader.uint64() else { return nil }
            return (size, start, count)
        }
        guard let values, let size = Int(exactly: values.0), let start = Int(exactly: values.1), let count = Int(exactly: values.2) else {
            throw .badArchive(path: path, message: "zip64 end record at \(offset) is not well formed")
        }
        return (size, start, count, offset)
    }

    private static func members(_ directory: UnsafeRawBufferPointer, expected: Int, findings: inout [Finding]) -> [Member] {
        var out: [Member] = []
        out.reserveCapacity(min(expected, directory.count / 46))
        var reader = ByteReader(directory)
        do throws(ByteReader.EndOfData) {
            while reader.remaining >= 46 {
                guard directory.starts(with: "PK\u{1}\u{2}", at: reader.offset) else { break }
                try reader.skip(8)
                let (flags, method) = (try reader.uint16(), try reader.uint16())
                try reader.skip(8)
                var compressed = UInt64(try reader.uint32())
                var size = UInt64(try reader.uint32())
                let (nameLength, extraLength, commentLength) = (Int(try reader.uint16()), Int(try reader.uint16()), Int(try reader.uint16()))
                try reader.skip(4)
                let attributes = try reader.uint32()
                var offset = UInt64(try reader.uint32())
                let name = [UInt8](try reader.take(nameLength))
                let extra = try reader.take(extraLength)
                try reader.skip(commentLength)
                widen(extra, &size, &compressed, &offset)
                guard let size = Int(exactly: size), let compressed = Int(exactly: compressed), let offset = Int(exactly: offset) else {
                    findings.append(Finding("zip-anomaly", .medium, "member \(out.count) announces a size that cannot be"))
                    continue
                }
                let mode = UInt16(truncatingIfNeeded: attributes >> 16)
                out.append(Member(name: name, flags: flags, method: method, compressedSize: compressed, size: size, localHeaderOffset: offset, unixMode: mode == 0 ? nil : mode))
            }
        } catch {
            findings.append(Finding("truncated", .medium, "central directory ends inside a member"))
        }
        if out.count != expected, findings.isEmpty {
            findings.append(Finding("zip-anomaly", .medium, "central directory has \(out.count) members, its end record says \(expected)"))
        }
        return out
    }

    /// Zip64 extended information (section 4.5.3): only the fields whose short form is all ones are there, in this order.
    private static func widen(_ extra: UnsafeRawBufferPointer, _ size: inout UInt64, _ compressed: inout UInt64, _ offset: inout UInt64) {
        var reader = ByteReader(extra)
        while let id = try? reader.uint16(), let length = try? reader.uint16(), let body = try? reader.take(Int(length)) {
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

    enum Opened {
        case stored(WindowBytes)
        case deflated(InflateStream)
    }

    /// Opens a member's data; the local header is compared with the directory.
    func open(_ member: Member, finding: (Finding) -> Void) throws(ReadError) -> Opened {
        let headerOffset = base + member.localHeaderOffset
        guard headerOffset >= 0, headerOffset <= bytes.byteCount - 30 else {
            throw .badArchive(path: path, message: "local header at \(headerOffset) is outside the file")
        }
        let header = try Self.read(bytes, headerOffset, 30)
        let lengths: (name: Int, extra: Int, flags: UInt16)? = header.withUnsafeBytes { header in
            guard header.starts(with: "PK\u{3}\u{4}") else { return nil }
            var reader = ByteReader(header, at: 6)
            guard let flags = try? reader.uint16() else { return nil }
            reader = ByteReader(header, at: 26)
            guard let name = try? reader.uint16(), let extra = try? reader.uint16() else { return nil }
            return (Int(name), Int(extra), flags)
        }
        guard let lengths else { throw .badArchive(path: path, message: "no local header at \(headerOffset)") }
        let localName = try Self.read(bytes, headerOffset + 30, lengths.name)
        if localName != member.name {
            finding(Finding("zip-anomaly", .medium, "the local header names it \(String(decoding: localName.prefix(80), as: UTF8.self))", offset: headerOffset))
        }
        let start = headerOffset + 30 + lengths.name + lengths.extra
        let window = WindowBytes(bytes, start: start, count: member.compressedSize)
        if window.byteCount < member.compressedSize {
            finding(Finding("truncated", .medium, "data of \(member.compressedSize) bytes at \(start) goes past the end", offset: start))
        }
        return member.method == 0 ? .stored(window) : .deflated(InflateStream(SequentialBytes(window), path: path))
    }
}

/// A deflate stream (RFC 1951) expanded by zlib as it is read.
final class InflateStream: ByteStream {
    private let input: any ByteStream
    private let path: String
    private let state: UnsafeMutablePointer<z_stream>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private var ended = false
    private(set) var produced = 0
    private(set) var consumed = 0

    init(_ input: any ByteStream, path: String) {
        self.input = input
        self.path = path
        state = .allocate(capacity: 1)
        state.initialize(to: z_stream())
        ended = openscan_inflate_init_raw(state) != Z_OK
    }

    deinit {
        inflateEnd(state)
        state.deinitialize(count: 1)
        state.deallocate()
        buffer.deallocate()
    }

    func read(into output: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard !ended, !output.isEmpty else { return 0 }
        state.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        state.pointee.avail_out = UInt32(clamping: output.count)
        let wanted = state.pointee.avail_out
        while state.pointee.avail_out > 0 {
            if state.pointee.avail_in == 0 {
                let got = try input.read(into: buffer)
                consumed += got
                state.pointee.next_in = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
                state.pointee.avail_in = UInt32(got)
                if got == 0 {
                    ended = true
                    break
                }
            }
            let status = inflate(state, Z_NO_FLUSH)
            if status == Z_STREAM_END {
                ended = true
                break
            }
            guard status == Z_OK || status == Z_BUF_ERROR else {
                ended = true
                if state.pointee.avail_out == wanted { throw .badArchive(path: path, message: "deflate data is damaged") }
                break
            }
        }
        let got = Int(wanted - state.pointee.avail_out)
        produced += got
        return got
    }
}
