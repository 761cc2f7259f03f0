import Foundation
import Yams

/// What people edit in Licenses/.
struct RecordFiles {
    struct AILicence {
        let id: String
        let name: String
        let category: String
        let text: String?
        let scancodeKeys: [String]
        let names: [String]
        let addresses: [String]
    }

    let aiLicences: [AILicence]
    let approved: Set<String>
    let aliases: [(id: String, names: [String])]
    let addresses: [(id: String, addresses: [String])]
    let overrides: [String: String]
    /// Rule documents as compact JSON, by name, sorted.
    let documents: [(name: String, json: String)]

    init(folder: String) throws {
        func node(_ name: String) throws -> Node {
            let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
            guard let node = try Yams.compose(yaml: text, .basic) else { throw CocoaError(.fileReadCorruptFile) }
            return node
        }
        func strings(_ node: Node?) -> [String] { node?.sequence?.compactMap(\.string) ?? [] }
        aiLicences = (try node("ai-licences.yml")["licences"]?.sequence ?? []).compactMap { node in
            guard let id = node["id"]?.string, let name = node["name"]?.string, let category = node["category"]?.string
            else { return nil }
            return AILicence(
                id: id, name: name, category: category, text: node["text"]?.string,
                scancodeKeys: strings(node["scancodeKeys"]),
                names: strings(node["names"]), addresses: strings(node["urls"]))
        }
        approved = Set(strings(try node("osi-approved.yml")["approved"]))
        let aliasFile = try node("aliases.yml")
        func table(_ node: Node?) -> [(String, [String])] {
            node?.mapping?.compactMap { key, value in key.string.map { ($0, strings(value)) } } ?? []
        }
        aliases = table(aliasFile["aliases"])
        addresses = table(aliasFile["addresses"])
        var overrides: [String: String] = [:]
        for (category, ids) in table(try node("categories.yml")["categories"]) {
            for id in ids { overrides[id] = category }
        }
        self.overrides = overrides
        var documents: [(String, String)] = []
        for name in ["families", "clauses", "flags", "components", "levels", "claims", "criteria", "models", "words"]
            + Self.frameworks(folder)
        {
            if name == "families" {
                documents.append((name, Self.json(aliasFile["families"] ?? Node([Node]()))))
            } else if FileManager.default.fileExists(atPath: folder + "/" + name + ".yml") {
                documents.append((name, Self.json(try node(name + ".yml"))))
            }
        }
        self.documents = documents.sorted { $0.0 < $1.0 }
    }

    /// Every file of the folder is a document of its own.
    private static func frameworks(_ folder: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/frameworks")) ?? []).filter {
            $0.hasSuffix(".yml")
        }.sorted().map { "frameworks/" + $0.dropLast(4) }
    }

    /// Where a fact was read is for editors of the data; the program does not carry it.
    private static let notEmbedded: Set<String> = ["source_kind", "sources"]

    /// Every scalar as a string: readers know what they expect.
    static func json(_ node: Node) -> String {
        switch node {
        case .scalar(let scalar): quoted(scalar.string)
        case .sequence(let items): "[" + items.map(json).joined(separator: ",") + "]"
        case .mapping(let mapping):
            "{"
                + mapping.filter { !notEmbedded.contains($0.key.string ?? "") }.map {
                    quoted($0.key.string ?? "") + ":" + json($0.value)
                }.joined(separator: ",") + "}"
        default: "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": out += "\\\""
            case "\\": out += "\\\\"
            case "\n": out += "\\n"
            case "\t": out += "\\t"
            default:
                if scalar.value < 0x20 {
                    out += String(format: "\\u%04x", scalar.value)
                } else {
                    out.unicodeScalars.append(scalar)
                }
            }
        }
        return out + "\""
    }
}
