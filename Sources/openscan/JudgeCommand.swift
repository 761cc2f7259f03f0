import ArgumentParser
import Foundation
import OpenscanBytes
import OpenscanKit

struct JudgeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: "Judges without files: a saved report, or a list of components written by hand.",
        discussion: """
            FILE is a JSON report of `openscan scan`, a YAML list (components: [{id, status, licence}], licence, gating), or a
            model file of the Model Openness Tool; `-` is standard input.
            """)

    @Argument(help: "Reports or component lists.", completion: .file()) var files: [String]
    @Option(
        help: ArgumentHelp(
            "One framework alone: osd, mof, osaid, open-weights, european-index, eu-ai-act, responsible-release, transparency, ai-act-2023 or fmti-2023.",
            valueName: "id")) var framework: String?
    @Option(name: .shortAndLong, help: ReportFormat.help) var format: ReportFormat = .text
    @Option(help: "Language of text, markdown and html: en or zh.") var language: Language = .en

    private static let sizeLimit = 256 << 20

    func validate() throws {
        if format.isOfOneRelease, files.count > 1 {
            throw ValidationError("--format \(format.rawValue) is of one release.")
        }
        if framework != nil, format.document == nil {
            throw ValidationError("--framework goes with text, json, jsonl, markdown and html.")
        }
        if files.isEmpty { throw ValidationError("Name a report or a component list.") }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let known = FrameworkReport.ids(openscan.rules)
        if let framework, !known.contains(framework) {
            throw Stop.usage("--framework \(framework): not one of \(known.joined(separator: ", "))")
        }
        let texts = try files.map { file in
            let dossier = try judge(file, openscan)
            // Lists of issues are those of the whole release.
            guard let document = format.document else {
                return try openscan.written(dossier, as: format, language: language, time: SourceDate.seconds)
            }
            return try openscan.writtenFrameworks(dossier, as: document, only: framework, language: language)
        }
        Output.write(format.joined(texts), to: 1)
    }

    private func judge(_ file: String, _ openscan: Openscan) throws -> Dossier {
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
        do throws(JudgeProblem) {
            let name = file == "-" ? "standard input" : String(Entry.name(of: file))
            return try openscan.judge(Array(data), name: name)
        } catch {
            throw Stop.unreadable("\(file)\(error.line.map { ":\($0)" } ?? ""): \(error.message)")
        }
    }
}
