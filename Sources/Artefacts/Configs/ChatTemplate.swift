import OpenscanBytes
import OpenscanFacts

/// Chat templates are programs in Jinja: what one needs is loops and strings, what reaches for Python's attributes is an attack on the renderer.
public enum ChatTemplate {
    /// Words by which templates leave Jinja (names of Python's object model, ways to spell them in pieces).
    private static let reaching: [StaticString] = [
        "__class__", "__subclasses__", "__globals__", "__builtins__", "__mro__", "__bases__", "__base__", "__import__",
        "__init__", "__getattribute__", "__dict__", "__code__", "__reduce__", "__getitem__", "|attr(", "| attr(",
        "_TemplateReference", "\\x5f\\x5f", "\\137\\137", "lipsum", "cycler.", "joiner.", "popen(", "os.system",
        "'__'", "\"__\"", ".mro()", "get_flashed_messages", "url_for.",
    ]
    private static let including: [StaticString] = [
        "{% include", "{%- include", "{% import", "{%- import", "{% extends", "{%- extends", "{% from", "{%- from",
    ]

    /// Whether Jinja may stand in a text.
    static func mayHold(_ text: UnsafeRawBufferPointer) -> Bool { text.contains("{{") || text.contains("{%") }

    /// What expressions in a text reach for, of whatever use the text is: words outside of them are none of Jinja's.
    public static func findings(inside text: UnsafeRawBufferPointer, of what: String) -> [Finding] {
        var place = 0
        // What no end was found for needs not be looked for again.
        var endless: Set<UInt8> = []
        while let open = text.place(of: UInt8(ascii: "{"), from: place), open + 1 < text.count {
            let close: UInt8
            switch text.byte(at: open + 1) {
            case UInt8(ascii: "{"): close = UInt8(ascii: "}")
            case UInt8(ascii: "%"): close = UInt8(ascii: "%")
            default:
                place = open + 1
                continue
            }
            guard !endless.contains(close) else {
                place = open + 2
                continue
            }
            var end = open + 2
            while end + 1 < text.count, !(text[end] == close && text.byte(at: end + 1) == UInt8(ascii: "}")) {
                end += 1
            }
            guard end + 1 < text.count else {
                endless.insert(close)
                place = open + 2
                continue
            }
            let inner = text.slice(open + 2..<end)
            if let hit = reaching.first(where: { inner.contains($0) }) {
                return [Finding(.embeddedCode, .high, "\(what) reaches for \(hit) of Python's objects", offset: open)]
            }
            place = end + 2
        }
        return []
    }

    /// - Parameter text: the template, or a file that holds one.
    public static func findings(_ text: UnsafeRawBufferPointer, of what: String) -> [Finding] {
        var out: [Finding] = []
        if let hit = reaching.lazy.compactMap({ words in text.offset(of: words).map { (words, $0) } }).first {
            out.append(
                Finding(
                    .embeddedCode, .high, "\(Wording(what)) reaches for \(hit.0) of Python's objects", offset: hit.1))
        }
        if let hit = including.lazy.compactMap({ words in text.offset(of: words).map { (words, $0) } }).first {
            out.append(
                Finding(.embeddedCode, .medium, "\(Wording(what)) takes in another file (\(hit.0))", offset: hit.1))
        }
        return out
    }
}

extension UnsafeRawBufferPointer {
    /// The first place of a byte, from an offset on.
    fileprivate func place(of byte: UInt8, from start: Int) -> Int? {
        guard start < count else { return nil }
        return slice(start..<count).firstIndex(of: byte).map { $0 + start }
    }
}
