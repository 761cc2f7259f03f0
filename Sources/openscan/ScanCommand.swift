import ArgumentParser
import OpenscanBytes
import OpenscanKit

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Scans releases: directories, checkouts, hub caches, archives or single files.")

    @Argument(help: "Releases to scan.", completion: .file()) var paths: [String]
    @Option(name: .shortAndLong, help: "text, json, jsonl or markdown.") var format: ReportFormat = .text
    @Option(help: "Language of text and markdown: en or zh.") var language: Language = .en
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
        let openscan = try Session.openscan()
        let conditions = try failOn.map { try FailCondition($0, openscan.rules) }
        var dossiers: [Dossier] = []
        var failures = 0
        for path in paths {
            do throws(ScanRefusal) {
                let workers = jobs ?? Output.processorCount
                let dossier = try openscan.scan(path, limits: limits.limits, workers: workers)
                if verbose { Output.error("openscan: \(path): \(dossier.release.kind?.rawValue ?? "")") }
                dossiers.append(dossier)
            } catch {
                failures += 1
                Output.error("openscan: \(error.message)")
            }
        }
        if !quiet, !dossiers.isEmpty {
            let documents = try dossiers.map {
                try openscan.written($0, as: format, style: style, language: language, isDetailed: detail)
            }
            let text = documents.joined(separator: format.separator)
            if let output { try OutputFile(path: output).save(text) } else { Output.write(text, to: 1) }
        }
        if dossiers.isEmpty, failures > 0 { throw Stop(code: 3, message: nil) }
        if let conditions, dossiers.contains(where: conditions.holds) { throw Stop.policy }
        if failures > 0 { throw Stop(code: 3, message: nil) }
    }

    /// A file gets no colours.
    private var style: Style { output == nil ? color.style : .plain }
}

/// What `--fail-on` names: severities and ids of flags or findings.
struct FailCondition {
    private var least: Severity?
    private var flags: Set<FlagID> = []
    private var findings: Set<FindingID> = []

    init(_ list: String, _ rules: RuleSet) throws {
        for word in list.split(separator: ",").map({ String($0).trimmed.lowercased() }) where !word.isEmpty {
            if let severity = Severity(rawValue: word) {
                least = min(least ?? severity, severity)
            } else if rules.flag(FlagID(word)) != nil || FindingID(rawValue: word) != nil {
                flags.insert(FlagID(word))
                if let finding = FindingID(rawValue: word) { findings.insert(finding) }
            } else {
                throw Stop.usage(
                    "--fail-on \(word): neither a severity (info, low, medium, high) nor the id of a flag or finding; see 'openscan list flags'"
                )
            }
        }
        guard least != nil || !flags.isEmpty else {
            throw Stop.usage("--fail-on names nothing; it takes severities and ids, several with commas")
        }
    }

    func holds(_ dossier: Dossier) -> Bool {
        dossier.flags.contains { flags.contains($0.id) || isGrave($0.severity) }
            || dossier.artefacts.contains { $0.findings.contains { findings.contains($0.id) || isGrave($0.severity) } }
    }

    private func isGrave(_ severity: Severity) -> Bool { least.map { severity >= $0 } ?? false }
}
