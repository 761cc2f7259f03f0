import OpenscanBytes
import OpenscanFacts

/// Darknet weights (pjreddie/darknet, src/parser.c `load_weights`): a version, a counter, floats.
enum Darknet {
    static let format = ArtefactFormat(
        id: "darknet", kind: .weights, name: { $0.hasEnding(".weights") && !$0.isText }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let (major, minor) = (try cursor.int32(), try cursor.int32())
        facts.note("version", "\(major).\(minor).\(try cursor.int32())")
        guard major >= 0, major <= 1000, minor >= 0, minor <= 1000 else {
            throw .malformed(.badHeader, "version \(major).\(minor)", at: 0)
        }
        // From version 0.2 on.
        let seen = major > 0 || minor >= 2 ? try cursor.uint64() : UInt64(try cursor.uint32())
        facts.note("seen", String(seen))
        guard cursor.isEndKnown else { return }
        facts.add(cursor.remaining / 4, type: "float32")
        if cursor.remaining % 4 != 0 {
            facts.spoil(.truncated, "the data is no whole number of floats", at: cursor.end)
        }
    }
}

/// fastText models (facebookresearch/fastText, src/fasttext.cc, dictionary.cc, densematrix.cc).
enum FastText {
    static let format = ArtefactFormat(
        id: "fasttext", kind: .weights,
        magic: { $0.bytes.littleEndian(at: 0, UInt32.self) == 793_712_314 },
        name: { $0.hasEnding(".ftz") && !$0.isText }, read: read)

    private static let arguments = [
        "dim", "ws", "epoch", "minCount", "neg", "wordNgrams", "loss", "model", "bucket", "minn", "maxn",
        "lrUpdateRate",
    ]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        guard try cursor.uint32() == 793_712_314 else { throw .malformed(.badHeader, "no model of fastText", at: 0) }
        facts.note("version", Int(try cursor.int32()))
        for name in arguments { facts.note(name, Int(try cursor.int32())) }
        try cursor.skip(8)
        let entries = try cursor.count(Int32.self, of: "words", most: cursor.remaining / 10)
        facts.note("words", Int(try cursor.int32()))
        facts.note("labels", Int(try cursor.int32()))
        try cursor.skip(8)
        let pruned = try cursor.integer(Int64.self)
        for _ in entries.indices() {
            var isEnded = false
            while !isEnded {
                let piece = try cursor.peek(upTo: 256)
                guard !piece.isEmpty else {
                    throw .malformed(.truncated, "the dictionary ends inside a word", at: cursor.offset)
                }
                let length = piece.firstIndex(of: 0)
                isEnded = length != nil
                try cursor.skip(length.map { $0 + 1 } ?? piece.count)
            }
            try cursor.skip(9)
        }
        // None is -1.
        if let pruned = FileNumber(exactly: pruned) {
            guard pruned <= cursor.remaining / 8 else {
                throw .malformed(.countTooLarge, "\(pruned) pruned words do not fit in the file", at: cursor.offset)
            }
            try cursor.skip(try pruned * 8)
        }
        for _ in 0..<2 {
            let isQuantised = try cursor.uint8()
            if isQuantised > 0 {
                facts.note("quantised", "true")
                return
            }
            let (rows, columns) = (try cursor.integer(Int64.self), try cursor.integer(Int64.self))
            let count = FileNumber(productOf: [Int(rows), Int(columns)])
            facts.count(elements: count, type: "float32")
            guard let count else {
                facts.status = .malformed
                return
            }
            guard count <= cursor.remaining / 4 else {
                return facts.spoil(
                    .truncated, "a matrix of \(rows) by \(columns) goes past the end", at: cursor.offset)
            }
            try cursor.skip(try count * 4)
        }
    }
}

/// MXNet parameters (apache/mxnet, src/c_api/c_api.cc, src/ndarray/ndarray.cc) and symbols.
enum MXNet {
    static let format = ArtefactFormat(
        id: "mxnet", kind: .weights,
        magic: {
            $0.bytes.count >= 24 && $0.bytes.littleEndian(at: 0, UInt64.self) == 0x112
                && $0.bytes.littleEndian(at: 8, UInt64.self) == 0
        }, name: { $0.hasEnding(".params") && !$0.isText }, read: read)
    static let symbol = ArtefactFormat(
        id: "mxnet", kind: .weights,
        magic: { $0.hasEnding("-symbol.json") && $0.isText && $0.bytes.repairedText.contains("\"nodes\"") },
        read: readSymbol)

