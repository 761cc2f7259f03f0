import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// XGBoost models as JSON and as UBJSON (xgboost documentation, "Introduction to Model IO"; ubjson.org, draft 12).
enum XGBoost {
    static let json = ArtefactFormat(id: "xgboost-json", kind: .weights, magic: { isModel($0) }, read: readJSON)
    /// What `save_config` writes: parameters of the training, and no tree.
    static let settings = ArtefactFormat(id: "xgboost-config", kind: .other, isReadElsewhere: true)
    static let ubj = ArtefactFormat(
        id: "xgboost-ubj", kind: .weights, magic: { isBinary($0.bytes) }, name: { $0.hasEnding(".ubj") },
        read: readBinary)

    private static func isModel(_ head: FileHead) -> Bool {
        let text = head.trimmed
        return text.first == UInt8(ascii: "{")
            && (text.starts(with: "{\"learner\"")
                || text.starts(with: "{\"version\":[") && text.repairedText.contains("\"learner\"")
                || text.starts(with: "{\"Config\""))
    }

    /// An object whose first key is `learner`, `version` or `Config`, lengths as in UBJSON.
    private static func isBinary(_ head: UnsafeRawBufferPointer) -> Bool {
        guard head.count > 16, head[0] == UInt8(ascii: "{"),
            head[1] == UInt8(ascii: "L") || head[1] == UInt8(ascii: "i") || head[1] == UInt8(ascii: "U")
        else { return false }
        let start = head[1] == UInt8(ascii: "L") ? 10 : 3
        return head.starts(with: "learner", at: start) || head.starts(with: "version", at: start)
            || head.starts(with: "Config", at: start)
    }

    /// What both forms say: paths of keys and values.
    final class Summary {
        var values: [String: String] = [:]
        var features: Int?, trees: Int?, coefficients: Int?, version: [String] = []
        var attributes: [(String, String)] = []
        private var hasModel = false

        private static let kept: Set<String> = [
            "name", "num_class", "num_feature", "base_score", "num_target", "num_trees",
        ]

        func visit(_ path: [String], _ event: JSONSkim.Event) {
            guard path.first == "learner" || path.first == "version" else { return }
            switch event {
            case .string(let text), .scalar(let text):
                if path.first == "version" { version.append(text) }
                if path.count == 3, path[1] == "attributes", attributes.count < 50 {
                    attributes.append((path[2], text))
                }
                if let last = path.last, Self.kept.contains(last), values.count < 100 {
                    values[path.joined(separator: ".")] = text
                }
            case .array(let count):
                if path == ["learner", "gradient_booster", "model", "boosting_weights"] { coefficients = count }
                if path == ["learner", "gradient_booster", "model", "weights"] { coefficients = count }
                if path.count == 2, path[1] == "feature_names" { features = count }
                if path.last == "trees" { trees = count }
            case .object: if path == ["learner", "gradient_booster", "model"] { hasModel = true }
            }
        }

        func note(_ facts: inout ArtefactFacts) {
            if !version.isEmpty { facts.note("version", version.joined(separator: ".")) }
            facts.note("objective", values["learner.objective.name"] ?? "unknown")
            if let booster = values["learner.gradient_booster.name"] { facts.note("booster", booster) }
            for key in ["num_class", "num_feature", "base_score", "num_target"] {
                if let value = values["learner.learner_model_param." + key] { facts.note(key, value) }
            }
            facts.note(
                "trees",
                trees ?? values["learner.gradient_booster.model.gbtree_model_param.num_trees"].flatMap { Int($0) })
            if let features, features > 0 { facts.note("feature_names", features) }
            for (key, value) in attributes { facts.note("attributes." + key, value) }
            if values.isEmpty { facts.spoil(.badHeader, "no learner in it") }
            if trees == nil, coefficients == nil, !values.isEmpty, !hasModel { facts.format = XGBoost.settings.id }
        }
    }

    private static func readJSON(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let summary = Summary()
        var skim = JSONSkim(input.cursor(), levels: 5) { summary.visit($0, $1) }
        try skim.run()
        summary.note(&facts)
    }

    private static func readBinary(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let summary = Summary()
        var walk = UBJSONSkim(cursor: input.cursor(), levels: 5, summary: summary)
        try walk.value(try walk.marker(), depth: 0)
        if try !walk.cursor.isAtEnd {
            facts.find(.trailingData, .low, "bytes after the end of the model", at: walk.cursor.offset)
        }
        summary.note(&facts)
    }
}

/// Universal Binary JSON, with the strongly typed containers that XGBoost writes.
struct UBJSONSkim {
    let cursor: ByteCursor
    let levels: Int
    let summary: XGBoost.Summary
    private var path: [String] = []
    private static let deepest = 64

    init(cursor: ByteCursor, levels: Int, summary: XGBoost.Summary) {
        self.cursor = cursor
        self.levels = levels
        self.summary = summary
        cursor.isBigEndian = true
    }

    func marker() throws(ArtefactStop) -> UInt8 {
        while true {
            let byte = try cursor.uint8()
            if byte != UInt8(ascii: "N") { return byte }
        }
    }

