import OpenscanBytes
import OpenscanFacts

/// The structures of an HDF5 file that lead to its objects (HDF5 File Format Specification 3.0): superblocks 0 to 3, object headers 1 and 2,
/// groups by symbol table, by link messages and by fractal heap. No data is read.
struct HDF5File {
    let bytes: any RandomAccessBytes
    private(set) var offsetSize = 8
    private(set) var lengthSize = 8
    private(set) var superblock = 0
    /// Address of the root group's header; `nil` where none is given.
    private(set) var root: FileNumber?
    /// What stands before the superblock; every address counts from there.
    private(set) var base = FileNumber.zero
    /// End of file as the superblock announces it.
    private(set) var announcedEnd: FileNumber?
    /// Bytes that may still be read: structures that point at one another again and again must not cost more than the file.
    private var budget: Int

    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    private static let longestBlock = 4 << 20

    init(_ bytes: any RandomAccessBytes) throws(ArtefactStop) {
        self.bytes = bytes
        budget = min(bytes.knownByteCount ?? .max, 1 << 30) * 4 + (64 << 10)
        var place = FileNumber.zero
        while true {
            let head = try block(at: place, count: 8)
            if head == Self.signature { break }
            // A user block in front has a size of 512 or a power of two above.
            place = place == 0 ? FileNumber(count: 512) : try place * 2
            guard place <= 1 << 20, head.count == 8 else {
                throw .malformed(.badHeader, "no HDF5 signature", at: 0)
            }
        }
        let head = try block(at: try place + 8, count: 96)
        base = place
        var fields = HDF5Fields(head)
        superblock = try fields.small(1)
        switch superblock {
        case 0, 1:
            try fields.skip(4)
            (offsetSize, lengthSize) = (try fields.small(1), try fields.small(1))
            try checkSizes(place)
            try fields.skip(1 + 2 + 2 + 4 + (superblock == 1 ? 4 : 0))
            try fields.skip(2 * offsetSize)
            announcedEnd = try fields.address(offsetSize)
            try fields.skip(offsetSize)
            // The root's symbol table entry: name, header.
            try fields.skip(offsetSize)
            root = try fields.address(offsetSize)
        case 2, 3:
            (offsetSize, lengthSize) = (try fields.small(1), try fields.small(1))
            try checkSizes(place)
            try fields.skip(1 + 2 * offsetSize)
            announcedEnd = try fields.address(offsetSize)
            root = try fields.address(offsetSize)
        default:
            throw .unsupported(
                Finding(
                    .unsupportedVersion, .medium, "HDF5 superblock \(superblock)", offset: try (place + 8).value))
        }
    }

    private func checkSizes(_ place: FileNumber) throws(ArtefactStop) {
        guard [2, 4, 8].contains(offsetSize), [2, 4, 8].contains(lengthSize) else {
            throw .malformed(
                .badHeader, "addresses of \(offsetSize) and lengths of \(lengthSize) bytes",
                at: try (place + 13).value)
        }
    }

    /// Bytes of a structure; fewer than asked for are an error only to who needs them.
    mutating func block(at address: FileNumber, count: FileNumber) throws(ArtefactStop) -> [UInt8] {
        guard count <= Self.longestBlock else {
            throw .malformed(.implausibleSize, "a structure of \(count) bytes", at: address.value)
        }
        // Never below zero: every step is far smaller than what numbers hold.
        budget -= min(count.value, Self.longestBlock) + 32
        guard budget > 0 else { throw .notInspected("structures that point at one another without end") }
        let place = try address + base
        do throws(ReadError) { return try bytes.bytes(at: place.value, count: count.value) } catch {
            throw .unreadable(error)
        }
    }

    /// The same of a size that the format gives.
    mutating func block(at address: FileNumber, count: Int) throws(ArtefactStop) -> [UInt8] {
        try block(at: address, count: FileNumber(count: count))
    }

    // MARK: Object headers

    struct Message {
        let type: Int
        let flags: UInt8
        let body: [UInt8]
    }

    static let messageLimit = 20_000

