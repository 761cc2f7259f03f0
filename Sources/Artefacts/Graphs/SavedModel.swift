import OpenscanBytes
import OpenscanFacts

/// TensorFlow graphs: `saved_model.pb` (SavedModel), frozen `GraphDef`, and the layers that Keras puts beside them.
enum SavedModel {
    static let format = ArtefactFormat(
        id: "tf-saved-model", kind: .weights, magic: { $0.hasEnding(".pb") && isGraph($0.bytes) },
        name: { $0.name == "saved_model.pb" || $0.name == "keras_metadata.pb" }, read: read)

    /// Operators that reach out of the graph when it runs.
    private static let dangerous: [String: String] = [
        "PyFunc": "calls a Python function", "PyFuncStateless": "calls a Python function",
        "EagerPyFunc": "calls a Python function", "ReadFile": "reads files", "WriteFile": "writes files",
        "MatchingFiles": "lists files",
        "ImmutableConst": "maps a file into memory", "LoadLibrary": "loads a library",
        "DatasetFromGraph": "builds a graph from bytes", "FixedLengthRecordReaderV2": "reads files",
        "WholeFileReaderV2": "reads files", "TextLineReaderV2": "reads files", "Save": "writes files",
        "SaveSlices": "writes files", "PrintV2": "writes text, to a file where it is told to",
        "DebugIdentityV2": "sends tensors to an address", "DebugIdentityV3": "sends tensors to an address",
        "DebugNumericSummaryV2": "sends tensors to an address",
        "RpcCall": "opens connections", "TryRpc": "opens connections", "Rpc": "opens connections",
        "DataServiceDataset": "opens connections", "RegisterDataset": "opens connections",
        "WriteSummary": "writes files", "CreateSummaryFileWriter": "writes files",
    ]

    /// A frozen graph begins with a node: its name, then its operator. Many other things are called `.pb`.
    private static func isGraph(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 8, head[0] == 0x0A else { return false }
        let start = head[1] < 0x80 ? 2 : 3
        guard head[start] == 0x0A, let length = head.byte(at: start + 1), length < 0x80 else { return false }
        return head.part(from: start + 2).byte(at: Int(length)) == 0x12
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let whole = cursor.whole(input.size)
        let head = try cursor.peek(upTo: 2)
        var walk = Walk(cursor: cursor, facts: facts)
        if input.name == "keras_metadata.pb" {
            try walk.kerasMetadata(whole)
            for text in walk.layers { KerasConfig.inspect(Array(text.utf8), into: &facts) }
            return
        }
        // A frozen graph begins with a node, a SavedModel with its version.
        if head.first == 0x0A {
            walk.facts.tensors = 0
            try walk.graph(whole, depth: 0, countsConstants: true)
        } else {
            try walk.savedModel(whole)
        }
        facts = walk.facts
        facts.note("nodes", walk.nodes)
        for (name, count) in walk.found.sorted(by: { $0.key < $1.key }) {
            facts.find(
                .embeddedCode, name == "Save" || name == "PrintV2" ? .info : .high,
                "operator \(name) (\(count) times) \(dangerous[name] ?? "") when the graph runs")
        }
        if walk.nodes == 0 { facts.spoil(.badHeader, "no graph in it") }
    }

    private struct Walk {
        let cursor: ByteCursor
        var facts: ArtefactFacts
        var nodes = 0
        var found: [String: Int] = [:]
        var layers: [String] = []