    private static func width(_ type: UInt8) -> Int? {
        switch type {
        case UInt8(ascii: "i"), UInt8(ascii: "U"), UInt8(ascii: "C"): 1
        case UInt8(ascii: "I"): 2
        case UInt8(ascii: "l"), UInt8(ascii: "d"): 4
        case UInt8(ascii: "L"), UInt8(ascii: "D"): 8
        case UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "Z"): 0
        default: nil
        }
    }

    /// A number of any sign.
    private func number(_ type: UInt8) throws(ArtefactStop) -> Int64 {
        switch type {
        case UInt8(ascii: "i"): Int64(try cursor.integer(Int8.self))
        case UInt8(ascii: "U"): Int64(try cursor.uint8())
        case UInt8(ascii: "I"): Int64(try cursor.integer(Int16.self))
        case UInt8(ascii: "l"): Int64(try cursor.integer(Int32.self))
        case UInt8(ascii: "L"): try cursor.integer(Int64.self)
        default: throw .malformed(.badType, "a length of type \(type)", at: cursor.offset)
        }
    }

    /// A number of items or bytes, at most `most`.
    private func length(most: Int) throws(ArtefactStop) -> FileNumber {
        let number = try number(try marker())
        guard let count = FileNumber(exactly: number), count <= most else {
            throw .malformed(.countTooLarge, "\(number) items or bytes do not fit in the file", at: cursor.offset)
        }
        return count
    }

    mutating func value(_ type: UInt8, depth: Int) throws(ArtefactStop) {
        guard depth < Self.deepest else {
            throw .malformed(.nestingDepth, "values deeper than \(Self.deepest)", at: cursor.offset)
        }
        let isHeard = depth <= levels
        switch type {
        case UInt8(ascii: "{"): try container(isObject: true, depth: depth, isHeard)
        case UInt8(ascii: "["): try container(isObject: false, depth: depth, isHeard)
        case UInt8(ascii: "S"), UInt8(ascii: "H"):
            let count = try length(most: cursor.remaining)
            if isHeard {
                summary.visit(path, .string(try cursor.text(count, limit: 1000)))
            } else {
                try cursor.skip(count)
            }
        case UInt8(ascii: "d"):
            let value = Float(bitPattern: try cursor.uint32())
            if isHeard { summary.visit(path, .scalar(String(value))) }
        case UInt8(ascii: "D"):
            let value = Double(bitPattern: try cursor.uint64())
            if isHeard { summary.visit(path, .scalar(String(value))) }
        case UInt8(ascii: "T"), UInt8(ascii: "F"), UInt8(ascii: "Z"):
            if isHeard { summary.visit(path, .scalar(type == UInt8(ascii: "T") ? "true" : "false")) }
        case UInt8(ascii: "C"): try cursor.skip(1)
        default:
            let value = try number(type)
            if isHeard { summary.visit(path, .scalar(String(value))) }
        }
    }

    private mutating func container(isObject: Bool, depth: Int, _ isHeard: Bool) throws(ArtefactStop) {
        var type: UInt8?
        var count: FileNumber?
        if try cursor.peek(1)[0] == UInt8(ascii: "$") {
            try cursor.skip(1)
            type = try cursor.uint8()
        }
        if try cursor.peek(1)[0] == UInt8(ascii: "#") {
            try cursor.skip(1)
            let takesNoBytes = type.map { Self.width($0) == 0 } ?? false
            count = try length(most: takesNoBytes ? max(1 << 30, cursor.remaining) : cursor.remaining)
        } else if type != nil {
            throw .malformed(.badHeader, "a typed container without a count", at: cursor.offset)
        }
        let end = isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
        var seen = 0
        if !isObject, let type, let count, let width = Self.width(type) {
            let bytes = try count * width
            // A short array of numbers is a version; long ones are trees.
            if isHeard, count <= 8 {
                path.append("[]")
                for _ in count.indices() { try value(type, depth: depth + 1) }
                path.removeLast()
            } else {
                try cursor.skip(bytes)
            }
            seen = count.value
        } else {
            while count.map({ $0 > seen }) ?? true {
                if count == nil, try cursor.peek(1)[0] == end {
                    try cursor.skip(1)
                    break
                }
                if isObject {
                    let size = try length(most: cursor.remaining)
                    let key = try cursor.text(size, limit: 200)
                    if isHeard { path.append(key) }
                } else if isHeard {
                    path.append("[]")
                }
                let next: UInt8
                if let type { next = type } else { next = try marker() }
                try value(next, depth: depth + 1)
                if isHeard { path.removeLast() }
                seen += 1
            }
        }
        if isHeard { summary.visit(path, isObject ? .object(count: seen) : .array(count: seen)) }
    }
}