    private static let types: [Int32: (String, bytes: Int)] = [
        0: ("float32", 4), 1: ("float64", 8), 2: ("float16", 2), 3: ("uint8", 1), 4: ("int32", 4), 5: ("int8", 1),
        6: ("int64", 8), 7: ("bool", 1), 8: ("int16", 2), 9: ("uint16", 2), 10: ("uint32", 4), 11: ("uint64", 8),
        12: ("bfloat16", 2),
    ]

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        guard try cursor.uint64() == 0x112 else { throw .malformed(.badHeader, "no parameters of MXNet", at: 0) }
        try cursor.skip(8)
        let count = try cursor.count(UInt64.self, of: "arrays", most: cursor.remaining / 8)
        facts.tensors = 0
        for _ in count.indices() { try array(cursor, &facts) }
        let names = try cursor.count(UInt64.self, of: "names", most: cursor.remaining / 8)
        for _ in names.indices() { try cursor.skip(try cursor.uint64()) }
        if names != count, names != 0 {
            facts.find(.badSize, .medium, "\(count) arrays and \(names) names", at: cursor.offset)
        }
    }

    private static func array(_ cursor: ByteCursor, _ facts: inout ArtefactFacts) throws(ArtefactStop) {
        let place = cursor.offset
        let magic = try cursor.uint32()
        var dimensions = FileNumber(exactly: magic) ?? .zero
        var isWide = false
        switch magic {
        case 0xF993_FAC9, 0xF993_FACA:
            let storage = try cursor.int32()
            guard storage <= 0 else { throw .notInspected("sparse arrays") }
            dimensions = try cursor.number(UInt32.self)
            isWide = true
        case 0xF993_FAC8:
            dimensions = try cursor.number(UInt32.self)
            isWide = true
        default: break
        }
        guard dimensions <= 32 else { throw .malformed(.badDims, "\(dimensions) dimensions", at: place) }
        if dimensions == 0 { return }
        var shape: [Int] = []
        for _ in dimensions.indices() {
            shape.append(try isWide ? Int(cursor.integer(Int64.self)) : cursor.number(UInt32.self).value)
        }
        try cursor.skip(8)
        let type = try cursor.int32()
        guard let layout = types[type] else {
            throw .malformed(.unknownDType, "element type \(type)", at: cursor.offset)
        }
        let total = FileNumber(productOf: shape)
        facts.count(elements: total, type: layout.0)
        guard let bytes = total?.multiplied(by: layout.bytes) else {
            throw .malformed(.integerOverflow, "the size of an array overflows", at: place)
        }
        try cursor.skip(bytes)
    }

    private static func readSymbol(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var nodes = 0
        var custom = false
        var skim = JSONSkim(input.cursor(), levels: 3) { path, event in
            if path == ["nodes"], case .array(let count) = event { nodes = count }
            if path.last == "op", case .string("Custom") = event { custom = true }
        }
        try skim.run()
        facts.note("nodes", nodes)
        if custom {
            facts.find(.customOperator, .medium, "a Custom operator: Python code that the application must bring")
        }
    }
}

/// ncnn (Tencent/ncnn, docs/developer-guide/param-and-model-file-structure.md): a text of layers, raw weights beside it.
enum NCNN {
    static let param = ArtefactFormat(
        id: "ncnn", kind: .weights, magic: { $0.starts(with: "7767517\n") || $0.starts(with: "7767517\r") },
        read: readText)
    static let format = ArtefactFormat(
        id: "ncnn", kind: .weights,
        magic: {
            $0.bytes.littleEndian(at: 0, UInt32.self) == 7_767_517 && $0.hasEnding(".bin")
        }, read: { facts, _ throws(ArtefactStop) in facts.note("form", "binary param") })

    private static func readText(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        _ = try cursor.line()
        guard
            let counts = try cursor.line()?.repairedText.split(separator: " ").compactMap({ Int($0.filter(\.isNumber)) }
            ), counts.count >= 2
        else { throw .malformed(.badHeader, "no numbers of layers and blobs", at: cursor.offset) }
        facts.note("layers", counts[0])
        facts.note("blobs", counts[1])
        var layers = 0
        while layers <= counts[0], layers < 1_000_000, let line = try cursor.line(limit: 32 << 10) {
            if !line.isEmpty { layers += 1 }
        }
        if try !cursor.isAtEnd, try cursor.line(limit: 32 << 10) == nil,
            try cursor.peek(upTo: 1).first.map({ $0 > 0x20 }) ?? false
        {
            layers += 1
        }
        if layers < counts[0] {
            facts.spoil(.truncated, "\(counts[0]) layers are announced, \(layers) are there", at: cursor.offset)
        }
    }
}

/// TensorRT engines: a serialised plan whose form is not published.
enum TensorRT {
    static let format = ArtefactFormat(
        id: "tensorrt", kind: .weights, magic: { $0.starts(with: "ftrt") || $0.starts(with: "ptrt") },
        name: { !$0.isText && $0.hasEnding(".engine", ".plan", ".trt") })
}
