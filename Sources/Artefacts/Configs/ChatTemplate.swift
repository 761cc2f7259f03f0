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
