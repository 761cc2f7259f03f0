import Foundation

@testable import licence_indexer

/// Places of the repository that tests read.
enum Repository {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().path
    static let records = root + "/Licenses"

    /// A folder of its own that is gone after `body`.
    static func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        let folder = NSTemporaryDirectory() + "openscan-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try body(folder)
    }

    /// A copy of Licenses/ in which one file has other words, gone after `body`.
    static func withRecords<Result>(
        _ file: String, replacing old: String, with new: String, _ body: (String) throws -> Result
    ) throws -> Result {
        try withFolder { folder in
            let copy = folder + "/Licenses"
            try FileManager.default.copyItem(atPath: records, toPath: copy)
            let text = try String(contentsOfFile: "\(copy)/\(file)", encoding: .utf8)
            try text.replacingOccurrences(of: old, with: new).write(
                toFile: "\(copy)/\(file)", atomically: true, encoding: .utf8)
            return try body(copy)
        }
    }
}

/// What is wrong with a document by its schema, a line each.
func mistakes(_ schema: DocumentSchema, _ text: String, licences: Set<String> = [], missing: Set<Kind> = [])
    -> [String]
{
    do throws(Mistakes) {
        let file = try EditedFile(path: schema.name + ".yml", text: text)
        try SchemaCheck.run([(file, schema)], outside: [.licence: licences], missing: missing)
        return []
    } catch {
        return error.all.map(\.description)
    }
}