        mutating func savedModel(_ range: Range<Int>) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range) { number, value throws(ArtefactStop) in
                if number == 1 { facts.note("saved_model_schema_version", Protobuf.number(value)) }
                guard number == 2, let metaGraph = Protobuf.range(value) else { return }
                try Protobuf.fields(cursor, metaGraph, depth: 1) { number, value throws(ArtefactStop) in
                    guard let inside = Protobuf.range(value) else { return }
                    if number == 1 { try info(inside) }
                    if number == 2 { try graph(inside, depth: 2, countsConstants: false) }
                }
            }
        }

        private mutating func info(_ range: Range<Int>) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range, depth: 2) { number, value throws(ArtefactStop) in
                if number == 4 { facts.note("tag", try Protobuf.text(cursor, value, limit: 100)) }
                if number == 5 { facts.note("tensorflow_version", try Protobuf.text(cursor, value, limit: 100)) }
            }
        }

        mutating func graph(_ range: Range<Int>, depth: Int, countsConstants: Bool) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                guard let inside = Protobuf.range(value) else { return }
                if number == 1 { try node(inside, depth: depth + 1, countsConstants: countsConstants) }
                guard number == 2 else { return }
                try Protobuf.fields(cursor, inside, depth: depth + 1) { number, value throws(ArtefactStop) in
                    guard number == 1, let function = Protobuf.range(value) else { return }
                    try Protobuf.fields(cursor, function, depth: depth + 2) { number, value throws(ArtefactStop) in
                        if number == 3, let inside = Protobuf.range(value) {
                            try node(inside, depth: depth + 3, countsConstants: false)
                        }
                    }
                }
            }
        }

        private mutating func node(_ range: Range<Int>, depth: Int, countsConstants: Bool) throws(ArtefactStop) {
            nodes += 1
            var type = ""
            var tensor: Range<Int>?
            try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
                if number == 2 { type = try Protobuf.text(cursor, value, limit: 100) }
                guard number == 5, countsConstants, type == "Const", let entry = Protobuf.range(value) else { return }
                let (key, value) = try Protobuf.entry(cursor, entry, depth: depth + 1)
                guard key == "value", let attribute = value.flatMap(Protobuf.range) else { return }
                try Protobuf.fields(cursor, attribute, depth: depth + 2) { number, value throws(ArtefactStop) in
                    if number == 8 { tensor = Protobuf.range(value) }
                }
            }
            if SavedModel.dangerous[type] != nil { found[type, default: 0] += 1 }
            guard let tensor else { return }
            var shape: [Int] = []
            var kind = 0
            try Protobuf.fields(cursor, tensor, depth: depth + 1) { number, value throws(ArtefactStop) in
                if number == 1 { kind = Protobuf.number(value) }
                if number == 2, let inside = Protobuf.range(value) {
                    shape = try TensorFlowShape.read(cursor, inside, depth: depth + 2)
                }
            }
            facts.tensors = (facts.tensors ?? 0) + 1
            if let count = FileNumber(productOf: shape) { facts.add(count, type: TensorFlowShape.typeName(kind)) }
        }

        mutating func kerasMetadata(_ range: Range<Int>) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range) { number, value throws(ArtefactStop) in
                guard number == 1, let object = Protobuf.range(value) else { return }
                try Protobuf.fields(cursor, object, depth: 1) { number, value throws(ArtefactStop) in
                    if number == 5, layers.count < 10_000 {
                        layers.append(try Protobuf.text(cursor, value, limit: 256 << 10))
                    }
                }
            }
        }
    }
}

/// `TensorShapeProto` and `DataType` (tensorflow/core/framework).
enum TensorFlowShape {
    static func read(_ cursor: ByteCursor, _ range: Range<Int>, depth: Int) throws(ArtefactStop) -> [Int] {
        var shape: [Int] = []
        try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
            guard number == 2, let dimension = Protobuf.range(value) else { return }
            guard shape.count < 64 else {
                throw .malformed(.badDims, "more than 64 dimensions", at: range.lowerBound)
            }
            var size = 0
            try Protobuf.fields(cursor, dimension, depth: depth + 1) { number, value throws(ArtefactStop) in
                if number == 1 { size = Protobuf.number(value) }
            }
            shape.append(size)
        }
        return shape
    }

    private static let names: [Int: String] = [
        1: "float32", 2: "float64", 3: "int32", 4: "uint8", 5: "int16", 6: "int8", 7: "string", 8: "complex64",
        9: "int64", 10: "bool", 11: "qint8", 12: "quint8", 13: "qint32", 14: "bfloat16", 15: "qint16", 16: "quint16",
        17: "uint16", 18: "complex128", 19: "float16", 20: "resource", 21: "variant", 22: "uint32", 23: "uint64",
        24: "float8_e5m2", 25: "float8_e4m3fn", 29: "int4", 30: "uint4",
    ]

    static func typeName(_ type: Int) -> String { names[type] ?? "type \(type)" }
}

