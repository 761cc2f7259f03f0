import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// One compressed file: what is in it is read as if it stood there.
enum CompressedFile {
    static let format = ArtefactFormat(id: "gzip", kind: .other, magic: { isCompressed($0) }, read: read)

    /// zlib and bare LZMA have no magic worth the name: only where a name says that it is a model.
    private static func isCompressed(_ head: FileHead) -> Bool {
        let isNamed = isNamedCompressed(head)
        if isNamed, Compression.isZlib(head.bytes) { return true }
        guard !head.isText || head.bytes.starts(with: "BZh"), let kind = Compression.detect(head.bytes) else {
            return false
        }
        let isPackage =
            head.name.hasSuffix(".whl") || head.hasEnding(".tgz", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst")
        return !isPackage && (kind != .zlib && kind != .lzma || isNamed)
    }

    /// Names under which something compressed without a magic is loaded.
    private static func isNamedCompressed(_ head: FileHead) -> Bool {
        head.hasEnding(
            ".joblib", ".pkl", ".pickle", ".z", ".lzma", ".zlib", ".p", ".dat", ".bin", ".model", ".pt", ".pth", ".gz",
            ".dill", ".ckpt")
    }

    static func read(_ facts: inout ArtefactFacts, _ input: ArtefactInput) throws(ArtefactStop) {
        let head = try input.piece(at: 0, count: ArtefactReader.headSize)
        guard
            let compression = head.withUnsafeBytes({ Compression.detect($0) ?? (Compression.isZlib($0) ? .zlib : nil) })
        else {
            throw .malformed(.badHeader, "not compressed", at: 0)
        }
        facts.format =
            compression == .zlib || compression == .lzma || compression == .lz4
            ? "joblib" : FormatID(compression.rawValue)
        guard input.depth < ArtefactInput.deepest else {
            throw .notInspected("compressed inside \(input.depth) containers")
        }
        let stream: ExpandedStream
        do throws(ReadError) {
            stream = try compression.expand(input.bytes, path: input.path, limits: input.limits)
        } catch { throw .unreadable(error) }
        let expanded = StreamBytes(stream, size: nil, path: input.path)
        // The name without the compressor's ending tells what is inside where bytes do not.
        var name = String(Entry.name(of: input.path))
        for ending in [".gz", ".bz2", ".xz", ".zst", ".lz4", ".lzma", ".z", ".gzip", ".zlib"]
        where name.lowercased().hasSuffix(ending) { name = String(name.dropLast(ending.count)) }
        let inner = ArtefactInput(bytes: expanded, path: name, size: nil, limits: input.limits, depth: input.depth + 1)
        let start = try inner.piece(at: 0, count: ArtefactReader.headSize)
        guard
            let part = try start.withUnsafeBytesThrowing({ start throws(ArtefactStop) in
                try ArtefactReader.facts(inner, head: start)
            })
        else {
            facts.status = .unsupported
            noteCut(stream, in: &facts)
            return
        }
        facts = part
        facts.note("compression", compression.rawValue)
        if stream.isBomb { facts.spoil(.decompressionBomb, "expands out of all proportion; the rest is not read") }
        noteCut(stream, in: &facts)
    }

    /// Zeros without end behind a stream are no part of it, and reading them costs as much as data.
    private static func noteCut(_ stream: ExpandedStream, in facts: inout ArtefactFacts) {
        guard stream.wasCut else { return }
        facts.find(.trailingData, .medium, "zeros behind the stream; the rest is not read")
    }
}
