import OpenscanBytes
import OpenscanFacts

/// ONNX (onnx/onnx.proto): initializers as tensors, operator sets, metadata, data kept in other files.
enum ONNX {
    static let format = ArtefactFormat(
        id: "onnx", kind: .weights, magic: { isModel($0) || $0.starts(with: "ORTM", at: 4) },
        name: { !$0.isText && $0.hasEnding(".onnx", ".ort") }, read: read)

    /// Version of the intermediate representation, then the producer's name.
    private static func isModel(_ head: FileHead) -> Bool {
        let bytes = head.bytes
        guard bytes.count > 8, bytes[0] == 0x08, bytes[1] >= 3, bytes[1] <= 20, bytes[2] == 0x12, bytes[3] > 0,
            bytes[3] < 64
        else { return false }
        let rest = bytes.dropFirst(4)
        let name = rest.prefix(Int(bytes[3]))
        guard name.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), let next = rest.dropFirst(name.count).first else {
            return false
        }
        return [0x1A, 0x22, 0x28, 0x32, 0x3A, 0x42].contains(next)
    }

    static let standardDomains: Set<String> = [
        "", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview.training",
    ]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let head = try cursor.peek(upTo: 8)
        if head.starts(with: "ORTM", at: 4) {
            throw .unsupported(Finding(.unsupportedVersion, .info, "ONNX Runtime's own format", offset: 4))
        }
        var walk = Walk(cursor: cursor, facts: facts)
        try walk.model(cursor.whole(input.size))
        facts = walk.facts
        if facts.findings.contains(where: { $0.severity == .high }) { facts.status = .malformed }
        let defined = walk.functionDomains
        for (domain, operators) in walk.domains.sorted(by: { $0.key < $1.key })
        where !standardDomains.contains(domain) && !defined.contains(domain) {
            let runsPython = operators.contains { $0.hasPrefix("Py") }
            facts.find(
                .customOperator, runsPython ? .high : domain.hasPrefix("com.microsoft") ? .info : .medium,
                "operators of \(domain): \(operators.sorted().prefix(5).joined(separator: ", "))")
        }
        if walk.graphs == 0 { facts.spoil(.badHeader, "no graph in it") }
    }

    private struct Walk {
        let cursor: ByteCursor
        var facts: ArtefactFacts
        var graphs = 0
        private var opsets = 0
        var domains: [String: Set<String>] = [:]
        var functionDomains: Set<String> = []

        init(cursor: ByteCursor, facts: ArtefactFacts) {
            self.cursor = cursor
            self.facts = facts
            self.facts.tensors = 0
            self.facts.parameters = 0
        }

        mutating func model(_ range: Range<Int>) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range) { number, value throws(ArtefactStop) in
                switch number {
                case 1: facts.note("ir_version", Protobuf.number(value))
                case 2: facts.note("producer_name", try Protobuf.text(cursor, value))
                case 3: facts.note("producer_version", try Protobuf.text(cursor, value))
                case 4: facts.note("domain", try Protobuf.text(cursor, value))
                case 5: facts.note("model_version", Protobuf.number(value))
                case 6: facts.note("doc_string", try Protobuf.text(cursor, value))
                case 7: if let range = Protobuf.range(value) { try graph(range, depth: 1, isMain: true) }
                case 8: if let range = Protobuf.range(value), opsets < 100 { try opset(range) }
                case 14:
                    if let range = Protobuf.range(value) {
                        let (key, value) = try Protobuf.entry(cursor, range, depth: 1)
                        facts.note(
                            key, try value.map { value throws(ArtefactStop) in try Protobuf.text(cursor, value) } ?? "")
                    }
                case 25: if let range = Protobuf.range(value) { try function(range) }
                default: break
                }
            }
        }

        private mutating func opset(_ range: Range<Int>) throws(ArtefactStop) {
            var domain = ""
            var version = 0
            try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
                if number == 1 { domain = try Protobuf.text(cursor, value, limit: 200) }
                if number == 2 { version = Protobuf.number(value) }
            }
            opsets += 1
            facts.note("opset." + (domain.isEmpty ? "ai.onnx" : domain), version)
        }

        private mutating func function(_ range: Range<Int>) throws(ArtefactStop) {
            var domain = ""
            try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
                if number == 10 { domain = try Protobuf.text(cursor, value, limit: 200) }
                if number == 7, let range = Protobuf.range(value) { try node(range, depth: 2) }
            }
            if functionDomains.count < 1000 { functionDomains.insert(domain) }
        }

        private mutating func graph(_ range: Range<Int>, depth: Int, isMain: Bool) throws(ArtefactStop) {
            if isMain { graphs += 1 }
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                guard let inside = Protobuf.range(value) else { return }
                switch number {
                case 1: try node(inside, depth: depth + 1)
                case 2 where isMain: facts.note("graph", try Protobuf.text(cursor, value))
                case 5: try tensor(inside, depth: depth + 1, isCounted: isMain)
                default: break
                }
            }
        }

        private mutating func node(_ range: Range<Int>, depth: Int) throws(ArtefactStop) {
            var type = ""
            var domain = ""
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                switch number {
                case 4: type = try Protobuf.text(cursor, value, limit: 100)
                case 7: domain = try Protobuf.text(cursor, value, limit: 200)
                case 5: if let inside = Protobuf.range(value) { try attribute(inside, depth: depth + 1) }
                default: break
                }
            }
            guard domains.count < 200 || domains[domain] != nil, domains[domain]?.count ?? 0 < 100 else { return }
            domains[domain, default: []].insert(type)
        }

        private mutating func attribute(_ range: Range<Int>, depth: Int) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                guard let inside = Protobuf.range(value) else { return }
                switch number {
                case 5, 10: try tensor(inside, depth: depth + 1, isCounted: false)
                case 6, 11: try graph(inside, depth: depth + 1, isMain: false)
                default: break
                }
            }
        }

        private mutating func tensor(_ range: Range<Int>, depth: Int, isCounted: Bool) throws(ArtefactStop) {
            var dimensions: [Int] = []
            var type = 0
            var raw: Int?
            var location: String?
            var start = 0
            var length: Int?
            var isExternal = false
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                switch number {
                case 1: try Protobuf.numbers(cursor, value, into: &dimensions)
                case 2: type = Protobuf.number(value)
                case 9: raw = Protobuf.range(value)?.count
                case 14: isExternal = Protobuf.number(value) == 1
                case 13:
                    guard let inside = Protobuf.range(value) else { return }
                    let (key, value) = try Protobuf.entry(cursor, inside, depth: depth + 1)
                    guard let value else { return }
                    let text = try Protobuf.text(cursor, value, limit: 4096)
                    switch key {
                    case "location": location = text
                    case "offset": start = Int(text) ?? -1
                    case "length": length = Int(text) ?? -1
                    default: break
                    }
                default: break
                }
            }
            let count = FileNumber(productOf: dimensions)
            let layout = ONNXType.all[type]
            if count == nil {
                facts.find(
                    .integerOverflow, .high, "the shape of a tensor overflows or is negative", at: range.lowerBound)
            }
            if layout == nil { facts.find(.unknownDType, .medium, "element type \(type)", at: range.lowerBound) }
            if isCounted {
                facts.tensors = (facts.tensors ?? 0) + 1
                if let count { facts.add(count, type: layout?.name ?? "type \(type)") }
            }
            guard let count, let layout, layout.bits > 0 else { return }
            let wanted = count.multiplied(by: layout.bits)?.roundedUp(to: 8)?.divided(by: 8)
            if isExternal, let location {
                return external(location, start, length ?? wanted?.value ?? .max, range.lowerBound)
            }
            if let raw, wanted.map({ $0 != raw }) ?? true {
                let words = wanted?.description ?? "more than can be counted"
                facts.find(
                    .shapeSizeMismatch, .high, "a tensor of \(raw) bytes whose shape and type want \(words)",
                    at: range.lowerBound)
            }
        }

        private mutating func external(_ location: String, _ start: Int, _ length: Int, _ offset: Int) {
            let isOutside =
                location.hasPrefix("/") || location.hasPrefix("\\") || location.contains(":")
                || location.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains("..")
            if isOutside {
                return facts.find(
                    .pathTraversal, .high,
                    "external data at \(location), which leads out of the release; not followed", at: offset)
            }
            guard let length = FileNumber(exactly: length), let end = FileNumber(exactly: start)?.adding(length) else {
                return facts.find(
                    .badExternalData, .high, "external data from \(start), \(length) bytes", at: offset)
            }
            if facts.needs[location] != nil || facts.needs.count < 1000 {
                facts.needs[location] = max(end.value, facts.needs[location] ?? 0)
            }
        }
    }
}