/// The index of a TensorFlow checkpoint: a sorted string table of entries (tensorflow/core/util/tensor_bundle, core/lib/io/table_format.txt).
enum TFCheckpoint {
    static let format = ArtefactFormat(
        id: "tf-checkpoint", kind: .weights,
        name: {
            !$0.isText
                && ($0.hasEnding(".ckpt.index", "variables.index") || $0.hasEnding(".index") && $0.name.contains("ckpt")
                    || $0.name.contains(".data-0000"))
        }, read: read)

    private static let magic: UInt64 = 0xDB47_7524_8B80_FB57
    private static let footerSize = 48
    private static let largestBlock = 4 << 20

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        // The data file beside it is raw bytes.
        if !input.name.hasSuffix(".index") {
            facts.status = .unsupported
            return
        }
        guard let size = input.bytes.knownByteCount.map({ FileNumber(count: $0) }), size >= footerSize else {
            throw .malformed(.truncated, "no room for the table's footer", at: 0)
        }
        let footer = input.cursor(from: try size - footerSize)
        _ = try footer.varint()
        _ = try footer.varint()
        let index = (try footer.varnumber(), try footer.varnumber())
        try footer.seek(to: try size - 8)
        guard try footer.uint64() == magic else {
            throw .malformed(.badHeader, "no table of a checkpoint", at: size.value)
        }
        facts.tensors = 0
        var blocks = 0
        try block(input, index) { _, handle throws(ArtefactStop) in
            blocks += 1
            guard blocks <= 100_000 else { throw .malformed(.countTooLarge, "more than 100,000 blocks") }
            let cursor = ByteCursor(MemoryBytes(handle), window: 64)
            let place = (try cursor.varnumber(), try cursor.varnumber())
            try block(input, place) { key, value throws(ArtefactStop) in try entry(key, value, &facts) }
        }
    }

    private static func block(
        _ input: ArtefactInput, _ handle: (offset: FileNumber, size: FileNumber),
        _ visit: ([UInt8], [UInt8]) throws(ArtefactStop) -> Void
    ) throws(ArtefactStop) {
        let (offset, size) = handle
        guard let known = input.bytes.knownByteCount, size <= largestBlock, try offset + size <= known else {
            throw .malformed(.badOffsets, "a block at \(offset) of \(size) bytes")
        }
        // Behind the block comes the kind of its compression.
        let block = input.cursor(from: offset)
        let bytes = [UInt8](try block.take(size))
        guard size >= 4 else { throw .malformed(.truncated, "a block ends before its trailer", at: offset.value) }
        guard try block.uint8() == 0 else { throw .notInspected("blocks compressed by Snappy") }
        let trailer = try size - 4
        let restarts = try bytes.number(at: trailer, UInt32.self)
        guard let end = trailer.subtracting(try restarts * 4) else {
            throw .malformed(.badHeader, "a block of \(restarts) restarts", at: offset.value)
        }
        let cursor = ByteCursor(MemoryBytes(bytes), to: end.value, window: 4096)
        var key: [UInt8] = []
        while cursor.remaining > 0 {
            let (shared, unshared) = (try cursor.varnumber(), try cursor.varnumber())
            let length = try cursor.varnumber()
            guard shared <= key.count, unshared <= cursor.remaining, length <= cursor.remaining
            else { throw .malformed(.badHeader, "an entry goes past its block", at: offset.value) }
            key.removeSubrange(shared.value...)
            key += try cursor.take(unshared)
            guard key.count <= 64 << 10 else {
                throw .malformed(.stringLength, "a key of \(key.count) bytes", at: offset.value)
            }
            try visit(key, Array(try cursor.take(length)))
        }
    }

    private static func entry(_ key: [UInt8], _ value: [UInt8], _ facts: inout ArtefactFacts) throws(ArtefactStop) {
        let cursor = ByteCursor(MemoryBytes(value), window: 256)
        var kind = 0
        var shape: [Int] = []
        try Protobuf.fields(cursor, 0..<value.count) { number, field throws(ArtefactStop) in
            if key.isEmpty {
                if number == 1 { facts.note("num_shards", Protobuf.number(field)) }
            } else {
                if number == 1 { kind = Protobuf.number(field) }
                if number == 2, let range = Protobuf.range(field) {
                    shape = try TensorFlowShape.read(cursor, range, depth: 1)
                }
            }
        }
        if !key.isEmpty { facts.count(shape: shape, type: TensorFlowShape.typeName(kind)) }
    }
}
