import COpenscanPages
import Mustache
import OpenscanBytes

/// The templates of pages, compiled once, with the style and the script that go into them.
public struct PageTemplates: Sendable {
    let style: String
    let script: String
    private let files: [String: String]
    private let library: MustacheLibrary

    private static let contentType = "OPENSCAN-HTML"
    private static let ending = ".mustache"

    /// Those that are linked in.
    /// - Throws: `PageProblem` where one does not parse.
    public init() throws(PageProblem) {
        // Partials fall back to the engine's own escaping, so each template names ours.
        MustacheContentTypes.register(PageText(), named: Self.contentType)
        var templates: [String: MustacheTemplate] = [:]
        var others: [String: String] = [:]
        for number in 0..<openscan_page_count() {
            let file = openscan_page(number)
            let name = String(cString: file.name)
            let text = String(decoding: UnsafeRawBufferPointer(start: file.bytes, count: file.size), as: UTF8.self)
            if name.hasSuffix(Self.ending) {
                // Indentation is for those who read templates, and would be rendered line by line.
                let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
                let source = "{{% CONTENT_TYPE: \(Self.contentType)}}\n" + lines.joined(separator: "\n")
                do { templates[String(name.dropLast(Self.ending.count))] = try MustacheTemplate(string: source) } catch
                {
                    throw .badTemplate(name: name)
                }
            } else {
                others[name] = text
            }
        }
        library = MustacheLibrary(templates: templates)
        files = others
        style = others["review.css"] ?? ""
        script = others["review.js"] ?? ""
    }

    /// Nothing is fetched, sent or framed, and no script or style runs but the program's own.
    func policy(hasScript: Bool) -> String {
        func source(_ text: String) -> String { "'sha256-\(Base64.text(SHA256.digest(text.utf8)))'" }
        return "default-src 'none'; style-src \(source(style)); " + (hasScript ? "script-src \(source(script)); " : "")
            + "base-uri 'none'; form-action 'none'"
    }

    /// A style or script that stands beside the templates.
    /// - Throws: `PageProblem` where there is none of that name.
    public func file(_ name: String) throws(PageProblem) -> String {
        guard let text = files[name] else { throw .badTemplate(name: name) }
        return text
    }

    /// A page of a template; values are escaped by it.
    /// - Throws: `PageProblem` where there is no such template.
    public func text(_ view: PageView, _ template: String) throws(PageProblem) -> String {
        guard let text = library.render(view, withTemplate: template) else { throw .badTemplate(name: template) }
        return text
    }
}

/// Why a page cannot be written.
public enum PageProblem: Error, Sendable, Hashable {
    /// A template that is linked in is missing or does not parse.
    case badTemplate(name: String)

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .badTemplate(let name): "the page template '\(name)' is damaged; build again"
        }
    }
}

/// What a template reads: texts, flags, lists and further views by name.
public typealias PageView = [String: Any]

/// A text for a section of a template: nothing where there is none, as templates take an empty text for one.
func some(_ text: String?) -> [String] { text.map { $0.isEmpty ? [] : [$0] } ?? [] }

/// The same for a view.
func some(_ view: PageView?) -> [PageView] { view.map { [$0] } ?? [] }

/// Escapes values for HTML by scalars: the engine's own escaping goes by characters, and a combining mark behind a
/// sign makes another character of it that a browser does not see. What steers a terminal or turns the order of
/// reading is spelled out.
struct PageText: MustacheContentType {
    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var out: [UInt8] = []
        out.reserveCapacity(text.utf8.count + 16)
        for scalar in Printable.lines(text).unicodeScalars {
            switch scalar {
            case "<": out += "&lt;".utf8
            case ">": out += "&gt;".utf8
            case "&": out += "&amp;".utf8
            case "\"": out += "&quot;".utf8
            case "'": out += "&#39;".utf8
            case "`": out += "&#96;".utf8
            default: out += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