/// `TensorProto.DataType`.
struct ONNXType {
    let name: String
    /// Bits of an element; 0 for strings.
    let bits: Int

    static let all: [Int: ONNXType] = [
        1: .init("FLOAT", 32), 2: .init("UINT8", 8), 3: .init("INT8", 8), 4: .init("UINT16", 16), 5: .init("INT16", 16),
        6: .init("INT32", 32), 7: .init("INT64", 64), 8: .init("STRING", 0), 9: .init("BOOL", 8),
        10: .init("FLOAT16", 16), 11: .init("DOUBLE", 64),
        12: .init("UINT32", 32), 13: .init("UINT64", 64), 14: .init("COMPLEX64", 64), 15: .init("COMPLEX128", 128),
        16: .init("BFLOAT16", 16), 17: .init("FLOAT8E4M3FN", 8), 18: .init("FLOAT8E4M3FNUZ", 8),
        19: .init("FLOAT8E5M2", 8), 20: .init("FLOAT8E5M2FNUZ", 8),
        21: .init("UINT4", 4), 22: .init("INT4", 4), 23: .init("FLOAT4E2M1", 4), 24: .init("FLOAT8E8M0", 8),
        25: .init("UINT2", 2), 26: .init("INT2", 2),
    ]

    private init(_ name: String, _ bits: Int) {
        self.name = name
        self.bits = bits
    }
}
