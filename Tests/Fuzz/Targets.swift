// What libFuzzer calls; the reader is chosen by FUZZ_TARGET. Compiled with the sources of the readers as one module.
#if canImport(Glibc)
    import Glibc
#endif

private let target = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? "safetensors"

/// What is the same for every input: it is looked up and allocated once.
private let chosen = format(target)
private let path = names[target] ?? "m.\(target)"
private let defaults = Limits()
private nonisolated(unsafe) let buffer = PrefixBuffer(capacity: 64 << 10)

/// Names under which formats are told where the bytes do not.
private let names: [String: String] = [
    "tf-checkpoint": "variables.index", "tf-saved-model": "saved_model.pb", "paddle": "m.pdmodel",
    "paddle-parameters": "m.pdiparams", "paddle-pickle": "m.pdparams", "mxnet-symbol": "m-symbol.json",
    "sentencepiece": "spiece.model", "hf-tokenizer": "tokenizer.json", "openvino-ir": "m.xml",
    "keras-metadata": "keras_metadata.pb", "nemo": "m.nemo", "torch-tar": "m.pth.tar", "csv": "m.csv",
    "thinc-msgpack": "model", "signature": "model.sig", "ort": "m.ort",
]

private func format(_ target: String) -> ArtefactFormat? {
    switch target {
    case "paddle-parameters": Paddle.program
    case "paddle-pickle": Paddle.parameters
    case "mxnet-symbol": MXNet.symbol
    case "torch-archive": ZipArtefact.torch
    case "ncnn": NCNN.param
    case "keras-metadata": SavedModel.format
    default: FormatRecognition.byID[FormatID(target)]
    }
}

/// Looking for streams in damaged files costs more than reading them, and is a target of its own.
private let limits: Limits = {
    var limits = Limits()
    limits.searchedBytes = 0
    return limits
}()

private func run(_ bytes: [UInt8]) {
    let source = MemoryBytes(bytes)
    let content = EntryContent(source, buffer: buffer)
    switch target {
    case "safetensors", "gguf": _ = try? chosen?.readHeader?(content, bytes.count, defaults)
    case "tar": _ = try? TarDirectory(source)
    case "zip-directory":
        guard let directory = try? ZipDirectory(source, path: "") else { break }
        _ = directory.overlaps()
        for member in directory.members.prefix(4) {
            _ = try? directory.open(member, finding: { _ in }).randomAccess(
                size: member.size, path: "", limits: defaults
            ).bytes(at: 0, count: 64)
        }
    case "front-matter": _ = FrontMatter.read(String(decoding: bytes, as: UTF8.self).lines(limit: 1000))
    case "card-form":
        let text = String(decoding: bytes, as: UTF8.self)
        let lines = text.lines(limit: 1000)
        _ = CardForm.findings(text, lines, FrontMatter.read(lines))
    case "kitfile": metadata(bytes, "Kitfile", .kitfile)
    case "croissant": metadata(bytes, "croissant.json", .croissant)
    case "data-package": metadata(bytes, "datapackage.json", .dataPackage)
    case "kaggle": metadata(bytes, "dataset-metadata.json", .kaggle)
    case "model-pack": metadata(bytes, StoreNames.layersConfig, .modelPack)
    case "reuse":
        for path in ["REUSE.toml", "LICENSES/x.license", ".reuse/dep5"] {
            _ = AnnotationReader.read(String(decoding: bytes, as: UTF8.self), path: path, licences: NoLicences())
        }
    case "config-form": _ = bytes.withUnsafeBytes { ConfigForm.findings($0, path: "config.json") }
    case "templates": _ = bytes.withUnsafeBytes { LoaderConfig.findings($0, path: "x.json") }
    case "encoded-pickle": _ = bytes.withUnsafeBytes { EncodedPickle.findings($0, limits: defaults) }
    case "pointer": _ = bytes.withUnsafeBytes { LFSPointer.read($0, size: bytes.count) }
    case "manifest": stores.read(bytes)
    case "skeleton": _ = SkeletonManifest.read(content, limits: defaults)
    case "partial": partial(bytes)
    case "json": _ = bytes.withUnsafeBytes { try? JSONValue.parse($0) }
    case "index": _ = bytes.withUnsafeBytes { ShardIndex.read($0) }
    case "pickle":
        // The machine and its findings alone; looking for streams in other bytes is a target of its own.
        var facts = ArtefactFacts(format: FormatID(target), status: .ok)
        _ = PickleScan.scan(ByteCursor(source, window: 4096), context: .torch, facts: &facts, limits: defaults)
    case "pickle-search":
        var facts = ArtefactFacts(format: FormatID(target), status: .ok)
        _ = try? PickleSearch.search(
            ArtefactInput(bytes: source, path: "m.bin", size: bytes.count, limits: defaults), from: 0,
            context: .general, facts: &facts, what: "")
    case "webdataset": _ = try? WebDataset.read(source)
    case "any":
        _ = bytes.prefix(ArtefactReader.headSize).withUnsafeBytes { head in
            try? ArtefactReader.read(
                content, entry: Entry(path: "m.bin", kind: .file, size: bytes.count), head: head, limits: defaults)
        }
    default:
        guard let read = chosen?.read else {
            "no reader is called \(target); seeds.py --list has the targets\n".withCString {
                _ = write(2, $0, strlen($0))
            }
            exit(2)
        }
        var facts = ArtefactFacts(format: FormatID(target), status: .ok)
        let input = ArtefactInput(
            bytes: source, path: path, size: bytes.count, limits: limits)
        ArtefactReader.guarded(&facts) { facts throws(ArtefactStop) in try read(&facts, input) }
    }
    withExtendedLifetime(content) {}
}

