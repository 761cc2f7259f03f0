import OpenscanBytes
import OpenscanFacts

/// ONNX (onnx/onnx.proto): initializers as tensors, operator sets, metadata, data kept in other files.
enum ONNX {
    static let format = ArtefactFormat(
        id: "onnx", kind: .weights, magic: { isModel($0) }, name: { !$0.isText && $0.hasEnding(".onnx") }, read: read)

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
        var walk = Walk(cursor: cursor, facts: facts)
        try walk.model(cursor.whole(input.size))
        facts = walk.counted()
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
        if walk.unlistedNodes > 0 {
            facts.find(.notInspected, .low, "constants of \(walk.unlistedNodes) more nodes are not counted")
        }
    }

    private struct Walk {
        let cursor: ByteCursor
        var facts: ArtefactFacts
        var graphs = 0
        private var opsets = 0
        var domains: [String: Set<String>] = [:]
        var functionDomains: Set<String> = []
        /// Constants in nodes, by the hash of the name under which others take them.
        private var constants: [UInt64: (count: FileNumber, type: String)] = [:]
        /// Names of what steers a node and is no weight.
        private var steering: Set<UInt64> = []
        private(set) var unlistedNodes = 0
        /// Functions have names of their own.
        private var scope: UInt64 = 0

        private static let mostAttributes = 10_000
        private static let mostConstants = 1_000_000
        /// Operators of which some inputs are numbers with a point and no weights (limits, scales, values to fill with), with the first such.
        private static let steered: [String: Int] = [
            "Resize": 1, "Upsample": 1, "Pad": 1, "Clip": 1, "Range": 0, "OneHot": 1, "Dropout": 1,
            "NonMaxSuppression": 2, "ConstantOfShape": 0, "Tile": 1, "Expand": 1, "TopK": 1, "RoiAlign": 1,
        ]

        /// The facts with those constants that are weights.
        func counted() -> ArtefactFacts {
            var facts = facts
            for (name, constant) in constants.sorted(by: { $0.key < $1.key }) where !steering.contains(name) {
                facts.count(elements: constant.count, type: constant.type)
            }
            return facts
        }

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
            scope += 1
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
                case 5: count(try tensor(inside, depth: depth + 1))
                case 15:
                    // A sparse tensor: its values are one.
                    try Protobuf.fields(cursor, inside, depth: depth + 1) { number, value throws(ArtefactStop) in
                        guard number == 1, let values = Protobuf.range(value) else { return }
                        count(try tensor(values, depth: depth + 2))
                    }
                default: break
                }
            }
        }

        private mutating func node(_ range: Range<Int>, depth: Int) throws(ArtefactStop) {
            var type = ""
            var domain = ""
            var inputs: [UInt64] = []
            var output: UInt64?
            var attributes: [Range<Int>] = []
            var isLong = false
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                switch number {
                case 1 where inputs.count < 16: inputs.append(try name(value))
                case 2 where output == nil: output = try name(value)
                case 4: type = try Protobuf.text(cursor, value, limit: 100)
                case 7: domain = try Protobuf.text(cursor, value, limit: 200)
                case 5:
                    guard let inside = Protobuf.range(value) else { return }
                    if attributes.count < Self.mostAttributes { attributes.append(inside) } else { isLong = true }
                default: break
                }
            }
            if isLong { unlistedNodes += 1 }
            // The kind of the node may stand behind its attributes.
            let isConstant = type == "Constant" && ONNX.standardDomains.contains(domain)
            for inside in attributes { try attribute(inside, depth: depth + 1, of: isConstant ? output : nil) }
            if let first = Self.steered[type] {
                for name in inputs.dropFirst(first) where steering.count < Self.mostConstants { steering.insert(name) }
            }
            guard domains.count < 200 || domains[domain] != nil, domains[domain]?.count ?? 0 < 100 else { return }
            domains[domain, default: []].insert(type)
        }

        /// A name as the hash that this run has of it.
        private func name(_ value: Protobuf.Value) throws(ArtefactStop) -> UInt64 {
            guard let range = Protobuf.range(value) else { return 0 }
            try cursor.seek(to: range.lowerBound)
            let piece = try cursor.peek(upTo: min(range.count, 1000))
            return SeenKeys.hash(piece.slice(0..<min(piece.count, range.count, 1000))) ^ scope
        }

        /// - Parameter constant: the name of the constant that the attribute holds.
        private mutating func attribute(_ range: Range<Int>, depth: Int, of constant: UInt64?) throws(ArtefactStop) {
            var floats = 0
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                // Numbers stand one by one, or packed.
                if number == 7 { floats += Protobuf.range(value).map { $0.count / 4 } ?? 1 }
                guard let inside = Protobuf.range(value) else { return }
                switch number {
                case 5, 10: keep(try tensor(inside, depth: depth + 1), constant)
                case 6, 11: try graph(inside, depth: depth + 1, isMain: false)
                case 22:
                    try Protobuf.fields(cursor, inside, depth: depth + 1) { number, value throws(ArtefactStop) in
                        guard number == 1, let values = Protobuf.range(value) else { return }
                        keep(try tensor(values, depth: depth + 2), constant)
                    }
                default: break
                }
            }
            if floats > 1 { keep((FileNumber(count: floats), "FLOAT"), constant) }
        }

        private mutating func keep(_ tensor: (count: FileNumber?, type: String), _ name: UInt64?) {
            guard let name, let count = tensor.count, GraphConstant.isParameter(tensor.type, count: count) else {
                return
            }
            guard constants.count < Self.mostConstants else {
                unlistedNodes += 1
                return
            }
            constants[name] = (count, tensor.type)
        }

        /// A tensor of a graph's own list.
        private mutating func count(_ tensor: (count: FileNumber?, type: String)) {
            facts.tensors = (facts.tensors ?? 0) + 1
            if let count = tensor.count { facts.add(count, type: tensor.type) }
        }

        private mutating func tensor(_ range: Range<Int>, depth: Int) throws(ArtefactStop) -> (
            count: FileNumber?, type: String
        ) {
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
            let layout = ONNXType.numbered(type)
            if count == nil {
                facts.find(
                    .integerOverflow, .high, "the shape of a tensor overflows or is negative", at: range.lowerBound)
            }
            if layout == nil { facts.find(.unknownDType, .medium, "element type \(type)", at: range.lowerBound) }
            let found = (count, layout?.name ?? "type \(type)")
            guard let count, let layout, layout.bits > 0 else { return found }
            let wanted = count.multiplied(by: layout.bits)?.roundedUp(to: 8)?.divided(by: 8)
            if isExternal, let location {
                external(location, start, length ?? wanted?.value ?? .max, range.lowerBound)
                return found
            }
            if let raw, wanted.map({ $0 != raw }) ?? true {
                let words = wanted?.description ?? "more than can be counted"
                facts.find(
                    .shapeSizeMismatch, .high, "a tensor of \(raw) bytes whose shape and type want \(words)",
                    at: range.lowerBound)
            }
            return found
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

    /// An element type by its number.
    static func numbered(_ number: Int) -> ONNXType? { all[number] }

    private static let all: [Int: ONNXType] = [
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
