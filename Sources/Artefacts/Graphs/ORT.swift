import OpenscanBytes
import OpenscanFacts

/// ONNX Runtime's own format (microsoft/onnxruntime, onnxruntime/core/flatbuffers/schema/ort.fbs): a graph and its tensors.
enum ORT {
    static let format = ArtefactFormat(
        id: "ort", kind: .weights, magic: { $0.starts(with: "ORTM", at: 4) },
        name: { !$0.isText && $0.hasEnding(".ort") },
        read: read)

    private static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let buffer = try FlatBuffer(input.bytes)
        let session = try buffer.root()
        if let version = try buffer.text(0, of: session, limit: 100) { facts.note("ort_version", version) }
        guard let model = try buffer.table(1, of: session), let graph = try buffer.table(7, of: model) else {
            return facts.spoil(.badHeader, "no graph in it")
        }
        for (field, key) in [(2, "producer_name"), (3, "producer_version"), (4, "domain"), (6, "doc_string")] {
            if let text = try buffer.text(field, of: model), !text.isEmpty { facts.note(key, text) }
        }
        // Metadata are pairs of a key and a value.
        for (key, value) in try buffer.pairs(9, of: model) where !key.isEmpty { facts.note(key, value) }
        facts.tensors = 0
        var walk = Walk(buffer: buffer, facts: facts)
        try walk.graph(graph, depth: 0)
        facts = walk.facts
        for (domain, operators) in walk.custom.sorted(by: { $0.key < $1.key }) {
            facts.find(
                .customOperator, domain.hasPrefix("com.microsoft") ? .info : .medium,
                "operators of \(domain): \(operators.sorted().prefix(5).joined(separator: ", "))")
        }
    }

}

/// Goes through the graphs of one model, each once.
private struct Walk {
    let buffer: FlatBuffer
    var facts: ArtefactFacts
    var custom: [String: Set<String>] = [:]
    private var seen: Set<Int> = []

    private static let deepest = 16

    init(buffer: FlatBuffer, facts: ArtefactFacts) {
        self.buffer = buffer
        self.facts = facts
    }

    mutating func graph(_ graph: FlatBuffer.Table, depth: Int) throws(ArtefactStop) {
        guard depth < Self.deepest else {
            throw .malformed(.nestingDepth, "graphs deeper than \(Self.deepest)", at: graph.place.value)
        }
        guard seen.insert(graph.place.value).inserted else { return }
        if let tensors = try buffer.vector(0, of: graph, size: 4) {
            for index in tensors.indices() { try count(try buffer.table(index, in: tensors)) }
        }
        if let sparse = try buffer.vector(7, of: graph, size: 4) {
            for index in sparse.indices() {
                if let values = try buffer.table(0, of: try buffer.table(index, in: sparse)) {
                    try count(values)
                }
            }
        }
        guard let nodes = try buffer.vector(2, of: graph, size: 4) else { return }
        for index in nodes.indices() {
            let node = try buffer.table(index, in: nodes)
            let domain = try buffer.text(2, of: node, limit: 200) ?? ""
            if !ONNX.standardDomains.contains(domain), custom[domain] != nil || custom.count < 100,
                custom[domain]?.count ?? 0 < 100
            {
                custom[domain, default: []].insert(try buffer.text(5, of: node, limit: 100) ?? "?")
            }
            guard let attributes = try buffer.vector(10, of: node, size: 4) else { continue }
            for index in attributes.indices() {
                let attribute = try buffer.table(index, in: attributes)
                if let inner = try buffer.table(7, of: attribute) { try self.graph(inner, depth: depth + 1) }
                guard let graphs = try buffer.vector(12, of: attribute, size: 4) else { continue }
                for index in graphs.indices() {
                    try self.graph(try buffer.table(index, in: graphs), depth: depth + 1)
                }
            }
        }
    }

    private mutating func count(_ tensor: FlatBuffer.Table) throws(ArtefactStop) {
        let type = Int(try buffer.integer(3, of: tensor, Int32.self))
        var shape: [Int] = []
        if let dims = try buffer.vector(2, of: tensor, size: 8) {
            guard dims.count <= 64 else {
                throw .malformed(.badDims, "\(dims.count) dimensions", at: dims.start.value)
            }
            for index in dims.indices() {
                shape.append(Int(try buffer.bytes.integer(at: dims.place(of: index, size: 8), Int64.self)))
            }
        }
        let layout = ONNXType.numbered(type)
        let count = FileNumber(productOf: shape)
        facts.count(elements: count, type: layout?.name ?? "type \(type)")
        guard let count, let layout, layout.bits > 0, let raw = try buffer.vector(4, of: tensor, size: 1), raw.count > 0
        else { return }
        let wanted = count.multiplied(by: layout.bits)?.roundedUp(to: 8)?.divided(by: 8)
        if wanted != raw.count {
            facts.spoil(
                .shapeSizeMismatch,
                "a tensor of \(raw.count) bytes whose shape and type want \(wanted?.description ?? "more than can be counted")",
                at: raw.start.value)
        }
    }
}
