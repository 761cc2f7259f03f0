import OpenscanBytes
import OpenscanFacts

/// The structures of an HDF5 file that lead to its objects (HDF5 File Format Specification 3.0): superblocks 0 to 3, object headers 1 and 2,
/// groups by symbol table, by link messages and by fractal heap. No data is read.
struct HDF5File {
    let bytes: any RandomAccessBytes
    private(set) var offsetSize = 8
    private(set) var lengthSize = 8
    private(set) var superblock = 0
    private(set) var root = 0
    private(set) var base = 0
    /// End of file as the superblock announces it.
    private(set) var announcedEnd: Int?
    /// Bytes that may still be read: structures that point at one another again and again must not cost more than the file.
    private var budget: Int

    static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]
    static let undefined = -1
    private static let longestBlock = 4 << 20

    init(_ bytes: any RandomAccessBytes) throws(ArtefactStop) {
        self.bytes = bytes
        budget = min(bytes.byteCount, 1 << 30) * 4 + (64 << 10)
        var place = 0
        while true {
            let head = try block(at: place, count: 8)
            if head == Self.signature { break }
            // A user block in front has a size of 512 or a power of two above.
            place = place == 0 ? 512 : place * 2
            guard place <= 1 << 20, place + 8 <= bytes.byteCount else {
                throw .malformed(.badHeader, "no HDF5 signature", at: 0)
            }
        }
        let head = try block(at: place + 8, count: 96)
        base = place
        var fields = HDF5Fields(head)
        superblock = Int(try fields.uint8())
        switch superblock {
        case 0, 1:
            try fields.skip(4)
            (offsetSize, lengthSize) = (Int(try fields.uint8()), Int(try fields.uint8()))
            try checkSizes(place)
            try fields.skip(1 + 2 + 2 + 4 + (superblock == 1 ? 4 : 0))
            try fields.skip(2 * offsetSize)
            announcedEnd = try fields.address(offsetSize)
            try fields.skip(offsetSize)
            // The root's symbol table entry: name, header.
            try fields.skip(offsetSize)
            root = try fields.address(offsetSize)
        case 2, 3:
            (offsetSize, lengthSize) = (Int(try fields.uint8()), Int(try fields.uint8()))
            try checkSizes(place)
            try fields.skip(1 + 2 * offsetSize)
            announcedEnd = try fields.address(offsetSize)
            root = try fields.address(offsetSize)
        default:
            throw .unsupported(
                Finding(.unsupportedVersion, .medium, "HDF5 superblock \(superblock)", offset: place + 8))
        }
    }

    private func checkSizes(_ place: Int) throws(ArtefactStop) {
        guard [2, 4, 8].contains(offsetSize), [2, 4, 8].contains(lengthSize) else {
            throw .malformed(
                .badHeader, "addresses of \(offsetSize) and lengths of \(lengthSize) bytes", at: place + 13)
        }
    }

    /// Bytes of a structure; fewer than asked for are an error only to who needs them.
    mutating func block(at address: Int, count: Int) throws(ArtefactStop) -> [UInt8] {
        guard count >= 0, count <= Self.longestBlock else {
            throw .malformed(.implausibleSize, "a structure of \(count) bytes", at: address)
        }
        budget -= count + 32
        guard budget > 0 else { throw .notInspected("structures that point at one another without end") }
        let (place, overflow) = address.addingReportingOverflow(base)
        guard address >= 0, !overflow else { throw .malformed(.badOffsets, "an address of \(address)") }
        do throws(ReadError) { return try bytes.bytes(at: place, count: count) } catch { throw .unreadable(error) }
    }

    // MARK: Object headers

    struct Message {
        let type: Int
        let flags: UInt8
        let body: [UInt8]
    }

    static let messageLimit = 20_000

    /// The messages of an object header, continuation blocks included.
    mutating func messages(at address: Int) throws(ArtefactStop) -> [Message] {
        let head = try block(at: address, count: 16)
        var out: [Message] = []
        var pending: [(address: Int, count: Int)] = []
        let isNew = head.starts(with: Array("OHDR".utf8))
        var carriesOrder = false
        var fields = HDF5Fields(head)
        if isNew {
            try fields.skip(4)
            guard try fields.uint8() == 2 else {
                throw .malformed(.unsupportedVersion, "an object header of another version", at: address)
            }
            let flags = try fields.uint8()
            carriesOrder = flags & 4 != 0
            var start = 6 + (flags & 0x20 != 0 ? 16 : 0) + (flags & 0x10 != 0 ? 4 : 0)
            let sizeBytes = 1 << Int(flags & 3)
            var size = HDF5Fields(try block(at: address + start, count: sizeBytes))
            let count = try size.number(sizeBytes)
            start += sizeBytes
            pending.append((address + start, count))
        } else {
            guard try fields.uint8() == 1 else { throw .malformed(.badHeader, "no object header", at: address) }
            try fields.skip(7)
            pending.append((address + 16, Int(try fields.uint32())))
        }
        var blocks = 0
        while let (place, count) = pending.popLast() {
            blocks += 1
            guard blocks <= 1000 else {
                throw .malformed(.linkCycle, "an object header with more than 1,000 continuations", at: address)
            }
            let body = try block(at: place, count: count)
            var fields = HDF5Fields(body)
            if isNew, blocks > 1 {
                guard body.starts(with: Array("OCHK".utf8)) else {
                    throw .malformed(.badHeader, "no continuation of an object header", at: place)
                }
                try fields.skip(4)
            }
            // The last four bytes of a new block are its checksum.
            let end = isNew && blocks > 1 ? body.count - 4 : body.count
            while fields.offset + (isNew ? 4 : 8) <= end, out.count < Self.messageLimit {
                let type: Int
                let size: Int
                let flags: UInt8
                if isNew {
                    (type, size, flags) = (Int(try fields.uint8()), Int(try fields.uint16()), try fields.uint8())
                    if carriesOrder { try fields.skip(2) }
                } else {
                    (type, size, flags) = (Int(try fields.uint16()), Int(try fields.uint16()), try fields.uint8())
                    try fields.skip(3)
                }
                guard size <= end - fields.offset else {
                    throw .malformed(
                        .truncated, "a message of \(size) bytes goes past its block", at: place + fields.offset)
                }
                let data = try fields.take(size)
                if type == 0x10 {
                    var link = HDF5Fields(data)
                    let address = try link.address(offsetSize)
                    pending.append((address, try link.number(lengthSize)))
                } else if type != 0 {
                    out.append(Message(type: type, flags: flags, body: data))
                }
            }
        }
        return out
    }

    // MARK: Groups

    enum Link {
        case hard(name: String, address: Int)
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
                let tree = try fields.address(offsetSize)
                let heap = try fields.address(offsetSize)
                try symbolTable(tree, heap, &out)
            case 0x06:
                isGroup = true
                if let link = try link(message.body) { out.append(link) }
            case 0x02:
                isGroup = true
                var fields = HDF5Fields(message.body)
                try fields.skip(1)
                let flags = try fields.uint8()
                if flags & 1 != 0 { try fields.skip(8) }
                let heap = try fields.address(offsetSize)
                let names = try fields.address(offsetSize)
                guard heap != Self.undefined, names != Self.undefined else { continue }
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
        let length = try fields.number(1 << Int(flags & 3))
        let name = String(decoding: try fields.take(length), as: UTF8.self)
        switch type {
        case 0: return .hard(name: name, address: try fields.address(offsetSize))
        case 1:
            return .soft(name: name, path: String(decoding: try fields.take(Int(try fields.uint16())), as: UTF8.self))
        case 64:
            let value = try fields.take(Int(try fields.uint16()))
            let parts = value.dropFirst().split(separator: 0, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count >= 2 else { return nil }
            return .external(
                name: name, file: String(decoding: parts[0], as: UTF8.self),
                path: String(decoding: parts[1], as: UTF8.self))
        default: return nil
        }
    }

    /// A version 1 B-tree of symbol nodes, names in a local heap.
    private mutating func symbolTable(_ tree: Int, _ heapAddress: Int, _ out: inout [Link]) throws(ArtefactStop) {
        let head = try block(at: heapAddress, count: 8 + 2 * lengthSize + offsetSize)
        guard head.starts(with: Array("HEAP".utf8)) else {
            throw .malformed(.badHeader, "no local heap", at: heapAddress)
        }
        var fields = HDF5Fields(head)
        try fields.skip(8)
        let heapSize = try fields.number(lengthSize)
        try fields.skip(lengthSize)
        let names = try block(at: try fields.address(offsetSize), count: heapSize)
        var pending = [tree]
        var seen = Set<Int>()
        while let address = pending.popLast() {
            guard seen.insert(address).inserted else {
                throw .malformed(.linkCycle, "a group's tree contains itself", at: address)
            }
            let start = try block(at: address, count: 8 + 2 * offsetSize)
            if start.starts(with: Array("SNOD".utf8)) {
                try symbolNode(address, names, &out)
                continue
            }
            guard start.starts(with: Array("TREE".utf8)), start.count >= 8, start[4] == 0 else {
                throw .malformed(.badHeader, "no node of a group's tree", at: address)
            }
            let count = Int(start[6]) | Int(start[7]) << 8
            var body = HDF5Fields(
                try block(at: address + 8 + 2 * offsetSize, count: count * (lengthSize + offsetSize) + lengthSize))
            for _ in 0..<count {
                try body.skip(lengthSize)
                pending.append(try body.address(offsetSize))
            }
            guard pending.count <= Self.linkLimit else {
                throw .malformed(.countTooLarge, "a group's tree of more than \(Self.linkLimit) nodes", at: address)
            }
        }
    }

    private mutating func symbolNode(_ address: Int, _ names: [UInt8], _ out: inout [Link]) throws(ArtefactStop) {
        var head = HDF5Fields(try block(at: address, count: 8))
        try head.skip(6)
        let count = Int(try head.uint16())
        var fields = HDF5Fields(try block(at: address + 8, count: count * (2 * offsetSize + 24)))
        for _ in 0..<count {
            let nameOffset = try fields.number(offsetSize)
            let header = try fields.address(offsetSize)
            let cache = try fields.uint32()
            try fields.skip(4)
            let scratch = try fields.take(16)
            let name = Self.text(names, at: nameOffset)
            if cache == 2 {
                let place = Int(scratch[0]) | Int(scratch[1]) << 8 | Int(scratch[2]) << 16 | Int(scratch[3]) << 24
                out.append(.soft(name: name, path: Self.text(names, at: place)))
            } else {
                out.append(.hard(name: name, address: header))
            }
            guard out.count <= Self.linkLimit else {
                throw .malformed(.countTooLarge, "a group of more than \(Self.linkLimit) links", at: address)
            }
        }
    }

    private static func text(_ heap: [UInt8], at offset: Int) -> String {
        guard offset >= 0, offset < heap.count else { return "" }
        return String(decoding: heap[offset...].prefix(1024).prefix { $0 != 0 }, as: UTF8.self)
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
                let heap = try fields.address(offsetSize)
                let names = try fields.address(offsetSize)
                guard heap != Self.undefined, names != Self.undefined else { continue }
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
        let nameSize = Int(try fields.uint16())
        let typeSize = Int(try fields.uint16())
        let spaceSize = Int(try fields.uint16())
        if version == 3 { try fields.skip(1) }
        func padded(_ count: Int) -> Int { version == 1 ? (count + 7) / 8 * 8 : count }
        let name = try fields.take(padded(nameSize))
        let type = try fields.take(padded(typeSize))
        let space = try fields.take(padded(spaceSize))
        let data = try fields.take(fields.remaining)
        return Attribute(
            name: String(decoding: name.prefix { $0 != 0 }, as: UTF8.self), type: try HDF5Type(type),
            shape: try shape(space), data: data)
    }

    /// Dimensions; an empty list for one value.
    func shape(_ body: [UInt8]) throws(ArtefactStop) -> [Int] {
        var fields = HDF5Fields(body)
        let version = try fields.uint8()
        let rank = Int(try fields.uint8())
        try fields.skip(1)
        guard rank <= 32 else { throw .malformed(.badDims, "\(rank) dimensions") }
        if version == 1 { try fields.skip(5) } else if try fields.uint8() == 2 { return [0] }
        var out: [Int] = []
        for _ in 0..<rank { out.append(try fields.number(lengthSize)) }
        return out
    }

    /// The characters of a string attribute, of the first element where it is an array.
    mutating func text(_ attribute: Attribute, limit: Int = 4 << 20) -> String? {
        switch attribute.type.kind {
        case .string:
            return String(
                decoding: attribute.data.prefix(min(limit, attribute.type.size)).prefix { $0 != 0 }, as: UTF8.self)
        case .variableString:
            var fields = HDF5Fields(attribute.data)
            guard let count = try? fields.uint32(), let address = try? fields.address(offsetSize),
                let index = try? fields.uint32(),
                let bytes = try? globalHeapObject(address, Int(index), count: Int(count), limit: limit)
            else { return nil }
            return String(decoding: bytes.prefix(Int(count)).prefix { $0 != 0 }, as: UTF8.self)
        default: return nil
        }
    }

    private mutating func globalHeapObject(_ address: Int, _ index: Int, count: Int, limit: Int) throws(ArtefactStop)
        -> [UInt8]
    {
        let head = try block(at: address, count: 8 + lengthSize)
        guard head.starts(with: Array("GCOL".utf8)) else {
            throw .malformed(.badHeader, "no global heap", at: address)
        }
        var fields = HDF5Fields(head)
        try fields.skip(8)
        let size = try fields.number(lengthSize)
        var place = address + 8 + lengthSize
        let (end, overflow) = address.addingReportingOverflow(size)
        guard !overflow, size <= bytes.byteCount else {
            throw .malformed(.truncated, "a heap of \(size) bytes", at: address)
        }
        var steps = 0
        while place + 8 + lengthSize <= end, steps < 10_000 {
            steps += 1
            var object = HDF5Fields(try block(at: place, count: 8 + lengthSize))
            let number = Int(try object.uint16())
            try object.skip(6)
            let length = try object.number(lengthSize)
            guard length >= 0, length <= end - place else { break }
            if number == index { return try block(at: place + 8 + lengthSize, count: min(length, min(limit, count))) }
            if number == 0 { break }
            place += 8 + lengthSize + (length + 7) / 8 * 8
        }
        throw .malformed(.badOffsets, "a heap object that is not there", at: address)
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

    /// Unsigned number of `count` bytes; all ones are -1, which stands for undefined.
    mutating func number(_ count: Int) throws(ArtefactStop) -> Int {
        let start = offset
        try skip(count)
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(bytes[start + index]) << UInt64(8 * index) }
        guard let number = Int(exactly: value) else { return value == .max ? HDF5File.undefined : .max }
        return number
    }

    mutating func address(_ count: Int) throws(ArtefactStop) -> Int {
        let value = try number(count)
        return count < 8 && value == 1 << (8 * count) - 1 ? HDF5File.undefined : value
    }

    mutating func uint8() throws(ArtefactStop) -> UInt8 { UInt8(try number(1)) }
    mutating func uint16() throws(ArtefactStop) -> UInt16 { UInt16(try number(2)) }
    mutating func uint32() throws(ArtefactStop) -> UInt32 { UInt32(try number(4)) }
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
    let size: Int

    init(_ body: [UInt8]) throws(ArtefactStop) {
        guard body.count >= 8 else { throw .malformed(.truncated, "a type of \(body.count) bytes") }
        size = Int(body[4]) | Int(body[5]) << 8 | Int(body[6]) << 16 | Int(body[7]) << 24
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

    /// The name that NumPy gives it.
    var name: String {
        switch kind {
        case .integer(let isSigned): (isSigned ? "int" : "uint") + String(size * 8)
        case .float: "float" + String(size * 8)
        case .string, .variableString: "str"
        case .other(let name): name
        }
    }
}
