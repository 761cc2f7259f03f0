import OpenscanBytes
import OpenscanFacts

/// The members of an uncompressed tar (POSIX.1-2017 pax, ustar, GNU) by their headers; no data is read.
public struct TarDirectory {
    /// A member as its header describes it.
    public struct Member {
        /// Raw bytes of the name; a pax or GNU header before it outranks its own.
        public let name: [UInt8]
        /// Offset of the data in the archive.
        public let dataStart: Int
        /// Bytes of data, cut at the archive's end.
        public let size: Int
        /// Type flag: `0` file, `5` directory, `1` and `2` links, `S` sparse.
        public let type: UInt8

        /// Regular, also by the old mark (0) and that of contiguous files (`7`).
        public var isFile: Bool { type == UInt8(ascii: "0") || type == 0 || type == UInt8(ascii: "7") }
    }

    /// Members in order; extended headers are not among them.
    public private(set) var members: [Member] = []
    /// What is wrong with headers.
    public private(set) var findings: [Finding] = []
    /// Whether the archive goes on behind `memberLimit` members.
    public private(set) var isCut = false

    private static let block = 512
    private static let longestExtension = 1 << 20

    /// - Throws: `ReadError` when `bytes` cannot be read; a damaged header ends the list with a finding.
    public init(_ bytes: any RandomAccessBytes, memberLimit: Int = 100_000) throws(ReadError) {
        var offset = 0
        var longName: [UInt8]?
        var paxName: [UInt8]?
        var paxSize: Int?
        let header = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
        defer { header.deallocate() }
        while true {
            guard try bytes.read(at: offset, into: header) == Self.block else {
                endIsMissing(at: offset, of: bytes.byteCount)
                return
            }
            let raw = UnsafeRawBufferPointer(header)
            if raw.allSatisfy({ $0 == 0 }) { return }
            guard Self.hasChecksum(raw) else {
                findings.append(Finding(.badHeader, .medium, "header checksum does not fit", offset: offset))
                return
            }
            guard let announced = Self.number(raw.slice(124..<136)), announced >= 0 else {
                findings.append(
                    Finding(.badSize, .high, "a member's size is negative or no number", offset: offset + 124))
                return
            }
            let type = raw[156]
            let size = paxSize ?? announced
            let dataStart = offset + Self.block
            guard size <= max(0, bytes.byteCount - dataStart) else {
                findings.append(
                    Finding(.truncated, .high, "a member of \(size) bytes goes past the end", offset: offset))
                members.append(
                    Member(
                        name: longName ?? paxName ?? Self.name(raw), dataStart: dataStart,
                        size: max(0, bytes.byteCount - dataStart), type: type))
                return
            }
            // Links and the like announce a size now and then and carry no data.
            let carried = type == UInt8(ascii: "1") || type == UInt8(ascii: "2") || type == UInt8(ascii: "5") ? 0 : size
            // Where nobody knows how long the archive is, the announced size has no other bound.
            guard let next = Self.end(of: carried, from: dataStart) else {
                findings.append(Finding(.badSize, .high, "a member of \(size) bytes cannot be", offset: offset))
                return
            }
            switch type {
            case UInt8(ascii: "L"), UInt8(ascii: "x"):
                guard size <= Self.longestExtension else {
                    findings.append(
                        Finding(.stringLength, .medium, "an extended header of \(size) bytes", offset: offset))
                    return
                }
                let body = try bytes.bytes(at: dataStart, count: size)
                if type == UInt8(ascii: "L") {
                    longName = Array(body.prefix { $0 != 0 })
                } else {
                    (paxName, paxSize) = Self.pax(body, findings: &findings, offset: offset)
                }
            case UInt8(ascii: "g"), UInt8(ascii: "K"): break
            default:
                if type == UInt8(ascii: "S") {
                    findings.append(
                        Finding(.notInspected, .low, "a sparse member; its holes are not filled in", offset: offset))
                }
                guard members.count < memberLimit else {
                    isCut = true
                    return
                }
                members.append(
                    Member(name: paxName ?? longName ?? Self.name(raw), dataStart: dataStart, size: size, type: type))
                (longName, paxName, paxSize) = (nil, nil, nil)
            }
            offset = next
        }
    }

