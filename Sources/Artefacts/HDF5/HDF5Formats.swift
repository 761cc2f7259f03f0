import OpenscanBytes
import OpenscanFacts

/// HDF5 files, Keras' among them: data sets as tensors, attributes as metadata, links that lead out as findings.
enum HDF5Formats {
    static let keras = ArtefactFormat(
        id: "keras-h5", kind: .weights, runsCode: true, magic: { isHDF5($0) && $0.hasEnding(".h5", ".keras") },
        name: { $0.hasEnding(".h5") && !$0.isText }, read: read)
    static let plain = ArtefactFormat(
        id: "hdf5", kind: .weights, magic: isHDF5, name: { $0.hasEnding(".hdf5", ".hdf") && !$0.isText }, read: read)

    private static func isHDF5(_ head: FileHead) -> Bool { head.starts(with: HDF5File.signature) }

    static let objectLimit = 500_000
    static let depthLimit = 64

    static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var walk = HDF5Walk(file: try HDF5File(input.bytes), input: input)
        if let announced = walk.file.announcedEnd, let size = input.bytes.knownByteCount, announced > size {
            facts.spoil(
                .truncated, "the superblock announces \(announced) bytes, the file has \(size)", at: size)
        }
        facts.note("superblock", walk.file.superblock)
        try walk.run(&facts)
        if facts.tensors == nil { facts.tensors = 0 }
        facts.format = walk.isKeras ? "keras-h5" : "hdf5"
    }
}

/// Visits every object of a file once.
private struct HDF5Walk {
    var file: HDF5File
    let input: ArtefactInput
    private(set) var isKeras = false

    init(file: HDF5File, input: ArtefactInput) {
        self.file = file
        self.input = input
    }

    mutating func run(_ facts: inout ArtefactFacts) throws(ArtefactStop) {
        guard let root = file.root else { throw .malformed(.badOffsets, "no address of a root", at: 0) }
        var seen: Set<FileNumber> = []
        var pending: [(address: FileNumber, path: String, depth: Int)] = [(root, "", 0)]
        var objects = 0
        while let object = pending.popLast() {
            guard seen.insert(object.address).inserted else { continue }
            objects += 1
            guard objects <= HDF5Formats.objectLimit else {
                throw .notInspected("more than \(HDF5Formats.objectLimit) objects")
            }
            let messages: [HDF5File.Message]
            do throws(ArtefactStop) {
                messages = try file.messages(at: object.address)
            } catch {
                guard case .malformed(let finding) = error, !object.path.isEmpty else { throw error }
                facts.spoil(finding.id, "\(object.path): \(finding.detail)", at: finding.offset)
                continue
            }
            if object.depth == 0 {
                attributes(messages, object.path, &facts)
            } else if object.depth == 1 {
                groupAttributes(messages, &facts)
            }
            if let links = try file.links(messages) {
                guard object.depth < HDF5Formats.depthLimit else {
                    facts.spoil(.nestingDepth, "groups deeper than \(HDF5Formats.depthLimit)")
                    continue
                }
                for link in links { follow(link, object, &pending, &facts) }
            } else {
                try dataset(messages, object.path, &facts)
            }
        }
    }

    private mutating func follow(
        _ link: HDF5File.Link, _ object: (address: FileNumber, path: String, depth: Int),
        _ pending: inout [(address: FileNumber, path: String, depth: Int)], _ facts: inout ArtefactFacts
    ) {
        switch link {
        case .hard(let name, let address):
            let path =
                object.path.isEmpty ? name : object.path.utf8.count > 2000 ? object.path : object.path + "/" + name
            if object.depth == 0,
                ["model_weights", "_layer_checkpoint_dependencies", "optimizer_weights"].contains(name)
            {
                isKeras = true
            }
            guard let address else { return facts.spoil(.badOffsets, "\(path): a link to no address") }
            pending.append((address, path, object.depth + 1))
        case .soft(let name, let path):
            if path.utf8.count > 4096 {
                facts.find(.stringLength, .low, "link \(name) to a path of \(path.utf8.count) bytes")
            }
        case .external(let name, let other, let path):
            facts.find(.externalLink, .high, "\(name) is in another file: \(other), \(path); not followed")
        }
    }

