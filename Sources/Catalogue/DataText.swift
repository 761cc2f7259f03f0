import OpenscanBytes

/// A file of data as the pages load it: one call with literals of JSON, so that it also loads where pages cannot fetch.
struct DataText {
    private(set) var bytes: [UInt8]

    /// - Parameter name: under which the pages ask for it; the program's own.
    init(_ name: String) {
        bytes = Array("openscanCatalogue(\"\(name)\",".utf8)
    }

    /// The file's bytes.
    func finished() -> [UInt8] { bytes + Array(");\n".utf8) }

    mutating func raw(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func raw(_ other: [UInt8]) { bytes.append(contentsOf: other) }

    mutating func number(_ value: Int) { bytes.append(contentsOf: String(value).utf8) }

    /// A text, its unsafe characters spelled out.
    mutating func text(_ text: String) { Self.append(text, to: &bytes) }

    /// Items with commas, in brackets.
    mutating func list<Items: Collection>(_ items: Items, _ item: (inout DataText, Items.Element) -> Void) {
        raw("[")
        var isFirst = true
        for element in items {
            if !isFirst { raw(",") }
            isFirst = false
            item(&self, element)
        }
        raw("]")
    }

    mutating func texts(_ texts: some Collection<String>) { list(texts) { $0.text($1) } }
    mutating func numbers(_ numbers: some Collection<Int>) { list(numbers) { $0.number($1) } }

    /// A literal of JSON that closes no element and opens none, whatever stands in it.
    static func append(_ text: String, to out: inout [UInt8]) {
        var shown = text
        // What is plain needs no look at its characters.
        if !text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { shown = Printable.lines(text) }
        out.append(UInt8(ascii: "\""))
        for byte in shown.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                out.append(UInt8(ascii: "\\"))
                out.append(byte)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), 0..<0x20:
                out.append(contentsOf: "\\u00".utf8)
                out.append(hex[Int(byte >> 4)])
                out.append(hex[Int(byte & 15)])
            default: out.append(byte)
            }
        }
        out.append(UInt8(ascii: "\""))
    }

    private static let hex = Array("0123456789abcdef".utf8)
}
