import OpenscanBytes
import OpenscanFacts

/// TensorFlow Lite (tensorflow/lite/schema/schema.fbs, schema version 3).
enum TFLite {
    static let format = ArtefactFormat(
        id: "tflite", kind: .weights, magic: { $0.starts(with: "TFL3", at: 4) }, name: { $0.hasEnding(".tflite") },
        read: read)

    private static let types: [UInt8: String] = [
        0: "FLOAT32", 1: "FLOAT16", 2: "INT32", 3: "UINT8", 4: "INT64", 5: "STRING", 6: "BOOL", 7: "INT16",
        8: "COMPLEX64", 9: "INT8", 10: "FLOAT64", 11: "COMPLEX128", 12: "UINT64", 13: "RESOURCE", 14: "VARIANT",
        15: "UINT32", 16: "UINT16", 17: "INT4", 18: "BFLOAT16", 19: "INT2",
    ]
    private static let customOperator: Int32 = 32

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let buffer = try FlatBuffer(input.bytes)
        let model = try buffer.root()
        facts.note("version", try buffer.number(0, of: model, UInt32.self))
        if let text = try buffer.text(3, of: model), !text.isEmpty { facts.note("description", text) }
        var custom: Set<String> = []
        if let codes = try buffer.vector(1, of: model, size: 4) {
            facts.note("operators", codes.count)
            for index in codes.indices() {
                let code = try buffer.table(index, in: codes)
                let builtin = try buffer.integer(3, of: code, Int32.self)
                let old = try buffer.integer(0, of: code, Int8.self)
                if max(builtin, Int32(old)) == customOperator {
                    custom.insert(try buffer.text(1, of: code, limit: 100) ?? "without a name")
                }
            }
        }
        for name in custom.sorted().prefix(20) {
            facts.find(
                .customOperator, name.hasPrefix("Flex") || name.hasPrefix("TFLite_") ? .info : .medium,
                "operator \(name) is native code that the application must bring")
        }
        try tensors(buffer, model, &facts)
        if let metadata = try buffer.vector(6, of: model, size: 4) {
            for index in metadata.indices(most: 50) {
                facts.note("metadata", try buffer.text(0, of: try buffer.table(index, in: metadata), limit: 100) ?? "")
            }
        }
    }

    private static func tensors(_ buffer: FlatBuffer, _ model: FlatBuffer.Table, _ facts: inout ArtefactFacts)
        throws(ArtefactStop)
    {
        facts.tensors = 0
        guard let buffers = try buffer.vector(4, of: model, size: 4),
            let graphs = try buffer.vector(2, of: model, size: 4)
        else { return facts.spoil(.badHeader, "no graph in it") }
        // Graphs of one model share buffers.
        var counted: Set<Int> = []
        for graph in graphs.indices() {
            let subgraph = try buffer.table(graph, in: graphs)
            guard let list = try buffer.vector(0, of: subgraph, size: 4) else { continue }
            for index in list.indices() {
                let tensor = try buffer.table(index, in: list)
                let number = try buffer.number(2, of: tensor, UInt32.self)
                guard number < buffers.count else {
                    facts.spoil(.badOffsets, "a tensor names buffer \(number) of \(buffers.count)")
                    continue
                }
                // Only tensors with data are parameters; the others are filled when the model runs.
                let data = try buffer.table(number.value, in: buffers)
                let inline = try buffer.vector(0, of: data, size: 1)?.count ?? .zero
                let apart = try buffer.number(2, of: data, UInt64.self)
                guard number > 0, inline > 0 || apart > 1 else { continue }
                if apart > 1 {
                    let end = try buffer.number(1, of: data, UInt64.self) + apart
                    if end > buffer.bytes.count {
                        facts.spoil(
                            .truncated, "the data of a tensor goes to \(end), the file has \(buffer.bytes.count) bytes"
                        )
                    }
                }
                let type = try buffer.integer(1, of: tensor, UInt8.self)
                let shape = try buffer.numbers(0, of: tensor)
                let name = types[type] ?? "type \(type)"
                let scales = try buffer.table(4, of: tensor).flatMap { table throws(ArtefactStop) in
                    try buffer.vector(2, of: table, size: 4)
                }
                // Shapes and axes are constants as well.
                let count = FileNumber(productOf: shape)
                guard
                    count == nil
                        || GraphConstant.isParameter(name, count: count, isScaled: scales?.count ?? .zero > 0)
                else { continue }
                guard counted.insert(number.value).inserted else { continue }
                facts.count(elements: count, type: name)
            }
        }
    }
}

