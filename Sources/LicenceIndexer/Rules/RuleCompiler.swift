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

    private static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
