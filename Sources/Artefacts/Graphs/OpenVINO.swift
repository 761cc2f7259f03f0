import OpenscanBytes
import OpenscanFacts

/// OpenVINO intermediate representation (docs.openvino.ai, "Operation sets", IR version 10 and 11): layers in XML, constants in a file beside it.
enum OpenVINO {
    static let format = ArtefactFormat(
        id: "openvino-ir", kind: .weights,
        // Zeros behind its beginning make it no text, and a broken network all the same.
        magic: { $0.hasEnding(".xml") && isNetwork($0.trimmed.repairedText) },
        name: { $0.name == "openvino_model.bin" && !$0.isText }, read: read)

    private static func isNetwork(_ text: String) -> Bool {
        text.hasPrefix("<net ") || text.hasPrefix("<?xml") && text.contains("<net ")
    }

    private static let bits: [String: Int] = [
        "f32": 32, "f16": 16, "bf16": 16, "f64": 64, "i8": 8, "u8": 8, "i16": 16, "u16": 16, "i32": 32, "u32": 32,
        "i64": 64, "u64": 64, "i4": 4, "u4": 4, "u1": 1, "boolean": 8, "nf4": 4, "f8e4m3": 8, "f8e5m2": 8, "f4e2m1": 4,
        "f8e8m0": 8, "u2": 2, "u3": 3, "u6": 6,
    ]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        // The data file is raw bytes; what it must hold says the XML beside it.
        if input.name.hasSuffix(".bin") {
            facts.status = .unsupported
            return
        }
        let cursor = input.cursor()
        var tags = XMLTags(cursor)
        var layer: [String: String] = [:]
        var needed = FileNumber.zero
        var layers = 0
        var custom: Set<String> = []
        facts.tensors = 0
        while let tag = try tags.next() {
            switch tag.name {
            case "net":
                if let name = tag.attributes["name"] { facts.note("name", name) }
                if let version = tag.attributes["version"] { facts.note("version", version) }
            case "layer":
                layers += 1
                layer = tag.attributes
                let set = layer["version"] ?? "opset1"
                if !set.hasPrefix("opset"), custom.count < 50 { custom.insert("\(set).\(layer["type"] ?? "?")") }
            case "data" where layer["type"] == "Const":
                let type = tag.attributes["element_type"] ?? layer["precision"] ?? "unknown"
                let shape = (tag.attributes["shape"] ?? "").split(separator: ",").map { Int(String($0).trimmed) ?? -1 }
                let count = FileNumber(productOf: shape)
                if count == nil || GraphConstant.isParameter(type, count: count) {
                    facts.count(elements: count, type: type)
                }
                guard let offset = tag.attributes["offset"].flatMap({ Int($0) }),
                    let announced = tag.attributes["size"].flatMap({ Int($0) })
                else { continue }
                guard let size = FileNumber(exactly: announced),
                    let end = FileNumber(exactly: offset)?.adding(size)
                else {
                    facts.spoil(.badOffsets, "a constant at \(offset) of \(announced) bytes", at: cursor.offset)
                    continue
                }
                needed = max(needed, end)
                guard let count, let width = bits[type] else { continue }
                let wanted = count.multiplied(by: width)?.roundedUp(to: 8)?.divided(by: 8)
                if wanted != size {
                    let words = wanted?.description ?? "more than can be counted"
                    facts.find(
                        .shapeSizeMismatch, .medium,
                        "a constant of \(size) bytes whose shape and type want \(words)", at: cursor.offset)
                }
            case let name where tags.isInRuntimeInfo && tag.attributes["value"] != nil:
                facts.note(name, tag.attributes["value"] ?? "")
            default: break
            }
        }
        if tags.hasEntities { facts.find(.expansion, .medium, "a document type with entities; not expanded") }
        facts.note("layers", layers)
        for name in custom.sorted() where !name.hasPrefix("extension.FusedConv") {
            facts.find(.customOperator, .medium, "layer \(name) is outside the operation sets")
        }
        if needed > 0 { facts.needs[String(Entry.name(of: input.path).dropLast(4)) + ".bin"] = needed.value }
        if layers == 0 { facts.spoil(.badHeader, "no layers in it") }
        if !tags.isClosed { facts.spoil(.truncated, "the text ends before the network does", at: cursor.offset) }
    }
}

/// Start tags of XML and their attributes, one after another; nothing is expanded.
struct XMLTags {
    struct Tag {
        let name: String
        let attributes: [String: String]
    }

    private let cursor: ByteCursor
    private(set) var hasEntities = false
    /// Whether the tag given last stands inside `rt_info`.
    private(set) var isInRuntimeInfo = false
    /// Whether the end of the network has been passed.
    private(set) var isClosed = false
    private static let longestTag = 1 << 20

