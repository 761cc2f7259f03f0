import ArgumentParser
import Foundation
import Licensing
import Yams

/// Tries clause rules on texts without building the index.
struct ClausesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clauses", abstract: "Reads texts by the clause rules of a file; one JSON line a text.")

    @Option(help: "File with the rules.") var rules = "Licenses/clauses.yml"
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

    func run() throws {
        guard let node = try Yams.compose(yaml: String(contentsOfFile: rules, encoding: .utf8), .basic) else {
            throw ValidationError("\(rules) is empty")
        }
        let engine = Array(RecordFiles.json(node).utf8).withUnsafeBytes { ClauseEngine(Clause.read($0)) }
        let encoder = JSONEncoder()
        for file in files {
            let found = engine.find(in: try String(contentsOfFile: file, encoding: .utf8), path: file)
            let line = Line(
                path: file,
                clauses: found.map {
                    Line.Entry(
                        id: $0.id, status: $0.status.rawValue,
                        lines: $0.evidence.lines.map { [$0.first, $0.last] } ?? [], quote: $0.evidence.quote,
                        params: $0.parameters)
                })
            print(String(decoding: try encoder.encode(line), as: UTF8.self))
        }
    }
}
