import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Text that was saved under a name of weights: the answer of a server that had no file to give, a page to log in, a note.
///
/// What the text says does not matter: a format that begins with bytes no text has cannot be a text.
enum TextAsWeights {
    /// Endings of which every format is binary, or is told by its first bytes where it is a text.
    private static let binaryEndings = [
        ".safetensors", ".gguf", ".ggml", ".pt", ".pth", ".bin", ".ckpt", ".npz", ".npy", ".keras", ".h5", ".hdf5",
        ".onnx",
        ".nemo", ".ptl", ".torchscript", ".pte", ".pt2", ".tflite", ".msgpack", ".pdparams", ".engine", ".mlmodel",
        ".llamafile", ".distcp", ".litertlm", ".mar",
    ]
    /// Endings whose formats may be texts; markup is none of them.
    private static let mixedEndings = [".model", ".pkl", ".pickle", ".joblib", ".weights", ".ot", ".params"]
    private static let shownBytes = 80

    /// `nil` for everything that may be what its name says.
    static func facts(_ head: FileHead) -> ArtefactFacts? {
        guard head.isText, !head.bytes.isEmpty else { return nil }
        let markup = markup(head.trimmed)
        // Broken headers may look like text of an old encoding.
        guard markup != nil || isUnicode(head.bytes) else { return nil }
        let isBinary = binaryEndings.contains(where: head.name.hasSuffix)
        guard isBinary || markup?.isDocument == true && mixedEndings.contains(where: head.name.hasSuffix) else {
            return nil
        }
        // Some formats of text have such names as well; their own bytes tell them, and not the name.
        if FormatRecognition.all.contains(where: { $0.magic(head) }) { return nil }
        let named = FormatRecognition.named(head)
        var facts = ArtefactFacts(format: named?.id ?? "text", status: .malformed)
        facts.kind = named?.kind ?? .weights
        let beginning = Printable.text(
            head.trimmed.slice(0..<min(shownBytes, head.trimmed.count)).repairedText, limit: shownBytes)
        facts.find(
            .badHeader, .high,
            "\(Wording(markup?.words ?? "plain text")) and no weights; it begins: \(beginning)", at: 0)
        return facts
    }

    /// Whether the beginning is UTF-8, apart from a last character that is cut, or marked as UTF-16.
    private static func isUnicode(_ bytes: UnsafeRawBufferPointer) -> Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        return (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
    }

    /// Languages of markup and data, by their first signs.
    private enum Markup {
        case html, xml, json

        var words: String {
            switch self {
            case .html: "a page in HTML"
            case .xml: "a document in XML"
            case .json: "a text in JSON"
            }
        }

        /// Whether no format of weights is written in it.
        var isDocument: Bool { self != .json }
    }

    private static func markup(_ text: UnsafeRawBufferPointer) -> Markup? {
        switch text.first {
        case UInt8(ascii: "{"), UInt8(ascii: "["): return .json
        case UInt8(ascii: "<"):
            let start = text.slice(0..<min(text.count, 256)).repairedText.lowercased()
            if start.hasPrefix("<!doctype html") || start.contains("<html") { return .html }
            // A tag, an instruction or a comment; not a sign of comparison.
            guard let second = text.dropFirst().first else { return nil }
            let isTag =
                second == UInt8(ascii: "?") || second == UInt8(ascii: "!")
                || second | 0x20 >= UInt8(ascii: "a") && second | 0x20 <= UInt8(ascii: "z")
            return isTag ? .xml : nil
        default: return nil
        }
    }
}