    init(_ cursor: ByteCursor) { self.cursor = cursor }

    mutating func next() throws(ArtefactStop) -> Tag? {
        while true {
            let piece = try cursor.peek(upTo: 4096)
            if piece.isEmpty { return nil }
            let open = piece.firstIndex(of: UInt8(ascii: "<"))
            try refuseZeros(piece.slice(0..<(open ?? piece.count)))
            guard let open else {
                try cursor.skip(piece.count)
                continue
            }
            try cursor.skip(open)
            let isWanted = Self.isWanted(try cursor.peek(upTo: 10)) || isInRuntimeInfo
            let body = try self.body(isKept: isWanted)
            guard isWanted else { continue }
            guard let first = body.dropFirst().first else { return nil }
            if first == UInt8(ascii: "!") || first == UInt8(ascii: "?") {
                if body.starts(with: Array("<!DOCTYPE".utf8)) || body.starts(with: Array("<!ENTITY".utf8)) {
                    hasEntities = true
                }
                continue
            }
            if first == UInt8(ascii: "/") {
                if body.starts(with: Array("</rt_info".utf8)) { isInRuntimeInfo = false }
                if body.starts(with: Array("</net".utf8)) { isClosed = true }
                continue
            }
            let tag = Self.parse(body)
            if tag.name == "rt_info", body.last != UInt8(ascii: "/") { isInRuntimeInfo = true }
            return tag
        }
    }

    /// Most tags of a network are ports, dimensions and edges, of which nothing is asked.
    private static func isWanted(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 1 else { return true }
        switch head[1] {
        case UInt8(ascii: "p"), UInt8(ascii: "e"), UInt8(ascii: "i"), UInt8(ascii: "o"): return false
        case UInt8(ascii: "d"): return !head.starts(with: "<dim>")
        case UInt8(ascii: "/"): return head.starts(with: "</rt_info") || head.starts(with: "</net>")
        default: return true
        }
    }

    /// From `<` to the `>` that is in no quotes; empty when it is only to be passed over.
    private func body(isKept: Bool) throws(ArtefactStop) -> [UInt8] {
        var out: [UInt8] = []
        var quote: UInt8 = 0
        while true {
            let piece = try cursor.peek(upTo: 1024)
            guard !piece.isEmpty else { throw .malformed(.truncated, "the text ends inside a tag", at: cursor.offset) }
            var length = 0
            var isEnded = false
            while length < piece.count {
                let byte = piece[length]
                length += 1
                if quote != 0 {
                    if byte == quote { quote = 0 }
                } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                    quote = byte
                } else if byte == UInt8(ascii: ">") {
                    isEnded = true
                    break
                }
            }
            guard out.count + length <= Self.longestTag else {
                throw .malformed(.stringLength, "a tag of more than \(Self.longestTag) bytes", at: cursor.offset)
            }
            try refuseZeros(piece.slice(0..<length))
            if isKept { out += piece.slice(0..<(isEnded ? length - 1 : length)) }
            try cursor.skip(length)
            if isEnded { return out }
        }
    }

    /// No text has zeros; a file with a hole in it would be read to its end.
    private func refuseZeros(_ piece: UnsafeRawBufferPointer) throws(ArtefactStop) {
        guard !piece.contains(byte: 0) else { throw .malformed(.badHeader, "zero bytes in a text", at: cursor.offset) }
    }

    private static func parse(_ body: [UInt8]) -> Tag {
        var place = 1
        func isSpace(_ byte: UInt8) -> Bool { byte <= 0x20 || byte == UInt8(ascii: "/") }
        let start = place
        while place < body.count, !isSpace(body[place]) { place += 1 }
        let name = String(decoding: body[start..<place], as: UTF8.self)
        var attributes: [String: String] = [:]
        while place < body.count, attributes.count < 64 {
            while place < body.count, isSpace(body[place]) { place += 1 }
            let keyStart = place
            while place < body.count, body[place] != UInt8(ascii: "="), !isSpace(body[place]) { place += 1 }
            guard body.byte(at: place) == UInt8(ascii: "="), place > keyStart else { break }
            let key = String(decoding: body[keyStart..<place], as: UTF8.self)
            let rest = body.part(from: place).dropFirst()
            guard let quote = rest.first, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'"),
                let end = rest.dropFirst().firstIndex(of: quote)
            else { break }
            attributes[key] = String(decoding: rest[..<end].dropFirst().prefix(4096), as: UTF8.self)
            place = end + 1
        }
        return Tag(name: name, attributes: attributes)
    }
}
