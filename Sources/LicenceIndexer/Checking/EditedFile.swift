import Foundation
import Yams

/// A file of Licenses/ as a tree whose nodes know their places.
struct EditedFile {
    /// Its path as messages give it.
    let path: String
    let root: Node

    /// - Throws: `Mistakes` where the file is missing or no YAML.
    init(path: String) throws(Mistakes) {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Mistakes([Mistake(place: SourcePlace(file: path), words: "the file is missing")])
        }
        try self.init(path: path, text: String(decoding: data, as: UTF8.self))
    }

    /// - Throws: `Mistakes` where the text is no YAML.
    init(path: String, text: String) throws(Mistakes) {
        self.path = path
        let root: Node?
        do { root = try Yams.compose(yaml: text, .basic) } catch {
            throw Mistakes([Self.mistake(error, path)])
        }
        guard let root else {
            throw Mistakes([Mistake(place: SourcePlace(file: path), words: "the file is empty")])
        }
        self.root = root
    }

    /// Where a node stands.
    func place(_ node: Node) -> SourcePlace {
        node.mark.map { SourcePlace(file: path, line: $0.line, column: $0.column) } ?? SourcePlace(file: path)
    }

    private static func mistake(_ error: any Error, _ path: String) -> Mistake {
        func mistake(_ mark: Mark, _ words: String) -> Mistake {
            Mistake(place: SourcePlace(file: path, line: mark.line, column: mark.column), words: words)
        }
        return switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            mistake(mark, "not well formed: \(problem)")
        case .duplicatedKeysInMapping(let keys, let context):
            mistake(
                context.mark, "keys that are there twice: " + keys.sorted().map { "'\($0)'" }.joined(separator: ", "))
        default: Mistake(place: SourcePlace(file: path), words: "not well formed: \(error)")
        }
    }
}
