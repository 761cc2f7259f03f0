import ArgumentParser
import Foundation
import Openness
import Reporting
import Unpacking

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges without files: a saved report, or a list of components written by hand.",
        discussion: """
            FILE is a JSON report of `openscan scan`, a YAML list (components: [{id, status, licence}], licence, gating), or a
            model file of the Model Openness Tool; `-` is standard input.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, jsonl, markdown }

    @Argument(help: "Reports or component lists.", completion: .file()) var files: [String]
    @Option(
        help: ArgumentHelp(
            "One framework alone: osd, mof, osaid, open-weights, european-index, eu-ai-act, responsible-release or transparency.",
            valueName: "id")) var framework: String?
    @Option(name: .shortAndLong, help: "text, json, jsonl or markdown.") var format: Format = .text
    @Option(help: "Language of text and framework tables: en or zh.") var language: Language = .en

    private static let sizeLimit = 256 << 20

    func validate() throws {
        if files.isEmpty { throw ValidationError("Name a report or a component list.") }
        if let framework, !FrameworkReport.ids.contains(framework) {
            throw ValidationError(
                "--framework \(framework): not one of \(FrameworkReport.ids.joined(separator: ", ")).")
        }
    }

    func run() throws {
        var texts: [String] = []
        for file in files {
            let judgement = try judge(file)
            switch format {
            case .json, .jsonl:
                texts.append(
                    try JSON.text(FrameworkReport.Value(judgement, framework), isPretty: format == .json) + "\n")
            case .text:
                texts.append(
                    FrameworkReport.text(judgement, only: framework, isMarkdown: false, words: Words(language)))
            case .markdown:
                texts.append(FrameworkReport.text(judgement, only: framework, isMarkdown: true, words: Words(language)))
            }
        }
        Output.write(texts.joined(separator: format == .text || format == .markdown ? "\n" : ""), to: 1)
    }

    private func judge(_ file: String) throws -> Judgement {
        let data: Data
        if file == "-" {
            data = FileHandle.standardInput.readDataToEndOfFile()
        } else {
            guard let read = FileManager.default.contents(atPath: file) else {
                throw Stop.unreadable("\(file): cannot be read. Check the spelling of the path and who may read it.")
            }
            data = read
        }
        guard data.count <= Self.sizeLimit else {
            throw Stop.unreadable("\(file): \(data.count) bytes; reports and lists have at most \(Self.sizeLimit).")
        }
        let text = String(decoding: data, as: UTF8.self)
        if text.drop(while: \.isWhitespace).first == "{", text.contains("\"schemaVersion\"") {
            do { return Judgement(try JSONDecoder().decode(Report.self, from: data)) } catch {
                throw Stop.unreadable(
                    "\(file): no report of this version (\(Self.place(error))). Scan the release again.")
            }
        }
        do throws(Inventory.Problem) {
            return Judgement(
                try Inventory.read(text, name: file == "-" ? "standard input" : Entry.name(of: file).description))
        } catch {
            throw Stop.unreadable("\(file)\(error.line.map { ":\($0)" } ?? ""): \(error.message)")
        }
    }

    private static func place(_ error: any Error) -> String {
        switch error as? DecodingError {
        case .keyNotFound(let key, _): "'\(key.stringValue)' is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            "at " + context.codingPath.map(\.stringValue).joined(separator: ".")
        default: "not readable"
        }
    }
}
