import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Artefacts that are zips: which one it is says what lies in it, not its name.
enum ZipArtefact {
    static let torch = ArtefactFormat(
        id: "torch-zip", kind: .weights, runsCode: true, isPickle: true,
        magic: { $0.starts(with: "PK\u{3}\u{4}") && $0.isZippedModel }, read: read)
    static let torchScript = ArtefactFormat(id: "torchscript", kind: .weights, runsCode: true, isReadElsewhere: true)
    /// A program of `torch.export`: tensors as they lie and JSON; what in it is a pickle is found by itself.
    static let torchExport = ArtefactFormat(id: "torch-export", kind: .weights, isReadElsewhere: true)
    /// A package of TorchServe (pytorch/serve, model-archiver): weights, and a handler that is run.
    static let archive = ArtefactFormat(id: "torch-archive", kind: .weights, runsCode: true, isReadElsewhere: true)
    /// Models of scikit-learn without pickles (skops, io/_general.py): a tree of objects as JSON, arrays beside it.
    static let skops = ArtefactFormat(id: "skops", kind: .weights, name: { $0.hasEnding(".skops") }, read: read)
    static let keras = ArtefactFormat(
        id: "keras-zip", kind: .weights, runsCode: true,
        magic: { $0.starts(with: "PK\u{3}\u{4}") && $0.hasEnding(".keras") },
        // A zip is found by its end: loaders take one with bytes in front.
        name: { $0.hasEnding(".keras") }, read: read)
    static let npz = ArtefactFormat(
        id: "npz", kind: .weights, magic: { $0.starts(with: "PK\u{3}\u{4}") && $0.hasEnding(".npz") },
        name: { $0.hasEnding(".npz") }, read: read)
    /// Any other zip that no archive walker opens.
    static let other = ArtefactFormat(
        id: "zip", kind: .other,
        magic: {
            $0.starts(with: "PK\u{3}\u{4}") && !$0.hasEnding(".docx", ".xlsx", ".pptx", ".odt", ".jar", ".apk", ".epub")
        }, read: read)

    static let memberLimit = 20_000
    /// Members behind the limit that are looked at because loaders find them by name.
    static let lateLimit = 5000
    /// Bytes of a stream that may be read for its end.
    private static let keptStream = 64 << 20
    private static let checksumLimit = 64 << 20

    static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        guard input.depth < ArtefactInput.deepest else { throw .notInspected("a zip inside \(input.depth) containers") }
        let directory: ZipDirectory
        do throws(ReadError) {
            directory = try ZipDirectory(input.bytes, path: input.path)
        } catch {
            if case .limit = error {
                throw .notInspected("the directory stands at the end of a stream that is too long to keep")
            }
            if error.isUnseen { throw .unreadable(error) }
            facts.spoil(.truncated, error.words)
            // What a loader cannot open may still hold a stream that another one would find.
            try PickleSearch.search(
                input, from: 0, context: .torch, facts: &facts, what: "in a zip without a directory")
            return
        }
        let contents = ZipContents(directory)
        for finding in directory.findings + directory.overlaps() + contents.findings { facts.find(finding) }
        if facts.findings.contains(where: { $0.id == .zipAnomaly && $0.severity == .high }) {
            facts.status = .malformed
        }
        contents.kind.map { facts.format = FormatID($0) }
        var reader = ZipMembers(input: input, directory: directory, contents: contents)
        try reader.run(&facts)
        if directory.isAmbiguous {
            try PickleSearch.search(
                input, from: 0, context: .torch, facts: &facts, what: "in a zip whose end records disagree")
        }
        if directory.base > 0 {
            facts.find(.zipAnomaly, .low, "\(directory.base) bytes stand before the zip", at: 0)
            try PickleSearch.search(
                ArtefactInput(
                    bytes: WindowBytes(input.bytes, start: 0, count: directory.base.value), path: input.path,
                    size: directory.base.value, limits: input.limits, depth: input.depth), from: 0, context: .torch,
                facts: &facts, what: "before the zip")
        }
        if facts.findings.contains(where: { $0.id == .trailingData }),
            let place = facts.findings.first(where: { $0.id == .trailingData })?.offset
        {
            try PickleSearch.search(input, from: place, context: .torch, facts: &facts, what: "after the zip")
        }
    }

    /// Whether a zip stands in a file that does not begin as one.
    static func isBehindOtherBytes(_ input: ArtefactInput) -> Bool {
        guard !(input.bytes is StreamBytes) || input.bytes.knownByteCount ?? .max <= keptStream,
            let directory = try? ZipDirectory(input.bytes, path: input.path)
        else { return false }
        return !directory.members.isEmpty || directory.isAmbiguous
    }

    static func checksumFits(_ bytes: any RandomAccessBytes, _ member: ZipDirectory.Member) -> Bool {
        guard member.expandedSize <= checksumLimit, let sum = try? Checksum.crc32(bytes) else { return true }
        return sum == member.checksum
    }
}