    /// The messages of an object header, continuation blocks included.
    mutating func messages(at address: FileNumber) throws(ArtefactStop) -> [Message] {
        let head = try block(at: address, count: 16)
        var out: [Message] = []
        var pending: [(address: FileNumber, count: FileNumber)] = []
        let isNew = head.starts(with: Array("OHDR".utf8))
        var carriesOrder = false
        var fields = HDF5Fields(head)
        if isNew {
            try fields.skip(4)
            guard try fields.uint8() == 2 else {
                throw .malformed(.unsupportedVersion, "an object header of another version", at: address.value)
            }
            let flags = try fields.uint8()
            carriesOrder = flags & 4 != 0
            let start = try address + (6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0))
            let sizeBytes = Self.sizeBytes(flags)
            var size = HDF5Fields(try block(at: start, count: sizeBytes))
            pending.append((try start + sizeBytes, try size.number(sizeBytes)))
        } else {
            guard try fields.uint8() == 1 else { throw .malformed(.badHeader, "no object header", at: address.value) }
            try fields.skip(7)
            pending.append((try address + 16, try fields.number(4)))
        }
        var blocks = 0
        while let (place, count) = pending.popLast() {
            blocks += 1
            guard blocks <= 1000 else {
                throw .malformed(.linkCycle, "an object header with more than 1,000 continuations", at: address.value)
            }
            let body = try block(at: place, count: count)
            var fields = HDF5Fields(body)
            if isNew, blocks > 1 {
                guard body.starts(with: Array("OCHK".utf8)) else {
                    throw .malformed(.badHeader, "no continuation of an object header", at: place.value)
                }
                try fields.skip(4)
            }
            // The last four bytes of a new block are its checksum.
            let checksum = isNew && blocks > 1 ? 4 : 0
            while fields.remaining >= checksum + (isNew ? 4 : 8), out.count < Self.messageLimit {
                let type = try fields.small(isNew ? 1 : 2)
                let size = try fields.number(2)
                let flags = try fields.uint8()
                try fields.skip(isNew ? carriesOrder ? 2 : 0 : 3)
                guard try size + checksum <= fields.remaining else {
                    throw .malformed(
                        .truncated, "a message of \(size) bytes goes past its block",
                        at: place.value)
                }
                let data = try fields.take(size)
                if type == 0x10 {
                    var link = HDF5Fields(data)
                    pending.append((try link.place(offsetSize), try link.number(lengthSize)))
                } else if type != 0 {
                    out.append(Message(type: type, flags: flags, body: data))
                }
            }
        }
        return out
    }

    /// Bytes of a size whose own size two bits of the flags give.
    private static func sizeBytes(_ flags: UInt8) -> Int { [1, 2, 4, 8][Int(flags & 3)] }

    // MARK: Groups

    enum Link {
        case hard(name: String, address: FileNumber?)
        case soft(name: String, path: String)
        case external(name: String, file: String, path: String)
    }

    static let linkLimit = 500_000

    /// Links of a group by its messages; `nil` when the object is no group.
    mutating func links(_ messages: [Message]) throws(ArtefactStop) -> [Link]? {
        var out: [Link] = []
        var isGroup = false
        for message in messages {
            switch message.type {
            case 0x11:
                isGroup = true
                var fields = HDF5Fields(message.body)
                let tree = try fields.place(offsetSize)
                try symbolTable(tree, try fields.place(offsetSize), &out)
            case 0x06:
                isGroup = true
                if let link = try link(message.body) { out.append(link) }
            case 0x02:
                isGroup = true
                var fields = HDF5Fields(message.body)
                try fields.skip(1)
                let flags = try fields.uint8()
                if flags & 1 != 0 { try fields.skip(8) }
                guard let heap = try fields.address(offsetSize), let names = try fields.address(offsetSize) else {
                    continue
                }
                for object in try HDF5FractalHeap(&self, at: heap).objects(&self, index: names, recordPrefix: 4) {
                    if let link = try link(object) { out.append(link) }
                }
            default: break
            }
        }
        return isGroup ? out : nil
    }

    func link(_ body: [UInt8]) throws(ArtefactStop) -> Link? {
        var fields = HDF5Fields(body)
        guard try fields.uint8() == 1 else { return nil }
        let flags = try fields.uint8()
        let type = flags & 8 != 0 ? try fields.uint8() : 0
        if flags & 4 != 0 { try fields.skip(8) }
        if flags & 0x10 != 0 { try fields.skip(1) }
        let length = try fields.number(Self.sizeBytes(flags))
        let name = String(decoding: try fields.take(length), as: UTF8.self)
        switch type {
        case 0: return .hard(name: name, address: try fields.address(offsetSize))
        case 1:
            return .soft(name: name, path: String(decoding: try fields.take(try fields.number(2)), as: UTF8.self))
        case 64:
            let value = try fields.take(try fields.number(2))
            let parts = value.dropFirst().split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count >= 2 else { return nil }
            return .external(
                name: name, file: String(decoding: parts[0], as: UTF8.self),
                path: String(decoding: parts[1], as: UTF8.self))
        default: return nil
        }
    }

    /// A version 1 B-tree of symbol nodes, names in a local heap.
    private mutating func symbolTable(_ tree: FileNumber, _ heapAddress: FileNumber, _ out: inout [Link])
        throws(ArtefactStop)
    {
        let head = try block(at: heapAddress, count: 8 + 2 * lengthSize + offsetSize)
        guard head.starts(with: Array("HEAP".utf8)) else {
            throw .malformed(.badHeader, "no local heap", at: heapAddress.value)
        }
        var fields = HDF5Fields(head)
        try fields.skip(8)
        let heapSize = try fields.number(lengthSize)
        try fields.skip(lengthSize)
        let names = try block(at: try fields.place(offsetSize), count: heapSize)
        var pending = [tree]
        var seen = Set<FileNumber>()
        while let address = pending.popLast() {
            guard seen.insert(address).inserted else {
                throw .malformed(.linkCycle, "a group's tree contains itself", at: address.value)
            }
            let start = try block(at: address, count: 8 + 2 * offsetSize)
            if start.starts(with: Array("SNOD".utf8)) {
                try symbolNode(address, names, &out)
                continue
            }
            guard start.starts(with: Array("TREE".utf8)), start.byte(at: 4) == 0 else {
                throw .malformed(.badHeader, "no node of a group's tree", at: address.value)
            }
            let count = try start.number(at: 6, UInt16.self)
            var body = HDF5Fields(
                try block(
                    at: try address + (8 + 2 * offsetSize),
                    count: try count * (lengthSize + offsetSize) + lengthSize))
            for _ in count.indices() {
                try body.skip(lengthSize)
                pending.append(try body.place(offsetSize))
            }
            guard pending.count <= Self.linkLimit else {
                throw .malformed(
                    .countTooLarge, "a group's tree of more than \(Self.linkLimit) nodes", at: address.value)
            }
        }
    }

    private mutating func symbolNode(_ address: FileNumber, _ names: [UInt8], _ out: inout [Link])
        throws(ArtefactStop)
    {
        var head = HDF5Fields(try block(at: address, count: 8))
        try head.skip(6)
        let count = try head.number(2)
        var fields = HDF5Fields(try block(at: try address + 8, count: try count * (2 * offsetSize + 24)))
        for _ in count.indices() {
            let nameOffset = try fields.number(offsetSize)
            let header = try fields.address(offsetSize)
            let cache = try fields.uint32()
            try fields.skip(4)
            let scratch = try fields.take(16)
            let name = Self.text(names, at: nameOffset)
            if cache == 2 {
                out.append(.soft(name: name, path: Self.text(names, at: try scratch.number(at: 0, UInt32.self))))
            } else {
                out.append(.hard(name: name, address: header))
            }
            guard out.count <= Self.linkLimit else {
                throw .malformed(.countTooLarge, "a group of more than \(Self.linkLimit) links", at: address.value)
            }
        }
    }

    private static func text(_ heap: [UInt8], at offset: FileNumber) -> String {
        String(decoding: heap.part(from: offset.value, most: 1024).prefix { $0 != 0 }, as: UTF8.self)
    }

    // MARK: Attributes

    struct Attribute {
        let name: String
        let type: HDF5Type
        let shape: [Int]
        let data: [UInt8]
    }

    mutating func attributes(_ messages: [Message]) throws(ArtefactStop) -> [Attribute] {
        var out: [Attribute] = []
        for message in messages {
            if message.type == 0x0C {
                if let attribute = try? attribute(message.body) { out.append(attribute) }
            } else if message.type == 0x15 {
                var fields = HDF5Fields(message.body)
                try fields.skip(1)
                let flags = try fields.uint8()
                if flags & 1 != 0 { try fields.skip(2) }
                guard let heap = try fields.address(offsetSize), let names = try fields.address(offsetSize) else {
                    continue
                }
                for object in try HDF5FractalHeap(&self, at: heap).objects(&self, index: names, recordPrefix: 0) {
                    if let attribute = try? attribute(object) { out.append(attribute) }
                }
            }
        }
        return out
    }

    private func attribute(_ body: [UInt8]) throws(ArtefactStop) -> Attribute? {
        var fields = HDF5Fields(body)
        let version = try fields.uint8()
        guard (1...3).contains(version) else { return nil }
        let flags = try fields.uint8()
        // A shared type is elsewhere.
        guard version == 1 || flags & 3 == 0 else { return nil }
        let (nameSize, typeSize, spaceSize) = (try fields.number(2), try fields.number(2), try fields.number(2))
        if version == 3 { try fields.skip(1) }
        let step = version == 1 ? 8 : 1
        let name = try fields.take(try nameSize.padded(to: step))
        let type = try fields.take(try typeSize.padded(to: step))
        let space = try fields.take(try spaceSize.padded(to: step))
        let data = try fields.take(FileNumber(count: fields.remaining))
        return Attribute(
            name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self), type: try HDF5Type(type),
            shape: try shape(space), data: data)
    }

    /// Dimensions; an empty list for one value.
    func shape(_ body: [UInt8]) throws(ArtefactStop) -> [Int] {
        var fields = HDF5Fields(body)
        let version = try fields.uint8()
        let rank = try fields.number(1)
        try fields.skip(1)
        guard rank <= 32 else { throw .malformed(.badDims, "\(rank) dimensions") }
        if version == 1 { try fields.skip(5) } else if try fields.uint8() == 2 { return [0] }
        var out: [Int] = []
        for _ in rank.indices() { out.append(try fields.number(lengthSize).value) }
        return out
    }

    /// The characters of a string attribute, of the first element where it is an array.
    mutating func text(_ attribute: Attribute, limit: Int = 4 << 20) -> String? {
        switch attribute.type.kind {
        case .string:
            return String(
                decoding: attribute.data.prefix(min(limit, attribute.type.size.value)).prefix { $0 != 0 }, as: UTF8.self
            )
        case .variableString:
            var fields = HDF5Fields(attribute.data)
            guard let count = try? fields.number(4), let address = try? fields.place(offsetSize),
                let index = try? fields.number(4),
                let bytes = try? globalHeapObject(address, index, most: min(count.value, limit))
            else { return nil }
            return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        default: return nil
        }
    }

    private mutating func globalHeapObject(_ address: FileNumber, _ index: FileNumber, most: Int)
        throws(ArtefactStop) -> [UInt8]
    {
        let headSize = 8 + lengthSize
        let head = try block(at: address, count: headSize)
        guard head.starts(with: Array("GCOL".utf8)) else {
            throw .malformed(.badHeader, "no global heap", at: address.value)
        }
        var fields = HDF5Fields(head)
        try fields.skip(8)
        let size = try fields.number(lengthSize)
        guard size <= bytes.knownByteCount ?? .max else {
            throw .malformed(.truncated, "a heap of \(size) bytes", at: address.value)
        }
        let end = try address + size
        var place = try address + headSize
        var steps = 0
        while try place + headSize <= end, steps < 10_000 {
            steps += 1
            var object = HDF5Fields(try block(at: place, count: headSize))
            let number = try object.number(2)
            try object.skip(6)
            let length = try object.number(lengthSize)
            let data = try place + headSize
            guard try place + length <= end else { break }
            if number == index { return try block(at: data, count: min(length.value, most)) }
            if number == 0 { break }
            place = try data + length.padded(to: 8)
        }
        throw .malformed(.badOffsets, "a heap object that is not there", at: address.value)
    }
}

