import OpenscanBytes
import OpenscanFacts

/// The members of an uncompressed tar (POSIX.1-2017 pax, ustar, GNU) by their headers; no data is read.
public struct TarDirectory {
    /// A member as its header describes it.
    public struct Member {
        /// Raw bytes of the name; a pax or GNU header before it outranks its own.
        public let name: [UInt8]
        /// Offset of the data in the archive.
        public let dataStart: FileNumber
        /// Bytes of data, cut at the archive's end.
        public internal(set) var size: FileNumber
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
        var place = FileNumber.zero
        var longName: [UInt8]?
        var paxName: [UInt8]?
        var paxSize: FileNumber?
        let header = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.block, alignment: 16)
        defer { header.deallocate() }
        while true {
            let offset = place.value
            guard try bytes.read(at: offset, into: header) == Self.block, let dataStart = place.adding(Self.block)
            else {
                endIsMissing(at: place, of: bytes.knownByteCount)
                return
            }
            let raw = UnsafeRawBufferPointer(header)
            if raw.allSatisfy({ $0 == 0 }) { return }
            guard Self.hasChecksum(raw) else {
                findings.append(Finding(.badHeader, .medium, "header checksum does not fit", offset: offset))
                return
            }
            guard let announced = Self.number(raw.slice(124..<136)) else {
                findings.append(
                    Finding(
                        .badSize, .high, "a member's size is negative or no number", offset: place.adding(124)?.value))
                return
            }
            let type = raw[156]
            let size = paxSize ?? announced
            let left = bytes.knownByteCount.map { FileNumber(count: $0).subtracting(dataStart) ?? .zero }
            if let left, size > left {
                findings.append(
                    Finding(.truncated, .high, "a member of \(size) bytes goes past the end", offset: offset))
                members.append(
                    Member(
                        name: longName ?? paxName ?? Self.name(raw), dataStart: dataStart, size: left, type: type))
                return
            }
            // Links and the like announce a size now and then and carry no data.
            let isBare = type == UInt8(ascii: "1") || type == UInt8(ascii: "2") || type == UInt8(ascii: "5")
            // Where nobody knows how long the archive is, the announced size has no other bound.
            guard let next = (isBare ? .zero : size).roundedUp(to: Self.block)?.adding(dataStart) else {
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
                let body = try bytes.bytes(at: dataStart.value, count: size.value)
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
            place = next
        }
    }

    /// No header where the next one should be: an archive that ends behind a member's data is whole, any other is damaged.
    private mutating func endIsMissing(at place: FileNumber, of byteCount: Int?) {
        let end = byteCount.map { FileNumber(count: $0) }
        if let end, place > end, let last = members.last, let left = end.subtracting(last.dataStart), last.size > left {
            findings.append(
                Finding(
                    .truncated, .high, "a member of \(last.size) bytes goes past the end", offset: last.dataStart.value)
            )
            if let index = members.indices.last { members[index].size = left }
        } else if place == 0 || place != end {
            findings.append(
                Finding(.truncated, .medium, "the archive ends inside a header", offset: place.value))
        }
    }

    private static func name(_ header: UnsafeRawBufferPointer) -> [UInt8] {
        let name = Array(header.slice(0..<100).prefix { $0 != 0 })
        let prefix = header.starts(with: "ustar\0", at: 257) ? Array(header.slice(345..<500).prefix { $0 != 0 }) : []
        return prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
    }

    private static func hasChecksum(_ header: UnsafeRawBufferPointer) -> Bool {
        guard let wanted = number(header.slice(148..<156)) else { return false }
        // The checksum's own eight bytes count as spaces. Some programs took the bytes as signed.
        let summed = [header.slice(0..<148), header.slice(156..<header.count)]
        let sum = summed.joined().reduce(FileNumber?.some(FileNumber(count: 8 * 0x20))) { $0?.adding(Int($1)) }
        let negative = summed.reduce(0) { count, part in count + part.count { $0 >= 0x80 } }
        return wanted == sum || wanted == sum?.subtracting(256 * negative)
    }

    /// Octal digits, or GNU's base 256 when the first bit is set; `nil` for what is negative or no number.
    private static func number(_ field: UnsafeRawBufferPointer) -> FileNumber? {
        if let first = field.first, first & 0x80 != 0 {
            guard first & 0x40 == 0 else { return nil }
            return field.dropFirst().reduce(FileNumber?.some(FileNumber(count: Int(first & 0x3F)))) { number, byte in
                number?.multiplied(by: 256)?.adding(Int(byte))
            }
        }
        var value: FileNumber? = .zero
        var seen = false
        for byte in field {
            if byte == 0x20 || byte == 0 {
                if seen { break }
                continue
            }
            guard byte >= 0x30, byte <= 0x37 else { return nil }
            value = value?.multiplied(by: 8)?.adding(Int(byte - 0x30))
            seen = true
        }
        return value
    }

    /// `LENGTH key=value\n` records.
    private static func pax(_ body: [UInt8], findings: inout [Finding], offset: Int) -> (
        name: [UInt8]?, size: FileNumber?
    ) {
        var name: [UInt8]?
        var size: FileNumber?
        var rest = body[...]
        while !rest.isEmpty {
            // The length counts its own digits, the space and the line feed too.
            let digits = rest.prefix { $0 != 0x20 }
            guard let length = Int(String(decoding: digits, as: UTF8.self)), length > digits.count + 1,
                length <= rest.count
            else {
                if rest.first != 0 {
                    findings.append(Finding(.badHeader, .low, "a pax record is not well formed", offset: offset))
                }
                break
            }
            let record = rest.prefix(length).dropFirst(digits.count + 1).dropLast()
            rest = rest.dropFirst(length)
            guard let sign = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = String(decoding: record[..<sign], as: UTF8.self)
            let value = record[sign...].dropFirst()
            if key == "path" || key == "GNU.sparse.name" { name = Array(value) }
            if key == "size" {
                let given = Int(String(decoding: value, as: UTF8.self))
                size = given.flatMap { FileNumber(exactly: $0) }
                if let given, size == nil {
                    findings.append(
                        Finding(.badSize, .high, "a pax record gives a size of \(given)", offset: offset))
                }
            }
        }
        return (name, size)
    }
}
