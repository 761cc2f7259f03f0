import OpenscanRules

/// Compiles checked documents into what the program carries: the same documents give the same bytes.
enum RuleCompiler {
    static func compile(_ folder: EditedFolder) -> [UInt8] {
        var body = ""
        for (file, schema) in folder.documents.sorted(by: { isBefore($0.schema.name, $1.schema.name) }) {
            switch schema.carried {
            case .nothing: continue
            case .whole: body += "# \(schema.name)\n" + RuleText.document(file.root) + "\n"
            case .keys(let keys): body += "# \(schema.name)\n" + RuleText.document(file.root, keys: keys) + "\n"
            }
        }
        let bytes = Array(body.utf8)
        let digest = bytes.withUnsafeBytes(RuleDocuments.digest)
        return Array((RuleDocuments.magic + digest + "\n").utf8) + bytes
    }

    /// Kinds of ids that reports use, as `explain` takes them.
    private static let explained: [(kind: Kind, name: String)] = [
        (.flag, "flag"), (.finding, "finding"), (.clause, "clause"), (.component, "component"), (.level, "level"),
        (.frameworkCriterion, "criterion"), (.criterion, "osd"), (.framework, "framework"), (.useAnswer, "use"),
        (.gradientRule, "rule"), (.aiLicence, "licence"),
    ]

    /// Where each id is defined: a line an id, for whoever wants to read or change its rule.
    static func places(_ folder: EditedFolder) -> [UInt8] {
        var lines: [String] = []
        for (kind, name) in explained {
            for (id, place) in folder.places[kind] ?? [:] { lines.append("\(name)/\(id)\t\(place.file):\(place.line)") }
        }
        return Array((lines.sorted(by: isBefore).joined(separator: "\n") + "\n").utf8)
    }

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