/// Any file of which two ranges are here, by the first four bytes of the input.
private func partial(_ bytes: [UInt8]) {
    guard bytes.count > 4 else { return }
    let file = Array(bytes[4...])
    let places = bytes[..<4].map { Int($0) * file.count / 255 }.sorted()
    let seen = PartialBytes(
        MemoryBytes(file), seen: [0..<places[0], places[1]..<places[2], places[3]..<file.count], path: "m.bin")
    guard let head = try? seen.bytes(at: 0, count: min(places[0], ArtefactReader.headSize)) else { return }
    _ = head.withUnsafeBytes { head in
        try? ArtefactReader.read(
            EntryContent(seen, buffer: buffer), entry: Entry(path: "m.bin", kind: .file, size: file.count), head: head,
            limits: limits)
    }
}

private func metadata(_ bytes: [UInt8], _ path: String, _ format: PackageMetadata.Format) {
    let text = String(decoding: bytes, as: UTF8.self)
    _ = PackageMetadata.read(text, path: path, format: format, licences: NoLicences())
    _ = PackageMetadata.data(text, path: path, format: format)
    _ = bytes.withUnsafeBytes { PackageMetadata.format($0, path: path) }
}

/// Licences are looked up elsewhere, and have tests of their own.
private struct NoLicences: LicenceCatalogue {
    var digest: String { "" }
    var records: [LicenceRecord] { [] }
    func record(_ id: LicenceID) -> LicenceRecord? { nil }
    func value(_ raw: String) -> LicenceValue { LicenceValue(raw: raw, ids: [], expression: nil, isFamily: false) }
}

private nonisolated(unsafe) let stores = StoreFolder()

/// A store in memory, of which each input is the index, a manifest and the config of one.
private final class StoreFolder {
    private let path = "/dev/shm/openscan-fuzz-\(getpid())"
    private static let digest = String(repeating: "a", count: 64)

    init() {
        for folder in ["", "/blobs", "/blobs/sha256"] { mkdir(path + folder, 0o700) }
        write([], to: "/oci-layout")
    }

    private func write(_ bytes: [UInt8], to name: String) {
        guard let file = fopen(path + name, "wb") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    func read(_ bytes: [UInt8]) {
        write(bytes, to: "/index.json")
        write(bytes, to: "/models.json")
        write(bytes, to: "/blobs/sha256/" + Self.digest)
        guard let location = ManifestStore.location(at: path, isFolder: true),
            var walker = try? DirectoryWalker(location, budget: ScanBudget(defaults))
        else { return }
        try? walker.run()
    }
}

/// What libFuzzer calls with every input; it wants 0 back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    run([UInt8](UnsafeBufferPointer(start: data, count: count)))
    return 0
}