/// ExecuTorch programs (pytorch/executorch, schema/program.fbs).
enum ExecuTorch {
    static let format = ArtefactFormat(
        id: "executorch", kind: .weights,
        magic: {
            $0.bytes.count > 8 && $0.starts(with: "ET", at: 4) && $0.bytes[6] >= 0x30 && $0.bytes[6] <= 0x39
                && $0.bytes[7] >= 0x30 && $0.bytes[7] <= 0x39
        }, name: { $0.hasEnding(".pte") }, read: read)

    private static let types: [Int8: String] = [
        0: "uint8", 1: "int8", 2: "int16", 3: "int32", 4: "int64", 5: "float16", 6: "float32", 7: "float64", 11: "bool",
        12: "qint8", 13: "quint8", 14: "qint32", 15: "bfloat16", 27: "uint16",
    ]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let buffer = try FlatBuffer(input.bytes)
        guard buffer.bytes.count > 8 else { throw .malformed(.truncated, "too short for a program", at: 0) }
        let program = try buffer.root()
        facts.note("version", try buffer.number(0, of: program, UInt32.self))
        facts.tensors = 0
        guard let plans = try buffer.vector(1, of: program, size: 4) else {
            return facts.spoil(.badHeader, "no plan in it")
        }
        for index in plans.indices() {
            let plan = try buffer.table(index, in: plans)
            if let name = try buffer.text(0, of: plan, limit: 100) { facts.note("method", name) }
            if let delegates = try buffer.vector(7, of: plan, size: 4) {
                for index in delegates.indices(most: 20) {
                    facts.note(
                        "delegate", try buffer.text(0, of: try buffer.table(index, in: delegates), limit: 100) ?? "")
                }
            }
            guard let values = try buffer.vector(2, of: plan, size: 4) else { continue }
            for index in values.indices() {
                let value = try buffer.table(index, in: values)
                guard try buffer.integer(0, of: value, UInt8.self) == 5, let tensor = try buffer.table(1, of: value),
                    try buffer.integer(5, of: tensor, UInt32.self) > 0
                else { continue }
                let type = try buffer.integer(0, of: tensor, Int8.self)
                facts.count(shape: try buffer.numbers(2, of: tensor), type: types[type] ?? "type \(type)")
            }
        }
    }
}

/// MNN networks (alibaba/MNN, schema/default/MNN.fbs).
enum MNN {
    static let format = ArtefactFormat(
        id: "mnn", kind: .weights, name: { $0.hasEnding(".mnn") && !$0.isText }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let buffer = try FlatBuffer(input.bytes)
        let net = try buffer.root()
        guard let operators = try buffer.vector(3, of: net, size: 4) else {
            return facts.spoil(.badHeader, "no operators in it")
        }
        facts.note("operators", operators.count)
        if let code = try buffer.text(0, of: net, limit: 100) { facts.note("bizCode", code) }
    }
}

/// CatBoost models (catboost/libs/model/flatbuffers/model.fbs) behind their magic and length.
enum CatBoost {
    static let format = ArtefactFormat(
        id: "catboost", kind: .weights, magic: { $0.starts(with: "CBM1") }, name: { $0.hasEnding(".cbm") }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        guard try cursor.peek(4).starts(with: "CBM1") else {
            throw .malformed(.badHeader, "no model of CatBoost", at: 0)
        }
        try cursor.skip(4)
        let length = try cursor.number(UInt32.self)
        guard length <= cursor.remaining else {
            throw .malformed(.truncated, "a core of \(length) bytes goes past the end", at: 4)
        }
        let buffer = try FlatBuffer(input.bytes, base: FileNumber(count: 8))
        let core = try buffer.root()
        if let version = try buffer.text(0, of: core, limit: 100) { facts.note("FormatVersion", version) }
        for (key, value) in try buffer.pairs(2, of: core) { facts.note(key, value) }
        guard let trees = try buffer.table(1, of: core) else { return }
        facts.note("trees", try buffer.vector(2, of: trees, size: 4)?.count)
        facts.note("features", try buffer.vector(5, of: trees, size: 4)?.count)
    }
}