    /// Where the block behind a member's data begins; `nil` where no archive is that long.
    private static func end(of size: Int, from start: Int) -> Int? {
        let (padded, isTooLarge) = size.addingReportingOverflow(block - 1)
        let (end, isTooFar) = start.addingReportingOverflow(padded / block * block)
        return isTooLarge || isTooFar ? nil : end
    }

    /// No header where the next one should be: an archive that ends behind a member's data is whole, any other is damaged.
    private mutating func endIsMissing(at offset: Int, of byteCount: Int) {
        if offset > byteCount, let last = members.last, last.size > byteCount - last.dataStart {
            findings.append(
                Finding(.truncated, .high, "a member of \(last.size) bytes goes past the end", offset: last.dataStart))
            members[members.count - 1] = Member(
                name: last.name, dataStart: last.dataStart, size: min(last.size, max(0, byteCount - last.dataStart)),
                type: last.type)
        } else if offset == 0 || offset != byteCount {
            findings.append(Finding(.truncated, .medium, "the archive ends inside a header", offset: offset))
        }
    }

    private static func name(_ header: UnsafeRawBufferPointer) -> [UInt8] {
        let name = Array(header.slice(0..<100).prefix { $0 != 0 })
        let prefix = header.starts(with: "ustar\0", at: 257) ? Array(header.slice(345..<500).prefix { $0 != 0 }) : []
        return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    private static func hasChecksum(_ header: UnsafeRawBufferPointer) -> Bool {
        guard let wanted = number(header.slice(148..<156)) else { return false }
        var sum = 8 * 0x20
        var signed = 8 * 0x20
        for (index, byte) in header.enumerated() where !(148..<156).contains(index) {
            sum += Int(byte)
            signed += Int(Int8(bitPattern: byte))
        }
        return sum == wanted || signed == wanted
    }

    /// Octal digits, or GNU's base 256 when the first bit is set.
    private static func number(_ field: UnsafeRawBufferPointer) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            var value = first & 0x40 != 0 ? -1 : 0
            value = value << 6 | Int(first & 0x3F)
            for byte in field.dropFirst() {
                let (shifted, overflow) = value.multipliedReportingOverflow(by: 256)
                guard !overflow else { return nil }
                value = shifted | Int(byte)
            }
            return value
        }
        var value = 0
        var seen = false
        for byte in field {
            if byte == 0x20 || byte == 0 {
                if seen { break }
                continue
            }
            if byte == UInt8(ascii: "-") { return -1 }
            guard byte >= 0x30, byte <= 0x37 else { return nil }
            value = value << 3 | Int(byte - 0x30)
            seen = true
        }
        return value
    }

    /// `LENGTH key=value\n` records.
    private static func pax(_ body: [UInt8], findings: inout [Finding], offset: Int) -> (name: [UInt8]?, size: Int?) {
        var name: [UInt8]?
        var size: Int?
        var place = 0
        while place < body.count {
            guard let space = body[place...].firstIndex(of: 0x20),
                let length = Int(String(decoding: body[place..<space], as: UTF8.self)), length > space - place + 1,
                length <= body.count - place
            else {
                if body[place] != 0 {
                    findings.append(Finding(.badHeader, .low, "a pax record is not well formed", offset: offset))
                }
                break
            }
            let record = body[(space + 1)..<(place + length)].dropLast()
            if let sign = record.firstIndex(of: UInt8(ascii: "=")) {
                let key = String(decoding: record[..<sign], as: UTF8.self)
                let value = record[(sign + 1)...]
                if key == "path" || key == "GNU.sparse.name" { name = Array(value) }
                if key == "size" {
                    size = Int(String(decoding: value, as: UTF8.self))
                    if let given = size, given < 0 {
                        findings.append(
                            Finding(.badSize, .high, "a pax record gives a size of \(given)", offset: offset))
                        size = nil
                    }
                }
            }
            place += length
        }
        return (name, size)
    }
}
