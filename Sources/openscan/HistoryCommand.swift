import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror

struct HistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Draws the line of licence, level and claims over the versions of a checkout.",
        discussion: """
            Versions are the newest commit, every tag, and the commits that touched the files which today's licences and claims \
            stand in. They are read from git's objects: the working tree is neither read nor changed, nothing is fetched.
            """)

    @Argument(help: "A checkout or bare repository.", completion: .directory) var path: String
    @Option(help: ArgumentHelp("Versions at most; the newest are kept.", valueName: "n")) var limit = 40
    @Option(name: .shortAndLong, help: "text, json, jsonl or markdown.") var format: DocumentFormat = .text
    @Option(help: "Language of text and markdown: en or zh.") var language: Language = .en
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number from 1 up.") }
        guard format != .html else {
            throw ValidationError("A history has no page; take text, json, jsonl or markdown.")
        }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let repository = GitRepository(path)
        let points: [HistoryReport.Point]
        do {
            let head = try repository.commit("HEAD")
            let today = try? repository.scan(head, openscan, limits: limits.limits, workers: Output.processorCount)
            let paths = Set((today?.licences.map(\.path) ?? []) + (today?.claims.map(\.evidence.path) ?? []))
            points = try repository.commits(touching: paths, most: limit).map { try point($0, repository, openscan) }
        } catch let problem as GitProblem { throw Stop.unreadable(problem.message) }
        let report = HistoryReport(points)
        let words = Words(language, rules: openscan.rules)
        switch format {
        case .text, .html: Output.write(report.text(rules: openscan.rules, style: color.style, words: words), to: 1)
        case .markdown: Output.write(report.markdown(rules: openscan.rules, words: words), to: 1)
        case .json, .jsonl: Output.line(try JSON.text(report, isPretty: format == .json))
        }
    }

    /// A version that cannot be judged is one of the line all the same.
    private func point(_ commit: GitRepository.Commit, _ repository: GitRepository, _ openscan: Openscan) throws
        -> HistoryReport.Point
    {
        var dossier: Dossier?
        var problem: String?
        do {
            dossier = try repository.scan(
                commit.id, openscan, limits: limits.limits, workers: Output.processorCount)
        } catch let refusal as ScanRefusal {
            problem = refusal.message
        } catch GitProblem.tooMuch { problem = GitProblem.tooMuch.message }
        return HistoryReport.Point(
            commit: commit.id, date: commit.date, tags: commit.tags, subject: commit.subject, dossier: dossier,
            problem: problem)
    }
}
