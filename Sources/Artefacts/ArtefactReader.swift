import Unpacking

/// Chooses the reader for a file: by its first bytes, then by its name.
public enum ArtefactReader {
    /// Bytes that recognition looks at.
    public static let headSize = 512

    /// Facts about an artefact, `nil` when the file is none.
    ///
    /// - Parameter head: the first `headSize` bytes.
    public static func read(_ content: EntryContent, entry: Entry, head: UnsafeRawBufferPointer, limits: Limits) throws(ReadError) -> ArtefactFacts? {
        if let pointer = LFSPointer.read(head, size: entry.size) { return pointer }
        let format = FormatRecognition.format(head, path: entry.path)
        switch format {
        case "safetensors": return try Safetensors.read(content, fileSize: entry.size, limits: limits)
        case "gguf": return try GGUF.read(content, fileSize: entry.size, limits: limits)
        case nil: return nil
        case let format?:
            var facts = ArtefactFacts(format: format, status: entry.size == 0 ? .malformed : .unsupported)
            if entry.size == 0 { facts.findings.append(Finding("empty-file", .medium, "no bytes")) }
            if FormatRecognition.canRunCode.contains(format) {
                facts.findings.append(Finding("pickle-present", .info, "the usual library can run code of this file when it loads it; not inspected"))
            }
            return facts
        }
    }
}
