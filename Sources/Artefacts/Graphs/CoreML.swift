import OpenscanBytes
import OpenscanFacts

/// Core ML: the model's description (apple/coremltools, mlmodel/format/Model.proto) and the blob file of a package's weights (MILBlob).
enum CoreML {
    static let model = ArtefactFormat(
        id: "coreml-mlmodel", kind: .weights, name: { !$0.isText && $0.hasEnding(".mlmodel") }, read: readModel)
    static let package = ArtefactFormat(
        id: "coreml-mlpackage", kind: .weights, magic: { isBlobFile($0.bytes) }, read: readBlobs)

    private static let kinds: [Int: String] = [
        200: "pipelineClassifier", 201: "pipelineRegressor", 202: "pipeline", 300: "glmRegressor",
        301: "supportVectorRegressor", 302: "treeEnsembleRegressor", 303: "neuralNetworkRegressor",
        304: "bayesianProbitRegressor", 400: "glmClassifier", 401: "supportVectorClassifier",
        402: "treeEnsembleClassifier", 403: "neuralNetworkClassifier", 404: "kNearestNeighborsClassifier",
        500: "neuralNetwork", 501: "itemSimilarityRecommender", 502: "mlProgram", 555: "customModel",
        556: "linkedModel", 560: "classConfidenceThresholding", 600: "oneHotEncoder", 601: "imputer",
        602: "featureVectorizer", 603: "dictVectorizer",
        604: "scaler", 606: "categoricalMapping", 607: "normalizer", 609: "arrayFeatureExtractor",
        610: "nonMaximumSuppression", 900: "identity", 2000: "textClassifier", 2001: "wordTagger",
        2002: "visionFeaturePrint", 2003: "soundAnalysisPreprocessing", 2004: "gazetteer", 2005: "wordEmbedding",
        2006: "audioFeaturePrint", 3000: "serializedModel",
    ]

    private static func readModel(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        var hasKind = false
        var shown: [(String, String)] = []
        var custom: [String] = []
        var counter = Weights(cursor: cursor)
        try model(cursor, cursor.whole(input.size), depth: 0) { number, value throws(ArtefactStop) in
            if number == 1 { shown.append(("specificationVersion", String(Protobuf.number(value)))) }
            guard let range = Protobuf.range(value) else { return }
            if number == 2 { try description(cursor, range, &shown) }
            guard let kind = kinds[number] else { return }
            hasKind = true
            shown.append(("type", kind))
            if number == 555 || number == 556 { custom.append(kind) }
            if [303, 403, 500].contains(number) { try network(cursor, range, &custom, &counter) }
        }
        for (key, value) in shown { facts.note(key, value) }
        for name in custom.prefix(20) {
            facts.find(.customOperator, .medium, "\(name): native code that the application must bring")
        }
        if counter.layers > 0 {
            facts.tensors = counter.tensors
            for (type, count) in counter.byType { facts.add(count, type: type) }
        }
        if !hasKind { facts.spoil(.badHeader, "no model in it") }
    }