/// LightGBM's text model (LightGBM src/boosting/gbdt_model_text.cpp): keys and values up to the first tree.
enum LightGBM {
    static let format = ArtefactFormat(
        id: "lightgbm", kind: .weights,
        magic: { $0.starts(with: "tree\nversion=") || $0.starts(with: "tree\r\nversion=") }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let cursor = input.cursor()
        var lines = 0
        while lines < 100, let line = try cursor.line(limit: 4 << 20) {
            lines += 1
            guard let sign = line.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = line.slice(0..<sign).repairedText
            let value = line.slice(sign + 1..<line.count)
            switch key {
            case "Tree": return
            case "tree_sizes": facts.note("trees", value.isEmpty ? 0 : value.count { $0 == 0x20 } + 1)
            case "feature_names": facts.note("feature_names", value.count { $0 == 0x20 } + 1)
            case "feature_infos", "monotone_constraints": break
            default: facts.note(key, value.slice(0..<min(value.count, 300)).repairedText.trimmed)
            }
        }
        if facts.metadata["trees"] == nil {
            facts.spoil(.truncated, "the header ends before its trees", at: cursor.offset)
        }
    }
}

/// LightGBM's model as JSON (`Booster.dump_model`): settings, then the trees.
enum LightGBMJSON {
    static let format = ArtefactFormat(
        id: "lightgbm-json", kind: .weights,
        magic: {
            $0.isText && $0.trimmed.first == UInt8(ascii: "{") && $0.bytes.contains("\"num_tree_per_iteration\"")
                && $0.bytes.contains("\"tree\"")
        }, read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var trees: Int?
        var features: Int?
        var shown: [(String, String)] = []
        var skim = JSONSkim(input.cursor(), levels: 1) { path, event in
            guard path.count == 1 else { return }
            switch event {
            case .array(let count):
                if path[0] == "tree_info" { trees = count }
                if path[0] == "feature_names" { features = count }
            case .string(let text), .scalar(let text): if shown.count < 50 { shown.append((path[0], text)) }
            case .object: break
            }
        }
        try skim.run()
        for (key, value) in shown { facts.note(key, value) }
        facts.note("trees", trees)
        facts.note("feature_names", features)
        if trees == nil { facts.spoil(.badHeader, "no trees in it") }
    }
}

/// PMML (dmg.org): models of statistics as XML.
enum PMML {
    static let format = ArtefactFormat(
        id: "pmml", kind: .weights, magic: { isDocument($0) }, name: { $0.hasEnding(".pmml") }, read: read)

    private static let kept = 64 << 10
    private static let models = [
        "AnomalyDetectionModel", "AssociationModel", "BayesianNetworkModel", "BaselineModel", "ClusteringModel",
        "GaussianProcessModel", "GeneralRegressionModel", "MiningModel", "NaiveBayesModel", "NearestNeighborModel",
        "NeuralNetwork", "RegressionModel", "RuleSetModel", "SequenceModel", "Scorecard", "SupportVectorMachineModel",
        "TextModel", "TimeSeriesModel", "TreeModel",
    ]

    private static func isDocument(_ head: FileHead) -> Bool {
        let text = head.trimmed
        return text.first == UInt8(ascii: "<") && head.isText && text.contains("<PMML")
    }

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let bytes = try input.piece(at: 0, count: kept)
        let head = bytes.withUnsafeBytes(\.repairedText)
        guard let start = head.range(of: "<PMML") else { throw .malformed(.badHeader, "no PMML", at: 0) }
        let open = head[start.upperBound...].prefix { $0 != ">" }
        if let version = attribute("version", in: open) { facts.note("version", version) }
        if let place = head.range(of: "<Application") {
            let tag = head[place.upperBound...].prefix { $0 != ">" }
            for key in ["name", "version"] {
                if let value = attribute(key, in: tag) { facts.note("application." + key, value) }
            }
        }
        if let model = models.first(where: { head.contains("<" + $0) }) { facts.note("model", model) }
        if head.contains("<!ENTITY") { facts.find(.expansion, .medium, "a document type with entities; not expanded") }
        guard let size = input.knownSize else { return }
        let tail = try input.piece(at: size.subtracting(256) ?? .zero, count: 256)
        if !tail.withUnsafeBytes({ $0.contains("</PMML>") }) {
            facts.spoil(.truncated, "the text ends before the model does", at: size.value)
        }
    }

    private static func attribute(_ name: String, in tag: Substring) -> String? {
        guard let place = String(tag).range(of: name + "=\"") else { return nil }
        return String(String(tag)[place.upperBound...].prefix { $0 != "\"" })
    }
}

/// Objects of R, as `saveRDS` and `save` write them, mostly compressed: models or data, which only their names tell.
enum RData {
    static let format = ArtefactFormat(
        id: "r-data", kind: .weights, runsCode: true, magic: { isNamed($0) && begins($0.bytes) })

    private static func isNamed(_ head: FileHead) -> Bool { head.hasEnding(".rds", ".rdata", ".rda") }

    /// Compressed, or the head of a workspace or of one object (R Internals, "Serialization Formats").
    private static func begins(_ head: UnsafeRawBufferPointer) -> Bool {
        Compression.detect(head) != nil || head.starts(with: "RDX") || head.starts(with: "X\n")
            || head.starts(with: "A\n")
    }
}
