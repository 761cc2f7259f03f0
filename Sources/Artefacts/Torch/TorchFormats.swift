import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Checkpoints of torch before its zip format (torch/serialization.py `_legacy_save`, `_legacy_load`): four pickles, storages by name, raw data.
enum TorchFormats {
    static let legacy = ArtefactFormat(
        id: "torch-legacy", kind: .weights, runsCode: true, isPickle: true, magic: { isLegacy($0.bytes) },
        name: {
            !$0.isText
                && ($0.hasEnding(".pt", ".pth", ".ckpt", ".pth.tar", ".th")
                    || $0.hasEnding(".bin") && isModelBinName($0.name))
        },
        read: readLegacy)
    /// The tar of 2016 and NeMo's package, told by their members.
    static let tar = ArtefactFormat(
        id: "torch-tar", kind: .weights, runsCode: true, isPickle: true,
        magic: { $0.starts(with: "ustar", at: 257) && $0.hasEnding(".pt", ".pth", ".t7", ".th", ".ckpt", ".pth.tar") },
        read: TarArtefact.read)
    static let nemo = ArtefactFormat(
        id: "nemo", kind: .weights, runsCode: true, isPickle: true,
        magic: {
            ($0.starts(with: "ustar", at: 257) || Compression.detect($0.bytes) == .gzip) && $0.hasEnding(".nemo")
        }, name: { $0.hasEnding(".nemo") }, read: TarArtefact.read)

    /// The magic number as torch writes it with protocol 2: LONG1 of ten bytes.
    static func isLegacy(_ head: UnsafeRawBufferPointer) -> Bool {
        head.count > 14 && head[0] == 0x80 && head[2] == 0x8A && head[3] == 0x0A && head[4] == 0x6C && head[5] == 0xFC
            && head[6] == 0x9C && head[7] == 0x46
    }

    private static func isModelBinName(_ name: String) -> Bool {
        [
            "pytorch_model", "adapter_model", "model", "diffusion_pytorch", "weights", "consolidated", "training_args",
            "optimizer", "scheduler", "rng_state",
        ].contains(where: name.hasPrefix)
    }

    private static func readLegacy(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let head = try input.piece(at: 0, count: 64)
        guard head.withUnsafeBytes({ isLegacy($0) }) else {
            if ZipArtefact.isBehindOtherBytes(input) {
                facts.format = "torch-zip"
                return try ZipArtefact.read(&facts, input)
            }
            // Named like a checkpoint, and none: whatever stream is in it is looked for.
            if try !PickleSearch.search(
                input, from: 0, context: .torch, facts: &facts, what: "in a file that is no checkpoint")
                || facts.tensors == nil
            {
                facts.status = .malformed
                if head.isEmpty {
                    facts.find(.emptyFile, .medium, "no bytes")
                } else {
                    facts.find(.badHeader, .medium, "neither a zip nor a pickle, as checkpoints are", at: 0)
                }
            }
            return
        }
        let cursor = input.cursor()
        var storages: [String: Int] = [:]
        // Magic number, protocol version, system, object, keys of storages.
        for part in 0..<5 {
            let (machine, end, danger) = PickleScan.run(cursor, context: .torch, facts: &facts, limits: input.limits)
            if case .broken(let finding) = end {
                facts.find(
                    Finding(
                        finding.id, danger.isNamed || finding.id == .unseen ? .medium : .high,
                        "stream \(part + 1): \(finding.detail)", offset: finding.offset))
                facts.status = PickleScan.status(brokenBy: finding)
                return
            }
            if part == 3 {
                machine.arrays.count(into: &facts)
                if facts.tensors == nil { facts.tensors = 0 }
                facts.note("pickle.protocol", machine.protocolVersion)
                storages = machine.arrays.storages
            }
        }
        // Each storage: its number of elements, then its bytes.
        guard cursor.isEndKnown else { return }
        let needed = storages.values.reduce(FileNumber?.some(.zero)) { sum, size in sum?.adding(max(0, size)) }
        let headers = FileNumber(count: storages.count).multiplied(by: 8)
        guard let needed, let end = headers?.adding(needed)?.adding(cursor.offset), end <= cursor.end else {
            let words: Wording = Wording(needed?.description ?? "more than 2^63")
            return facts.spoil(
                .truncated, "storages of \(words) bytes are announced, \(cursor.remaining) bytes follow",
                at: cursor.offset)
        }
        if end < cursor.end, storages.count < PickleArrays.storageLimit {
            try cursor.seek(to: end)
            facts.find(
                .trailingData, .low, "\(cursor.remaining) bytes after the last storage", at: cursor.offset)
            try PickleSearch.search(
                input, from: cursor.offset, context: .torch, facts: &facts, what: "after the last storage")
        }
    }
}