    private mutating func dataset(_ messages: [HDF5File.Message], _ path: String, _ facts: inout ArtefactFacts)
        throws(ArtefactStop)
    {
        guard let space = messages.first(where: { $0.type == 1 }),
            let type = messages.first(where: { $0.type == 3 && $0.flags & 2 == 0 })
        else { return }
        let shape = try file.shape(space.body)
        let parsed = try HDF5Type(type.body)
        let count = FileNumber(productOf: shape)
        facts.count(elements: count, type: parsed.name)
        // Keras 3 names its weights so.
        if path.hasPrefix("layers/"), path.utf8.count < 1000, path.split(separator: "/").contains("vars") {
            isKeras = true
        }
        for message in messages {
            if message.type == 7 {
                facts.find(.externalStorage, .high, "the data of \(path) is in another file; not followed")
            }
            if message.type == 8 { try layout(message.body, count, parsed, path, &facts) }
        }
    }

    /// Where the data is: inside the file, as the layout says.
    private mutating func layout(
        _ body: [UInt8], _ count: FileNumber?, _ type: HDF5Type, _ path: String, _ facts: inout ArtefactFacts
    ) throws(ArtefactStop) {
        var fields = HDF5Fields(body)
        let version = try fields.uint8()
        guard version >= 3, version <= 5 else { return }
        let kind = try fields.uint8()
        if kind == 3 {
            facts.find(.externalStorage, .medium, "\(path) is put together from parts of other data sets or files")
        }
        guard kind == 1 else { return }
        guard let address = try fields.address(file.offsetSize) else { return }
        let size = try fields.number(file.lengthSize)
        let end = address.adding(size)?.adding(file.base)
        if let known = input.bytes.knownByteCount, end.map({ $0 > known }) ?? true {
            facts.spoil(
                .truncated,
                "the data of \(path) goes to \(Wording(end?.description ?? "where no file does")), the file has \(known) bytes",
                at: address.value)
        }
        if let count {
            let wanted = count.multiplied(by: type.size)
            if wanted != size {
                facts.find(
                    .shapeSizeMismatch, .medium,
                    "\(path): shape and type want \(Wording(wanted?.description ?? "more than 2^63")) bytes, \(size) are given"
                )
            }
        }
    }

    /// Attributes of the root: Keras keeps the whole configuration there.
    private mutating func attributes(_ messages: [HDF5File.Message], _ path: String, _ facts: inout ArtefactFacts) {
        for attribute in listed(messages, &facts).prefix(200) {
            guard let text = file.text(attribute) else { continue }
            if ["keras_version", "model_config", "backend", "layer_names"].contains(attribute.name) { isKeras = true }
            if attribute.name == "model_config" || attribute.name == "training_config" {
                KerasConfig.inspect(Array(text.utf8), into: &facts)
            }
            facts.note(attribute.name, text)
        }
    }

    /// The attributes of an object; what keeps them from being read is said, since a model's configuration stands there.
    private mutating func listed(_ messages: [HDF5File.Message], _ facts: inout ArtefactFacts) -> [HDF5File.Attribute] {
        var out: [HDF5File.Attribute] = []
        ArtefactReader.guarded(&facts) { _ throws(ArtefactStop) in out = try file.attributes(messages) }
        return out
    }

    /// `keras_version` and `backend` stand at `model_weights` too.
    private mutating func groupAttributes(_ messages: [HDF5File.Message], _ facts: inout ArtefactFacts) {
        for attribute in listed(messages, &facts).prefix(50)
        where ["keras_version", "backend"].contains(attribute.name) {
            isKeras = true
            if facts.metadata[attribute.name] == nil, let text = file.text(attribute) {
                facts.note(attribute.name, text)
            }
        }
    }
}
