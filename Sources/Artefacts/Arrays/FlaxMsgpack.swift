import OpenscanBytes
import OpenscanFacts

/// Flax checkpoints (flax/serialization.py): MessagePack maps with arrays as extension type 1.
enum FlaxMsgpack {
    static let format = ArtefactFormat(
        id: "flax-msgpack", kind: .weights, name: { $0.hasEnding(".msgpack") && !$0.isText }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        cursor.isBigEndian = true
        var walk = Walk(cursor: cursor)
        try walk.value(depth: 0)
        facts.tensors = walk.tensors
        facts.parameters = 0
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
            let place = cursor.offset
            let code = try cursor.uint8()
            switch code {
            case 0x00...0x7F, 0xE0...0xFF, 0xC0, 0xC2, 0xC3: break
            case 0x80...0x8F: try map(0..<Int(code & 0x0F), depth)
            case 0x90...0x9F: for _ in 0..<Int(code & 0x0F) { try value(depth: depth + 1) }
            case 0xA0...0xBF: try cursor.skip(Int(code & 0x1F))
            case 0xC4, 0xD9: try cursor.skip(try cursor.number(UInt8.self))
            case 0xC5, 0xDA: try cursor.skip(try cursor.number(UInt16.self))
            case 0xC6, 0xDB: try cursor.skip(try cursor.number(UInt32.self))
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
            for _ in pairs {
                let head = try cursor.peek(upTo: 32)
                if head.count > 27, head[0] == 0xBB, head.starts(with: "__msgpack_chunked_array__", at: 1) {
                    isChunked = true
                }
                if head.count > 26, head[0] == 0xB9, head.starts(with: "__msgpack_chunked_array__", at: 1) {
                    isChunked = true
                }
                try value(depth: depth + 1)
                try value(depth: depth + 1)
            }
            if isChunked, tensors > before { tensors = before + 1 }
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
            tensors += 1
            guard byType[type] != nil || byType.count < 64 else { return }
            guard let count = FileNumber(productOf: shape), let sum = (byType[type] ?? .zero).adding(count) else {
                overflows = true
                return
            }
            byType[type] = sum
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