/// Models packed as tar: torch of 2016 (`sys_info`, `pickle`, `storages`, `tensors`) and NeMo (a config and a checkpoint).
enum TarArtefact {
    static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        var bytes = input.bytes
        let head = try input.piece(at: 0, count: 512)
        if head.starts(with: [0x50, 0x4B, 3, 4]) { return try ZipArtefact.read(&facts, input) }
        if let compression = head.withUnsafeBytes({ Compression.detect($0) }) {
            do throws(ReadError) {
                bytes = StreamBytes(
                    try compression.expand(input.bytes, path: input.path, limits: input.limits), size: nil,
                    path: input.path)
            } catch { throw .unreadable(error) }
        }
        let directory: TarDirectory
        do throws(ReadError) { directory = try TarDirectory(bytes, memberLimit: 10_000) } catch {
            throw .unreadable(error)
        }
        for finding in directory.findings { facts.find(finding) }
        if directory.members.isEmpty, ZipArtefact.isBehindOtherBytes(input) {
            return try ZipArtefact.read(&facts, input)
        }
        if directory.members.isEmpty { return facts.spoil(.badHeader, "not a tar of a model", at: 0) }
        for member in directory.members where member.isFile {
            let name = String(decoding: member.name, as: UTF8.self)
            if name.hasPrefix("/") || name.split(separator: "/").contains("..") {
                facts.find(.pathTraversal, .high, "member \(name) leads out of the folder it is unpacked in")
            }
            let inner = input.member(
                WindowBytes(bytes, start: member.dataStart.value, count: member.size.value), name: name,
                size: member.size.value)
            switch Entry.name(of: name) {
            case "sys_info", "pickle", "storages", "tensors": try torchPart(inner, name, &facts)
            case "model_config.yaml": config(inner, &facts)
            default:
                let start = try inner.piece(at: 0, count: ArtefactReader.headSize)
                guard inner.depth < ArtefactInput.deepest,
                    let part = try start.withUnsafeBytesThrowing({ start throws(ArtefactStop) in
                        try ArtefactReader.facts(inner, head: start)
                    })
                else { continue }
                facts.include(part, member: name)
            }
        }
        if facts.status == .ok, directory.findings.contains(where: { $0.severity == .high }) {
            facts.status = .malformed
        }
    }

    private static func torchPart(_ inner: ArtefactInput, _ name: String, _ facts: inout ArtefactFacts)
        throws(ArtefactStop)
    {
        let cursor = inner.cursor()
        guard name.hasSuffix("tensors") else {
            _ = PickleScan.run(cursor, context: .torch, facts: &facts, place: "\(name): ", limits: inner.limits)
            return
        }
        let (first, end, _) = PickleScan.run(
            cursor, context: .torch, facts: &facts, place: "\(name): ", limits: inner.limits)
        guard case .stopped = end, let count = first.lastNumber, count >= 0,
            count <= (inner.bytes.knownByteCount ?? .max) / 8
        else {
            return facts.spoil(.badHeader, "the number of tensors is not well formed", at: 0)
        }
        for _ in 0..<count {
            let (description, end, _) = PickleScan.run(
                cursor, context: .torch, facts: &facts, place: "\(name): ", limits: inner.limits)
            guard case .stopped = end else {
                return facts.spoil(.truncated, "the list of tensors breaks off", at: cursor.offset)
            }
            let dimensions = try cursor.number(Int32.self)
            guard dimensions <= 64 else {
                throw .malformed(.badDims, "\(dimensions) dimensions", at: cursor.offset)
            }
            try cursor.skip(4)
            var shape: [Int] = []
            for _ in dimensions.indices() { shape.append(try cursor.number(UInt64.self).value) }
            try cursor.skip(try dimensions * 8 + 8)
            let type = description.globals.last.flatMap {
                TorchType(storage: $0.name.replacingSuffix("Tensor", by: "Storage"))
            }
            facts.count(shape: shape, type: type?.name ?? "unknown")
        }
    }

    private static func config(_ inner: ArtefactInput, _ facts: inout ArtefactFacts) {
        guard let bytes = try? inner.piece(at: 0, count: 256 << 10) else { return }
        for line in String(decoding: bytes, as: UTF8.self).lines(limit: 5000) {
            for key in ["target:", "nemo_version:", "license:", "name:"]
            where line.hasPrefix(key) && facts.metadata["nemo." + key.dropLast()] == nil {
                facts.note("nemo." + key.dropLast(), String(line.dropFirst(key.count)).trimmed)
            }
        }
    }
}

extension String {
    func replacingSuffix(_ suffix: String, by other: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) + other : self
    }
}
