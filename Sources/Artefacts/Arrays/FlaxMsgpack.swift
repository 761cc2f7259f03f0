import OpenscanBytes
import OpenscanFacts

/// MessagePack with arrays in it: checkpoints of Flax (flax/serialization.py), which has them as extension type 1, and components of spaCy
/// (thinc, model.py `to_dict`; srsly, _msgpack_numpy.py), which has them as maps.
enum FlaxMsgpack {
    static let format = ArtefactFormat(
        id: "flax-msgpack", kind: .weights, name: { $0.hasEnding(".msgpack") && !$0.isText }, read: read)
    static let thinc = ArtefactFormat(
        id: "thinc-msgpack", kind: .weights, magic: { isThinc($0.bytes) },
        name: { head in
            guard head.name == "model", !head.isText, let first = head.bytes.first, isMap(first) else { return false }
            // Keys are texts, or bytes in what older ones wrote.
            let key = head.bytes.byte(at: first == 0xDE ? 3 : first == 0xDF ? 5 : 1) ?? 0
            return key & 0xE0 == 0xA0 || (0xC4...0xC6).contains(key) || (0xD9...0xDB).contains(key)
        }, read: read)

    private static func isMap(_ byte: UInt8) -> Bool { byte & 0xF0 == 0x80 || byte == 0xDE || byte == 0xDF }

    /// A map whose first key is `nodes`.
    private static func isThinc(_ head: UnsafeRawBufferPointer) -> Bool {
        guard let first = head.first, isMap(first) else { return false }
        let place = first == 0xDE ? 3 : first == 0xDF ? 5 : 1
        return head.byte(at: place) == 0xA5 && head.starts(with: "nodes", at: place + 1)
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        cursor.isBigEndian = true
        var walk = Walk(cursor: cursor)
        try walk.value(depth: 0)
        let end = cursor.offset
        // What PyTorch keeps inside a component is a file of its own.
        for range in walk.files where input.depth < ArtefactInput.deepest {
            let inner = input.member(
                WindowBytes(input.bytes, start: range.lowerBound, count: range.count), name: "state", size: range.count)
            let head = try inner.piece(at: 0, count: ArtefactReader.headSize)
            let part = try head.withUnsafeBytesThrowing { head throws(ArtefactStop) in
                try ArtefactReader.facts(
                    ArtefactInput(
                        bytes: inner.bytes, path: inner.path + ".pt", size: inner.size, limits: inner.limits,
                        depth: inner.depth), head: head)
            }
            if let part { facts.include(part, member: "state") }
        }
        try cursor.seek(to: end)
        facts.tensors = (facts.tensors ?? 0).saturatingSum(walk.tensors)
        facts.parameters = facts.parameters ?? 0
        for (type, count) in walk.byType { facts.add(count, type: type) }
        if walk.overflows { facts.spoil(.integerOverflow, "the shape of an array overflows") }
        if try !cursor.isAtEnd { facts.find(.trailingData, .low, "bytes after the end", at: cursor.offset) }
        if walk.tensors == 0, !walk.isMap { facts.spoil(.badHeader, "no map of arrays") }
    }

    private struct Walk {
        let cursor: ByteCursor
        var tensors = 0
        var byType: [String: FileNumber] = [:]
        var overflows = false
        var isMap = false
        /// Zips among the bytes.
        var files: [Range<Int>] = []
        private static let mostFiles = 100
        /// Values that may still be read: bytes may be read once more as values.
        private var left = 20_000_000
        /// Values that may still be read: empty containers take a byte each.
        private static let deepest = 64

        init(cursor: ByteCursor) { self.cursor = cursor }

        private func count<Value: FixedWidthInteger>(_ type: Value.Type) throws(ArtefactStop) -> Range<Int> {
            try cursor.count(type, of: "items or bytes", most: cursor.remaining).indices()
        }