extension FileHead {
    /// Endings under which zips are models; a plain `.zip` is opened as a package.
    var isZippedModel: Bool {
        hasEnding(
            ".pt", ".pth", ".bin", ".ckpt", ".pkl", ".pickle", ".ptl", ".torchscript", ".jit", ".model", ".tar", ".pt2",
            ".ptc", ".mar", ".th", ".weights", ".pdparams", ".distcp", ".joblib", ".dat", ".data", ".skops")
    }
}

/// What the names of a zip's members tell.
struct ZipContents {
    /// Format id, `nil` when the names are those of no model.
    let kind: String?
    /// Folder of `data.pkl` with its slash, where torch looks for everything else.
    let torchRoot: String?
    /// Members that are looked at, in the order of the directory.
    let members: [ZipDirectory.Member]
    /// Their names as text.
    let names: [String]
    let findings: [Finding]

    init(_ directory: ZipDirectory) {
        var findings: [Finding] = []
        var members = Array(directory.members.prefix(ZipArtefact.memberLimit))
        var seen = SeenKeys(capacity: directory.members.count)
        var missed = 0
        var root: [UInt8]?
        for (index, member) in directory.members.enumerated() {
            if !seen.insert(member.name.withUnsafeBytes { SeenKeys.hash($0) }), findings.count < 10 {
                let name = String(decoding: member.name, as: UTF8.self)
                findings.append(
                    Finding(.duplicateKey, .high, "the zip holds \(name) twice; readers disagree on which counts"))
            }
            if Self.isTorchPickle(member.name), member.name.count < root?.count ?? .max { root = member.name }
            guard index >= ZipArtefact.memberLimit, Self.isFoundByName(member.name) else { continue }
            if members.count < ZipArtefact.memberLimit + ZipArtefact.lateLimit || member.name == root {
                members.append(member)
            } else {
                missed += 1
            }
        }
        self.members = members
        names = members.map { String(decoding: $0.name, as: UTF8.self) }
        for name in names {
            if name.hasPrefix("/") || name.hasPrefix("\\")
                || name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).contains(".."), findings.count < 20
            {
                findings.append(
                    Finding(.pathTraversal, .high, "member \(name) leads out of the folder it is unpacked in"))
            }
        }
        if directory.members.count > ZipArtefact.memberLimit {
            findings.append(
                Finding(
                    .manyEntries, .medium,
                    "more than \(ZipArtefact.memberLimit) members; of the rest only what loaders find by name is looked at"
                ))
        }
        if missed > 0 {
            findings.append(
                Finding(
                    .manyEntries, .high,
                    "\(missed) more members that loaders find by name stand behind so many others; not looked at"))
        }
        self.findings = findings
        torchRoot = root.map { String(decoding: $0.dropLast("data.pkl".utf8.count), as: UTF8.self) }
        if let torchRoot {
            kind =
                names.contains { $0 == torchRoot + "constants.pkl" || $0.hasPrefix(torchRoot + "code/") }
                ? "torchscript" : "torch-zip"
        } else if names.contains("MAR-INF/MANIFEST.json") {
            kind = "torch-archive"
        } else if names.contains("config.json"),
            names.contains("metadata.json") || names.contains(where: { $0.hasSuffix(".weights.h5") })
        {
            kind = "keras-zip"
        } else if names.contains("schema.json"),
            names.allSatisfy({
                $0 == "schema.json" || $0.hasSuffix(".npy") || $0.hasSuffix(".npz") || !$0.contains(".")
            })
        {
            kind = "skops"
        } else if !names.isEmpty, names.allSatisfy({ $0.hasSuffix(".npy") }) {
            kind = "npz"
        } else if names.contains(where: {
            $0.hasSuffix("/archive_format") || $0 == "archive_format"
                || $0.hasSuffix("/models/model.json")
        }) {
            kind = "torch-export"
        } else {
            kind = nil
        }
    }
}

