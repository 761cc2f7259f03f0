import ArgumentParser
import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanMirror

struct DiffCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says what changed between two versions of a release: parts, terms, use, level, flags, weights.",
        discussion: """
            OLD and NEW are releases, or reports that `openscan scan -f json` saved, of any schema. With --git A..B the two are \
            commits, tags or branches of one checkout, read from its objects: the working tree is neither read nor changed.
            """)

    @Argument(help: "The two versions; with --git one checkout.", completion: .file()) var paths: [String]
    @Option(help: ArgumentHelp("Two revisions of one checkout, A..B.", valueName: "range")) var git: String?
    @Option(name: .shortAndLong, help: "text, json, jsonl, markdown or html.") var format: DocumentFormat = .text
    @Option(help: "Language of text, markdown and html: en or zh.") var language: Language = .en
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write there instead of standard output.", valueName: "file"), completion: .file())
    var output: String?
    @Option(
        help: ArgumentHelp(
            "Exit with 1 when a flag that came has this severity or above or one of these ids (terms-tightened), or when there is any change of: verdict, level, terms, use, components, claims, weights; several with commas.",
            valueName: "list")) var failOn: String?
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if git == nil, paths.count != 2 { throw ValidationError("Name two versions, the older one first.") }
        if let git {
            guard paths.count == 1 else { throw ValidationError("With --git name one checkout.") }
            guard Self.range(git) != nil else { throw ValidationError("--git takes two revisions: v1..v2.") }
        }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let conditions = try failOn.map { try DifferenceCondition($0, openscan.rules) }
        let (old, new) = try versions(openscan)
        let difference = openscan.difference(old, new)
        let text = try openscan.written(
            difference, as: format, style: output == nil ? color.style : .plain, language: language)
        if let output { try OutputFile(path: output).save(text) } else { Output.write(text, to: 1) }
        if conditions?.holds(difference) ?? false { throw Stop.policy }
    }

    private func versions(_ openscan: Openscan) throws -> (Dossier, Dossier) {
        guard let git, let range = Self.range(git), let path = paths.first else {
            return (
                try Version.read(paths[0], openscan, limits.limits), try Version.read(paths[1], openscan, limits.limits)
            )
        }
        let repository = GitRepository(path)
        do {
            let commits = (try repository.commit(range.0), try repository.commit(range.1))
            return (
                try repository.scan(commits.0, openscan, limits: limits.limits, workers: Output.processorCount),
                try repository.scan(commits.1, openscan, limits: limits.limits, workers: Output.processorCount)
            )
        } catch let problem as GitProblem {
            throw Stop.unreadable(problem.message)
        } catch let refusal as ScanRefusal {
            throw Stop.unreadable(refusal.message)
        }
    }

    private static func range(_ text: String) -> (String, String)? {
        let parts = text.components(separatedBy: "..")
        guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, !parts[1].hasPrefix(".") else { return nil }
        return (parts[0], parts[1])
    }
}

/// A version to hold against another: a saved report, or a release.
enum Version {
    private static let head = 4_096

    static func read(_ path: String, _ openscan: Openscan, _ limits: Limits) throws -> Dossier {
        if let bytes = report(path) {
            do throws(JudgeProblem) {
                return try openscan.judge(bytes, name: String(Entry.name(of: path)))
            } catch { throw Stop.unreadable("\(path): \(error.message)") }
        }
        do throws(ScanRefusal) {
            return try openscan.scan(path, limits: limits, workers: Output.processorCount)
        } catch { throw Stop.unreadable(error.message) }
    }

    /// The bytes of a file that is a report; `nil` for everything else.
    private static func report(_ path: String) -> [UInt8]? {
        guard let file = try? FileBytes(path: path, followLinks: true),
            let start = try? file.bytes(at: 0, count: head),
            start.first(where: { $0 > 0x20 && $0 != 0xEF && $0 != 0xBB && $0 != 0xBF }) == UInt8(ascii: "{"),
            let bytes = try? file.bytes(at: 0, count: SavedReport.sizeLimit),
            SavedReport.isReport(String(decoding: bytes, as: UTF8.self))
        else { return nil }
        return bytes
    }
}

/// What `--fail-on` of a difference names.
struct DifferenceCondition {
    private enum Part: String, CaseIterable { case verdict, level, terms, use, components, claims, weights }

    private var least: Severity?
    private var flags: Set<FlagID> = []
    private var parts: Set<Part> = []

    init(_ list: String, _ rules: RuleSet) throws {
        for word in list.split(separator: ",").map({ String($0).trimmed.lowercased() }) where !word.isEmpty {
            if let severity = Severity(rawValue: word) {
                least = min(least ?? severity, severity)
            } else if let part = Part(rawValue: word) {
                parts.insert(part)
            } else if rules.flag(FlagID(word)) != nil {
                flags.insert(FlagID(word))
            } else {
                let known = Part.allCases.map(\.rawValue).joined(separator: ", ")
                throw Stop.usage(
                    "--fail-on \(word): neither a severity, the id of a flag ('openscan list flags'), nor one of \(known)"
                )
            }
        }
        guard least != nil || !flags.isEmpty || !parts.isEmpty else { throw Stop.usage("--fail-on names nothing") }
    }

    func holds(_ difference: ReleaseDifference) -> Bool {
        let came = difference.flags + difference.flagsGained
        return came.contains { flag in flags.contains(flag.id) || least.map { flag.severity >= $0 } ?? false }
            || parts.contains { part in
                switch part {
                case .verdict: difference.verdict != nil
                case .level: difference.level != nil
                case .terms: !difference.terms.isEmpty
                case .use: !difference.use.isEmpty
                case .components: !difference.components.isEmpty
                case .claims: !difference.claimsGained.isEmpty || !difference.claimsLost.isEmpty
                case .weights: !difference.artefacts.isEmpty
                }
            }
    }
}