        mutating func value(depth: Int) throws(ArtefactStop) {
            guard depth < Self.deepest else {
                throw .malformed(.nestingDepth, "values deeper than \(Self.deepest)", at: cursor.offset)
            }
            left -= 1
            guard left > 0 else { throw .notInspected("more values than a model has") }
            let place = cursor.offset
            let code = try cursor.uint8()
            switch code {
            case 0x00...0x7F, 0xE0...0xFF, 0xC0, 0xC2, 0xC3: break
            case 0x80...0x8F: try map(0..<Int(code & 0x0F), depth)
            case 0x90...0x9F: for _ in 0..<Int(code & 0x0F) { try value(depth: depth + 1) }
            case 0xA0...0xBF: try cursor.skip(Int(code & 0x1F))
            case 0xC4: try binary(try cursor.number(UInt8.self), depth)
            case 0xC5: try binary(try cursor.number(UInt16.self), depth)
            case 0xC6: try binary(try cursor.number(UInt32.self), depth)
            case 0xD9: try cursor.skip(try cursor.number(UInt8.self))
            case 0xDA: try cursor.skip(try cursor.number(UInt16.self))
            case 0xDB: try cursor.skip(try cursor.number(UInt32.self))
            case 0xC7: try extensionItem(try cursor.number(UInt8.self))
            case 0xC8: try extensionItem(try cursor.number(UInt16.self))
            case 0xC9: try extensionItem(try cursor.number(UInt32.self))
            case 0xCC, 0xD0: try cursor.skip(1)
            case 0xCD, 0xD1: try cursor.skip(2)
            case 0xCA, 0xCE, 0xD2: try cursor.skip(4)
            case 0xCB, 0xCF, 0xD3: try cursor.skip(8)
            case 0xD4: try extensionItem(FileNumber(count: 1))
            case 0xD5: try extensionItem(FileNumber(count: 2))
            case 0xD6: try extensionItem(FileNumber(count: 4))
            case 0xD7: try extensionItem(FileNumber(count: 8))
            case 0xD8: try extensionItem(FileNumber(count: 16))
            case 0xDC: for _ in try count(UInt16.self) { try value(depth: depth + 1) }
            case 0xDD: for _ in try count(UInt32.self) { try value(depth: depth + 1) }
            case 0xDE: try map(try count(UInt16.self), depth)
            case 0xDF: try map(try count(UInt32.self), depth)
            default: throw .malformed(.badType, "no value of MessagePack", at: place)
            }
        }

        /// Arrays over a gigabyte are written as a map of flat pieces: they are one array.
        private mutating func map(_ pairs: Range<Int>, _ depth: Int) throws(ArtefactStop) {
            isMap = true
            let before = tensors
            var isChunked = false
            var array = NumPyMap()
            for _ in pairs {
                let head = try cursor.peek(upTo: 32)
                if head.count > 27, head[0] == 0xBB, head.starts(with: "__msgpack_chunked_array__", at: 1) {
                    isChunked = true
                }
                if head.count > 26, head[0] == 0xB9, head.starts(with: "__msgpack_chunked_array__", at: 1) {
                    isChunked = true
                }
                let key = NumPyMap.Key(head)
                try value(depth: depth + 1)
                if let key, try takes(key, &array, depth + 1) { continue }
                try value(depth: depth + 1)
            }
            if isChunked, tensors > before { tensors = before + 1 }
            if array.isArray, let shape = array.shape { add(shape, NumPyType(array.type).name) }
        }

        /// Reads the value of a key that an array of NumPy has; `false` where it stands at something else.
        private mutating func takes(_ key: NumPyMap.Key, _ array: inout NumPyMap, _ depth: Int) throws(ArtefactStop)
            -> Bool
        {
            let code = try cursor.peek(1)[0]
            switch key {
            case .nd where code == 0xC3:
                try cursor.skip(1)
                array.isArray = true
            case .type where code & 0xE0 == 0xA0:
                try cursor.skip(1)
                array.type = try cursor.text(Int(code & 0x1F))
            case .shape where code & 0xF0 == 0x90:
                try cursor.skip(1)
                var shape: [Int] = []
                for _ in 0..<Int(code & 0x0F) { shape.append(try number()) }
                array.shape = shape
            case .data where array.isArray && (0xC4...0xC6).contains(code):
                try cursor.skip(1)
                switch code {
                case 0xC4: try cursor.skip(try cursor.number(UInt8.self))
                case 0xC5: try cursor.skip(try cursor.number(UInt16.self))
                default: try cursor.skip(try cursor.number(UInt32.self))
                }
            default: return false
            }
            return true
        }