extension ZipContents {
    private static let endings = [".pkl", ".pickle", ".joblib", ".npy", ".h5"].map { Array($0.utf8) }
    private static let torchPickle = Array("data.pkl".utf8)
    private static let configs = ["config.json", "metadata.json"].map { Array($0.utf8) }

    /// Whether a loader asks for a member by this name or ending, wherever in the zip it stands.
    fileprivate static func isFoundByName(_ name: [UInt8]) -> Bool {
        let tail = name.suffix(16).map { $0 >= UInt8(ascii: "A") && $0 <= UInt8(ascii: "Z") ? $0 | 0x20 : $0 }
        return endings.contains { tail.suffix($0.count).elementsEqual($0) } || configs.contains(name)
    }

    /// `data.pkl` in any folder.
    fileprivate static func isTorchPickle(_ name: [UInt8]) -> Bool {
        name.suffix(torchPickle.count).elementsEqual(torchPickle)
            && (name.count == torchPickle.count || name.dropLast(torchPickle.count).last == UInt8(ascii: "/"))
    }
}

/// Goes through the members of one zip.
private struct ZipMembers {
    let input: ArtefactInput
    let directory: ZipDirectory
    let contents: ZipContents
    private var storages: [String: Int] = [:]
    private var sizes: [String: FileNumber] = [:]
    private var opened = 0
    /// Members of which not even the beginning is here.
    private var unseen = 0

    init(input: ArtefactInput, directory: ZipDirectory, contents: ZipContents) {
        self.input = input
        self.directory = directory
        self.contents = contents
    }

    mutating func run(_ facts: inout ArtefactFacts) throws(ArtefactStop) {
        for (member, name) in zip(contents.members, contents.names) where !member.isDirectory {
            try visit(member, name, &facts)
        }
        if unseen > 0 {
            facts.find(.unseen, .info, "\(unseen) members were not fetched; they are known by the directory alone")
        }
        guard let root = contents.torchRoot, !storages.isEmpty else { return }
        // Storages behind the limit are there as well.
        let start = Array(root.utf8)
        for member in directory.members where !member.isDirectory && member.name.starts(with: start) {
            sizes[String(decoding: member.name, as: UTF8.self)] = member.expandedSize
        }
        var missing = 0
        for (key, bytes) in storages.sorted(by: { $0.key < $1.key }) {
            let size = sizes[root + "data/" + key] ?? sizes[root + "tensors/" + key] ?? sizes[root + "constants/" + key]
            if let size, size >= bytes { continue }
            missing += 1
            if missing <= 5 {
                facts.spoil(
                    size == nil ? .missingShard : .truncated,
                    size.map { "storage \(key) has \($0) bytes of \(bytes)" }
                        ?? "storage \(key) of \(bytes) bytes is not in the zip")
            }
        }
        if missing > 5 { facts.find(.truncated, .high, "and \(missing - 5) more storages are missing or short") }
    }

    private mutating func visit(_ member: ZipDirectory.Member, _ name: String, _ facts: inout ArtefactFacts)
        throws(ArtefactStop)
    {
        if member.isEncrypted {
            facts.find(.zipAnomaly, .medium, "\(name) is marked as encrypted, which readers of models do not look at")
        }
        if member.expandedSize > 64 << 20, member.size / max(member.compressedSize.value, 1) > input.limits.ratio {
            facts.find(
                .decompressionBomb, .high, "\(name) announces \(member.size) bytes out of \(member.compressedSize)")
        }
        var found: [Finding] = []
        let bytes: any RandomAccessBytes
        do throws(ReadError) {
            guard member.method == 0 || member.method == 8 else {
                facts.find(
                    .notInspected, .medium, "\(name) is compressed by method \(member.method), which is not read")
                return
            }
            bytes = try directory.open(member, finding: { found.append($0) }).randomAccess(
                size: member.size, path: input.path + "!/" + name, limits: input.limits)
        } catch {
            // A stream that is too long to keep is no fault of the zip in it.
            if case .limit = error { return facts.find(.notInspected, .low, "\(name): \(error.words)") }
            if error.isUnseen { return pass(member, name, &facts) }
            facts.find(.zipAnomaly, .high, "\(name): \(error.words)")
            facts.status = .malformed
            return
        }
        for finding in found {
            facts.find(Finding(finding.id, finding.severity, "\(name): \(finding.detail)", offset: finding.offset))
        }
        try inspect(bytes, member, name, &facts)
    }

