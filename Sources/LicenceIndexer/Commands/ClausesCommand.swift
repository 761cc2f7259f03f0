import ArgumentParser
import Foundation
import OpenscanFacts
import OpenscanLicensing
import OpenscanRules

/// Tries clause rules on texts without building anything.
struct ClausesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clauses", abstract: "Reads texts by the clause rules of a file; one JSON line a text.")

    @Option(help: "Folder with records and rules.") var records = "Licenses"
    @Option(help: "File with the clause rules, where it is not that of the folder.") var rules: String?
    @Argument(help: "Texts.") var files: [String]

    private struct Line: Encodable {
        struct Entry: Encodable {
            let id: String
            let status: String
            let lines: [Int]
            let quote: String?
            let params: [String: String]
        }

        let path: String
        let clauses: [Entry]
    }

    func run() throws { try reportingMistakes(read) }

    private func read() throws {
        let engine = try Self.engine(records: records, rules: rules)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        for file in files {
            let found = engine.find(in: try String(contentsOfFile: file, encoding: .utf8), path: file)
            let line = Line(
                path: file,
                clauses: found.map {
                    Line.Entry(
                        id: $0.id.rawValue, status: $0.status.rawValue,
                        lines: $0.evidence.lines.map { [$0.first, $0.last] } ?? [], quote: $0.evidence.quote,
                        params: $0.parameters)
                })
            print(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
    }

    /// An engine for the clauses of a folder, or of another file in their place.
    static func engine(records: String, rules: String?) throws -> ClauseEngine {
        let file = try EditedFile(path: rules ?? "\(records)/clauses.yml")
        let others = try EditedFolder.read(records, [Schemas.definition])
        let folder = EditedFolder(documents: others.documents + [(file, Schemas.clauses)])
        try folder.check(licences: [])
        return try RuleCompiler.compile(folder).withUnsafeBytes { bytes in
            ClauseEngine(ClauseRules(try RuleDocuments(bytes).document("clauses")))
        }
    }
}