        /// Bytes that may be MessagePack once more, or a file.
        private mutating func binary(_ length: FileNumber, _ depth: Int) throws(ArtefactStop) {
            let range = try cursor.span(length)
            let head = try cursor.peek(upTo: min(range.count, 4))
            if range.count > 22, head.starts(with: "PK\u{3}\u{4}") {
                if files.count < Self.mostFiles { files.append(range) }
            } else if range.count > 8, head[0] & 0xF0 == 0x80 || head[0] == 0xDE || head[0] == 0xDF {
                var inner = self
                do throws(ArtefactStop) {
                    try inner.value(depth: depth + 1)
                    if cursor.offset == range.upperBound { self = inner } else { left = inner.left }
                } catch {
                    // Bytes of another kind that begin as a map.
                    left = inner.left
                    guard case .malformed = error else { throw error }
                }
            }
            try cursor.seek(to: range.upperBound)
        }

        private mutating func add(_ shape: [Int], _ type: String) {
            tensors += 1
            guard byType[type] != nil || byType.count < 64 else { return }
            guard let count = FileNumber(productOf: shape), let sum = (byType[type] ?? .zero).adding(count) else {
                overflows = true
                return
            }
            byType[type] = sum
        }

        private mutating func extensionItem(_ length: FileNumber) throws(ArtefactStop) {
            let type = try cursor.integer(Int8.self)
            let end = try cursor.span(length).upperBound
            if type == 1 { try array() }
            try cursor.seek(to: end)
        }

        /// `[shape, dtype name, bytes]`.
        private mutating func array() throws(ArtefactStop) {
            guard try cursor.uint8() == 0x93 else {
                throw .malformed(.badHeader, "an array without shape, type and bytes", at: cursor.offset)
            }
            let head = try cursor.uint8()
            guard head & 0xF0 == 0x90 else {
                throw .malformed(.badDims, "a shape that is no list", at: cursor.offset)
            }
            var shape: [Int] = []
            for _ in 0..<Int(head & 0x0F) { shape.append(try number()) }
            let name = try cursor.uint8()
            let type: String
            switch name {
            case 0xA0...0xBF: type = try cursor.text(Int(name & 0x1F))
            case 0xD9: type = try cursor.text(try cursor.number(UInt8.self))
            default: throw .malformed(.badType, "an array without a type", at: cursor.offset)
            }
            add(shape, type)
        }

        private func number() throws(ArtefactStop) -> Int {
            let code = try cursor.uint8()
            switch code {
            case 0x00...0x7F: return Int(code)
            case 0xCC: return Int(try cursor.uint8())
            case 0xCD: return Int(try cursor.uint16())
            case 0xCE: return Int(try cursor.uint32())
            case 0xCF, 0xD3: return Int(clamping: try cursor.uint64())
            case 0xD2: return Int(try cursor.int32())
            case 0xD1: return Int(try cursor.integer(Int16.self))
            default: throw .malformed(.badDims, "a dimension that is no number", at: cursor.offset)
            }
        }
    }
}

/// An array of NumPy as a map: `nd`, `type`, `kind`, `shape`, `data`.
private struct NumPyMap {
    enum Key: String { case nd, type, shape, data }

    var isArray = false
    var type: String?
    var shape: [Int]?
}

extension NumPyMap.Key {
    /// The key that stands at the beginning of some bytes, as text or as bytes.
    init?(_ head: UnsafeRawBufferPointer) {
        guard let code = head.first else { return nil }
        let start = code == 0xC4 || code == 0xD9 ? 2 : 1
        let length = code & 0xE0 == 0xA0 ? Int(code & 0x1F) : start == 2 ? Int(head.byte(at: 1) ?? 0) : 0
        guard (2...5).contains(length), head.count >= start + length else { return nil }
        self.init(rawValue: String(decoding: head.slice(start..<start + length), as: UTF8.self))
    }
}