    private mutating func inspect(
        _ bytes: any RandomAccessBytes, _ member: ZipDirectory.Member, _ name: String, _ facts: inout ArtefactFacts
    ) throws(ArtefactStop) {
        let inner = input.member(bytes, name: name, size: member.size)
        if let root = contents.torchRoot, name == root + "data.pkl" || name == root + "constants.pkl" {
            return try torchPickle(inner, member, name, isMain: name == root + "data.pkl", &facts)
        }
        if contents.kind == "keras-zip" || facts.format == "keras-zip",
            name == "config.json" || name == "metadata.json" || name.hasSuffix(".weights.h5")
        {
            return try KerasZip.member(inner, name: name, into: &facts)
        }
        if facts.format == "skops", name == "schema.json" { return try SkopsSchema.read(inner, into: &facts) }
        if facts.format == "torch-archive", name == "MAR-INF/MANIFEST.json" {
            return try ServeManifest.read(inner, into: &facts)
        }
        if name == "config.json", contents.kind != "keras-zip", try isKerasConfig(inner) {
            return try KerasZip.member(inner, name: name, into: &facts)
        }
        if name.hasSuffix(".npy") {
            var part = ArtefactFacts(format: "npy", status: .ok)
            ArtefactReader.guarded(&part) { part throws(ArtefactStop) in try NumPyFormats.readArray(&part, inner) }
            part.metadata = [:]
            return facts.include(part, member: name)
        }
        let head: [UInt8]
        do throws(ReadError) { head = try bytes.bytes(at: 0, count: 64) } catch {
            if error.isUnseen { return pass(member, name, &facts) }
            return facts.find(.zipAnomaly, .medium, "\(name): \(error.words)")
        }
        try head.withUnsafeBytesThrowing { head throws(ArtefactStop) in try small(inner, head, member, name, &facts) }
    }

    /// Notes a member that was not fetched: whether it holds what the directory says, nobody looked.
    private mutating func pass(_ member: ZipDirectory.Member, _ name: String, _ facts: inout ArtefactFacts) {
        guard ZipContents.isFoundByName(member.name) else {
            unseen += 1
            return
        }
        facts.find(.unseen, .medium, "\(name) was not fetched, and loaders ask for it by name")
        if facts.status == .ok { facts.status = .notInspected }
    }

    /// Whether a config says of itself that it builds a model of Keras, whatever lies beside it.
    private func isKerasConfig(_ inner: ArtefactInput) throws(ArtefactStop) -> Bool {
        let head = try inner.piece(at: 0, count: 4096)
        return head.withUnsafeBytes { $0.contains("\"class_name\"") && $0.contains("\"config\"") }
    }

