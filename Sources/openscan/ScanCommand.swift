import ArgumentParser
import Openness
import Reporting
import Scanning
import Unpacking

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Scans releases: directories, checkouts, hub caches, archives or single files.")

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case text, json, jsonl, markdown }

    @Argument(help: "Releases to scan.", completion: .file()) var paths: [String]
    @Option(name: .shortAndLong, help: "text, json, jsonl or markdown.") var format: Format = .text
    @Option(help: "Language of text and framework tables: en or zh.") var language: Language = .en
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the report there instead of standard output.", valueName: "file"), completion: .file()
    ) var output: String?
    @Option(
        help: ArgumentHelp(
            "Exit with 1 when a flag or finding of this severity or above (info, low, medium, high) or with one of these ids is there; several with commas.",
            valueName: "list")) var failOn: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Workers; by default one a core.", valueName: "n")) var jobs: Int?
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto
    @ArgumentParser.Flag(help: "With the text report, every criterion of every framework that is not met.") var detail =
        false
    @ArgumentParser.Flag(name: .shortAndLong, help: "No report; the exit code says it all.") var quiet = false
    @ArgumentParser.Flag(name: .shortAndLong, help: "Say on standard error what is read.") var verbose = false
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if paths.isEmpty { throw ValidationError("Name a release to scan.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        let conditions = try failOn.map(FailCondition.init)
        let scanner = ReleaseScanner(limits: limits.limits, workers: jobs ?? Output.processorCount)
        var documents: [String] = []
        var reports: [Report] = []
        var failures = 0
        for path in paths {
            do throws(ReadError) {
                let location = try ReleaseLocation.find(path)
                if verbose { Output.error("openscan: \(path): \(location.kind.rawValue)") }
                let facts = try scanner.scan(location, shownPath: path)
                if let message = ReleaseCheck.refusal(facts, location) {
                    failures += 1
                    Output.error("openscan: " + message)
                    continue
                }
                reports.append(Assessment.report(facts))
            } catch {
                failures += 1
                Output.error("openscan: \(error.message). \(ReleaseCheck.advice(error))")
            }
        }
        for report in reports {
            switch format {
            case .text:
                let judgement =
                    detail
                    ? "\n"
                        + FrameworkReport.text(Judgement(report), only: nil, isMarkdown: false, words: Words(language))
                    : ""
                documents.append(
                    TextReport.text(
                        report, style: output == nil ? color.style : Style(isColoured: false), words: Words(language))
                        + judgement)
            case .markdown: documents.append(MarkdownReport.text(report))
            case .json: documents.append(try JSON.text(report, isPretty: true) + "\n")
            case .jsonl: documents.append(try JSON.text(report, isPretty: false) + "\n")
            }
        }
        if !quiet, !documents.isEmpty {
            let text = documents.joined(separator: format == .text || format == .markdown ? "\n" : "")
            if let output { try Output.save(text, to: output) } else { Output.write(text, to: 1) }
        }
        if reports.isEmpty, failures > 0 { throw Stop(code: 3, message: nil) }
        if let conditions, reports.contains(where: conditions.holds) { throw Stop.policy }
        if failures > 0 { throw Stop(code: 3, message: nil) }
    }
}

/// What `--fail-on` names: severities and ids of flags or findings.
struct FailCondition {
    private var least: Severity?
    private var ids: Set<String> = []

    init(_ list: String) throws {
        for word in list.split(separator: ",").map({ String($0).trimmed.lowercased() }) where !word.isEmpty {
            if let severity = Severity(rawValue: word) {
                least = min(least ?? severity, severity)
            } else if Catalogue.flag(word) != nil || FindingIDs.all.contains(word) {
                ids.insert(word)
            } else {
                throw Stop.usage(
                    "--fail-on \(word): neither a severity (info, low, medium, high) nor the id of a flag or finding; see 'openscan list flags'"
                )
            }
        }
    }

    func holds(_ report: Report) -> Bool {
        report.flags.contains { matches($0.id, $0.severity) }
            || report.artefacts.contains { $0.findings.contains { matches($0.id, $0.severity) } }
    }

    private func matches(_ id: String, _ severity: Severity) -> Bool {
        ids.contains(id) || least.map { severity >= $0 } ?? false
    }
}