/// Fields of a structure, little-endian and of the sizes that the superblock gives.
struct HDF5Fields {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    mutating func skip(_ count: Int) throws(ArtefactStop) {
        guard count >= 0, count <= remaining else { throw .malformed(.truncated, "a structure ends inside a field") }
        offset += count
    }

    mutating func take(_ count: Int) throws(ArtefactStop) -> [UInt8] {
        let start = offset
        try skip(count)
        return Array(bytes[start..<offset])
    }

    mutating func take(_ count: FileNumber) throws(ArtefactStop) -> [UInt8] { try take(count.value) }

    /// The bits of `count` bytes, at most eight.
    private mutating func bits(_ count: Int) throws(ArtefactStop) -> UInt64 {
        let part = bytes.part(from: offset, most: min(8, count))
        try skip(count)
        return part.littleEndianBits
    }

    /// Unsigned number of `count` bytes.
    mutating func number(_ count: Int) throws(ArtefactStop) -> FileNumber {
        let value = try bits(count)
        guard let number = FileNumber(exactly: value) else {
            throw .malformed(.badNumber, "\(value) is no size, count or offset")
        }
        return number
    }

    /// Address of `count` bytes; all ones, which stand for undefined, are `nil`.
    mutating func address(_ count: Int) throws(ArtefactStop) -> FileNumber? {
        let value = try bits(count)
        if value == UInt64.max >> UInt64(64 - 8 * min(8, max(1, count))) { return nil }
        guard let address = FileNumber(exactly: value) else {
            throw .malformed(.badOffsets, "\(value) is no address")
        }
        return address
    }