    /// Members whose beginning matters: streams and archives in any place and under any name.
    private mutating func small(
        _ inner: ArtefactInput, _ head: UnsafeRawBufferPointer, _ member: ZipDirectory.Member, _ name: String,
        _ facts: inout ArtefactFacts
    ) throws(ArtefactStop) {
        let lower = name.lowercased()
        let isNamed = lower.hasSuffix("pkl") || lower.hasSuffix(".pickle") || lower.hasSuffix(".joblib")
        if isNamed || PickleStart.hasMarker(head) || PickleStart.isOldStyle(head) && !TextProbe.isText(head)
            || PickleStart.isOldStyle(head) && PickleStart.namesEnd(head, from: 1) != nil
        {
            var part = ArtefactFacts(format: "pickle", status: .ok)
            let outcome = PickleScan.scan(
                inner.cursor(), context: contents.torchRoot == nil ? .general : .torch, facts: &part,
                place: "\(name): ", limits: input.limits, depth: 1)
            guard isNamed || outcome.isConvincing || outcome.isWhole && outcome.hasGlobals else { return }
            if !isNamed {
                facts.find(.pickleDisguised, outcome.isConvincing ? .high : .medium, "\(name) is a pickle stream")
            }
            facts.find(.picklePresent, .info, "\(name) can run code when it is loaded")
            for finding in part.findings { facts.find(finding) }
            if !ZipArtefact.checksumFits(inner.bytes, member) {
                facts.find(.zipAnomaly, .medium, "the checksum of \(name) does not fit its bytes")
            }
            return
        }
        let isZip = head.starts(with: "PK\u{3}\u{4}")
        let isCompressed = Compression.detect(head).map { $0 != .zlib && $0 != .lzma } ?? false
        if isZip || isCompressed, inner.depth >= ArtefactInput.deepest {
            facts.find(.notInspected, .medium, "\(name) is an archive inside \(inner.depth) containers")
        }
        guard isZip || isCompressed, inner.depth < ArtefactInput.deepest else {
            if name.hasSuffix("/version") || name == "version" || name.hasSuffix("byteorder") {
                facts.note(String(name.split(separator: "/").last ?? "version"), head.repairedText.trimmed)
            }
            return
        }
        opened += 1
        guard opened <= 100 else {
            return facts.find(.notInspected, .high, "more than 100 archives inside; the rest is not opened")
        }
        if let part = try ArtefactReader.facts(inner, head: head) {
            // A package of weights holds what its members hold; elsewhere an archive inside is no part of the model.
            if facts.format == "torch-archive",
                part.kind == .weights || FormatRecognition.byID[part.format]?.kind == .weights
            {
                return facts.include(part, member: name)
            }
            for finding in part.findings {
                facts.find(Finding(finding.id, finding.severity, "\(name): \(finding.detail)", offset: finding.offset))
            }
        }
    }

    private mutating func torchPickle(
        _ inner: ArtefactInput, _ member: ZipDirectory.Member, _ name: String, isMain: Bool,
        _ facts: inout ArtefactFacts
    ) throws(ArtefactStop) {
        let isScript = facts.format == "torchscript"
        let cursor = inner.cursor()
        // What a stream says of itself apart from its tensors.
        var aside = ArtefactFacts(format: facts.format, status: .ok)
        let (machine, end, danger) = PickleScan.run(
            cursor, context: isScript ? .torchScript : .torch, facts: &aside, place: isMain ? "" : "\(name): ",
            limits: input.limits)
        for finding in aside.findings { facts.find(finding) }
        if isScript, !isMain { machine.arrays.countConstants(into: &facts) }
        if isMain {
            machine.arrays.count(into: &facts)
            if facts.tensors == nil { facts.tensors = 0 }
            facts.note("pickle.protocol", machine.protocolVersion)
        }
        for (key, bytes) in machine.arrays.storages where isMain { storages[key] = bytes }
        if case .broken(let finding) = end {
            facts.find(
                Finding(
                    finding.id, danger.isNamed || finding.id == .unseen ? .medium : .high,
                    "\(name): \(finding.detail)", offset: finding.offset))
            facts.status = PickleScan.status(brokenBy: finding)
        } else if let rest = try? cursor.peek(upTo: 64), !rest.isEmpty {
            facts.find(.trailingData, .medium, "\(name): bytes after the end of the stream", at: cursor.offset)
            try PickleSearch.search(inner, from: cursor.offset, context: .torch, facts: &facts, what: name)
        }
        if !ZipArtefact.checksumFits(inner.bytes, member) {
            facts.find(.zipAnomaly, .medium, "the checksum of \(name) does not fit its bytes")
        }
        if isScript, isMain {
            let files = contents.names.filter { $0.hasSuffix(".py") }
            if !files.isEmpty {
                facts.find(
                    .embeddedCode, .info, "TorchScript: \(files.count) files of code that run in its own interpreter")
            }
            for name in contents.names where name.contains("/extra/") {
                facts.note("extra", Printable.text(name, limit: 100))
            }
        }
    }
}

extension Array where Element == UInt8 {
    /// `withUnsafeBytes` that keeps the type of what its body throws.
    func withUnsafeBytesThrowing<Result>(_ body: (UnsafeRawBufferPointer) throws(ArtefactStop) -> Result)
        throws(ArtefactStop) -> Result
    {
        var failure: ArtefactStop?
        let result: Result? = withUnsafeBytes { bytes in
            do throws(ArtefactStop) { return try body(bytes) } catch {
                failure = error
                return nil
            }
        }
        if let failure { throw failure }
        guard let result else { throw .malformed(.badHeader, "nothing was read") }
        return result
    }
}
