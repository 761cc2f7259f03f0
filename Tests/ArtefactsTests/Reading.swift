import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

@testable import OpenscanArtefacts

/// Facts about bytes under a name, as a scan gets them.
func readArtefact(_ bytes: any RandomAccessBytes, name: String, isStream: Bool = false) throws -> ArtefactFacts? {
    let content =
        isStream
        ? EntryContent(SequentialBytes(bytes), announcedSize: bytes.knownByteCount, buffer: PrefixBuffer())
        : EntryContent(bytes, buffer: PrefixBuffer())
    let head = Array(try content.prefix(ArtefactReader.headSize))
    return try head.withUnsafeBytes { head in
        try ArtefactReader.read(
            content, entry: Entry(path: name, kind: .file, size: bytes.knownByteCount), head: head, limits: Limits())
    }
}

func littleEndian<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
}