    /// Fields of a model and, behind them, of the models that it is put together from.
    private static func model(
        _ cursor: ByteCursor, _ range: Range<Int>, depth: Int,
        _ visit: (Int, Protobuf.Value) throws(ArtefactStop) -> Void
    ) throws(ArtefactStop) {
        var parts: [Range<Int>] = []
        try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
            if pipelines.contains(number), let inside = Protobuf.range(value) { parts.append(inside) }
            try visit(number, value)
        }
        for part in parts {
            try Protobuf.fields(cursor, part, depth: depth + 1) { number, value throws(ArtefactStop) in
                guard number == 1, let inside = Protobuf.range(value) else { return }
                // A pipeline of classes or numbers is one in a message of its own.
                try pipelined(cursor, inside, depth: depth + 2, visit)
            }
        }
    }

    private static let pipelines: Set<Int> = [200, 201, 202]

    private static func pipelined(
        _ cursor: ByteCursor, _ range: Range<Int>, depth: Int,
        _ visit: (Int, Protobuf.Value) throws(ArtefactStop) -> Void
    ) throws(ArtefactStop) {
        var isModel = false
        var inner: [Range<Int>] = []
        try Protobuf.fields(cursor, range, depth: depth) { number, value throws(ArtefactStop) in
            if number == 2 || kinds[number] != nil { isModel = true }
            if number == 1, let inside = Protobuf.range(value), inner.count < 1000 { inner.append(inside) }
        }
        if isModel { return try model(cursor, range, depth: depth, visit) }
        for part in inner { try model(cursor, part, depth: depth + 1, visit) }
    }

    private static func description(_ cursor: ByteCursor, _ range: Range<Int>, _ out: inout [(String, String)])
        throws(ArtefactStop)
    {
        try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
            guard number == 100, let metadata = Protobuf.range(value) else { return }
            try Protobuf.fields(cursor, metadata, depth: 2) { number, value throws(ArtefactStop) in
                guard out.count < 100 else { return }
                let names = [1: "shortDescription", 2: "versionString", 3: "author", 4: "license"]
                if let name = names[number] { out.append((name, try Protobuf.text(cursor, value))) }
                guard number == 100, let entry = Protobuf.range(value) else { return }
                let (key, value) = try Protobuf.entry(cursor, entry, depth: 3)
                if let value { out.append((key, try Protobuf.text(cursor, value))) }
            }
        }
    }

    /// Layers of a neural network: their weights, and those that are custom.
    private static func network(
        _ cursor: ByteCursor, _ range: Range<Int>, _ custom: inout [String], _ counter: inout Weights
    ) throws(ArtefactStop) {
        try Protobuf.fields(cursor, range, depth: 1) { number, value throws(ArtefactStop) in
            guard number == 1, let layer = Protobuf.range(value) else { return }
            counter.layers += 1
            try Protobuf.fields(cursor, layer, depth: 2) { number, value throws(ArtefactStop) in
                guard number >= 100, let parameters = Protobuf.range(value) else { return }
                if number == 500 {
                    var name = "custom layer"
                    try Protobuf.fields(cursor, parameters, depth: 3) { number, value throws(ArtefactStop) in
                        if number == 10 { name = try Protobuf.text(cursor, value, limit: 100) }
                    }
                    if custom.count < 100 { custom.append(name) }
                }
                try counter.layer(parameters)
            }
        }
    }

    /// `WeightParams` among the parameters of a layer.
    private struct Weights {
        let cursor: ByteCursor
        var layers = 0, tensors = 0
        var byType: [String: FileNumber] = [:]

        /// Layers keep `WeightParams` in fields of many numbers; whether a field is one tell the fields inside it.
        mutating func layer(_ range: Range<Int>) throws(ArtefactStop) {
            try Protobuf.fields(cursor, range, depth: 3) { number, value throws(ArtefactStop) in
                guard let inside = Protobuf.range(value), inside.count >= 4 else { return }
                var found: (String, FileNumber)?
                var isWeights = true
                do throws(ArtefactStop) {
                    try Protobuf.fields(cursor, inside, depth: 4) { number, value throws(ArtefactStop) in
                        switch (number, value) {
                        case (1, .bytes(let data)) where data.count % 4 == 0 && found == nil:
                            found = ("float32", FileNumber(count: data.count / 4))
                        case (2, .bytes(let data)) where data.count % 2 == 0:
                            found = ("float16", FileNumber(count: data.count / 2))
                        case (30, .bytes(let data)): found = ("raw", FileNumber(count: data.count))
                        case (31, .bytes(let data)): found = ("int8", FileNumber(count: data.count))
                        case (40, .bytes), (50, .varint): break
                        default: isWeights = false
                        }
                    }
                } catch { isWeights = false }
                if isWeights, let found {
                    tensors += 1
                    byType[found.0] = try (byType[found.0] ?? .zero) + found.1
                }
            }
        }
    }

    // MARK: Blob file

    private static let sentinel: UInt32 = 0xDEAD_BEEF
    private static let blobTypes: [UInt32: (String, bits: Int)] = [
        1: ("float16", 16), 2: ("float32", 32), 3: ("uint8", 8), 4: ("int8", 8), 5: ("bfloat16", 16), 6: ("int16", 16),
        7: ("uint16", 16), 8: ("int4", 4), 9: ("uint1", 1), 10: ("uint2", 2), 11: ("uint4", 4), 12: ("uint3", 3),
        13: ("uint6", 6), 14: ("int32", 32), 15: ("uint32", 32), 16: ("float8e4m3fn", 8), 17: ("float8e5m2", 8),
    ]

    private static func isBlobFile(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count >= 68 else { return false }
        return head.littleEndian(at: 4, UInt32.self) == 2 && head.littleEndian(at: 64, UInt32.self) == sentinel
    }

    private static func readBlobs(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        let count = try cursor.count(UInt32.self, of: "blobs", most: cursor.end / 64)
        facts.tensors = 0
        try cursor.seek(to: 64)
        for _ in count.indices() {
            let place = cursor.place
            guard try cursor.uint32() == sentinel else {
                throw .malformed(.badHeader, "no blob where one is announced", at: place.value)
            }
            let type = try cursor.uint32()
            let length = try cursor.number(UInt64.self)
            let begin = try cursor.number(UInt64.self)
            let end = try begin + length
            guard try begin >= place + 64, end <= cursor.end else {
                throw .malformed(
                    .truncated, "a blob at \(begin) of \(length) bytes goes past the end", at: place.value)
            }
            let layout = blobTypes[type]
            let elements = layout.map { layout in length.multiplied(by: 8)?.divided(by: layout.bits) } ?? .zero
            if layout.map({ GraphConstant.isParameter($0.0, count: elements) }) ?? true {
                facts.count(elements: elements, type: layout?.0 ?? "type \(type)")
            }
            try cursor.seek(to: min(cursor.end, try end.padded(to: 64).value))
        }
    }
}
