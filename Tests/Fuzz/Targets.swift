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
]

private func format(_ target: String) -> ArtefactFormat? {
    switch target {
    case "paddle-parameters": Paddle.program
    case "paddle-pickle": Paddle.parameters
    case "mxnet-symbol": MXNet.symbol
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

/// What libFuzzer calls with every input; it wants 0 back.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzz(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
    run([UInt8](UnsafeBufferPointer(start: data, count: count)))
    return 0
}