    /// An address that has to be there.
    mutating func place(_ count: Int) throws(ArtefactStop) -> FileNumber {
        guard let address = try address(count) else { throw .malformed(.badOffsets, "an address is missing") }
        return address
    }

    /// A number of at most two bytes: so small that sums of such need no check.
    mutating func small(_ count: Int) throws(ArtefactStop) -> Int { try number(min(2, count)).value }

    mutating func uint8() throws(ArtefactStop) -> UInt8 { UInt8(try bits(1)) }
    mutating func uint16() throws(ArtefactStop) -> UInt16 { UInt16(try bits(2)) }
    mutating func uint32() throws(ArtefactStop) -> UInt32 { UInt32(try bits(4)) }
}

/// A datatype message (section IV.A.2.d): what kind, how large.
struct HDF5Type {
    enum Kind {
        case integer(isSigned: Bool)
        case float, string, variableString
        case other(String)
    }

    let kind: Kind
    /// Bytes of an element in the file.
    let size: FileNumber

    init(_ body: [UInt8]) throws(ArtefactStop) {
        guard body.count >= 8 else { throw .malformed(.truncated, "a type of \(body.count) bytes") }
        size = try body.number(at: 4, UInt32.self)
        switch body[0] & 0x0F {
        case 0: kind = .integer(isSigned: body[1] & 8 != 0)
        case 1: kind = .float
        case 3: kind = .string
        case 9: kind = body[1] & 0x0F == 1 ? .variableString : .other("vlen")
        case 2: kind = .other("time")
        case 4: kind = .other("bitfield")
        case 5: kind = .other("opaque")
        case 6: kind = .other("compound")
        case 7: kind = .other("reference")
        case 8: kind = .other("enum")
        case 10: kind = .other("array")
        default: throw .malformed(.badType, "type class \(body[0] & 0x0F)")
        }
    }

    private var bits: String { size.multiplied(by: 8)?.description ?? "" }

    /// The name that NumPy gives it.
    var name: String {
        switch kind {
        case .integer(let isSigned): (isSigned ? "int" : "uint") + bits
        case .float: "float" + bits
        case .string, .variableString: "str"
        case .other(let name): name
        }
    }
}
