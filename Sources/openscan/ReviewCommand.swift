import ArgumentParser
import OpenscanBytes
import OpenscanKit

struct ReviewCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Writes a reviewer's dossier: one page with every verdict, its rule and the lines it rests on.",
        discussion: """
            The page is one HTML file that opens offline. It shows what `openscan scan` reports, in the order in which a reviewer \
            works, and every place that it cites.
            """)

    @Argument(help: "The release.", completion: .file()) var path: String
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the page there instead of standard output.", valueName: "file"), completion: .file())
    var output: String?
    @Option(name: .shortAndLong, help: "html, or markdown for an issue tracker (at most 60 kB).")
    var format: DocumentFormat = .html
    @Option(
        help: ArgumentHelp(
            "Write page, Markdown, JSON report, decisions and their SHA256SUMS into this folder, which must be new or empty, to be signed.",
            valueName: "folder"), completion: .directory) var bundle: String?
    @Option(help: "Language of the page: en or zh.") var language: Language = .en
    @ArgumentParser.Flag(
        name: .customLong("init"),
        help: "Instead of the page, a file of decisions to be filled in, with what the program leaves to a person.")
    var isInit = false
    @Option(
        help: ArgumentHelp(
            "A file of decisions, such as --init and the page write: each stands beside the program's answer, or is stale where its evidence changed.",
            valueName: "file"), completion: .file()) var decisions: String?
    @Option(
        help: ArgumentHelp(
            "Exit with 1 as with scan; what a person rejected does not count.", valueName: "list")) var failOn: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Workers; by default one a core.", valueName: "n")) var jobs: Int?
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        guard format == .html || format == .markdown else {
            throw ValidationError("--format takes html or markdown.")
        }
        if bundle != nil, isInit || output != nil { throw ValidationError("--bundle writes every file itself.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let conditions = try failOn.map { try FailCondition.policy($0, openscan.rules) }
        let file = try decisions.map(DecisionFile.init)
        let dossier: Dossier
        var context: ReviewContext
        do throws(ScanRefusal) {
            dossier = try openscan.scan(path, limits: limits.limits, workers: jobs ?? Output.processorCount)
            context = try openscan.reviewContext(dossier, path: path, limits: limits.limits, options: limits.changed)
        } catch { throw Stop.unreadable(error.message) }
        let review =
            try file?.review(openscan, dossier, context) ?? openscan.review(dossier, context: context)
        context.review = review
        if let bundle {
            try NoticeFolder(path: bundle).write(
                try openscan.reviewBundle(dossier, context: context, decisions: file?.bytes, language: language))
            if isFailed(openscan, conditions, dossier, review) { throw Stop.policy }
            return
        }
        let text: String
        if format == .markdown, !isInit {
            text = openscan.reviewMarkdown(dossier, context: context, language: language)
        } else if isInit {
            text = openscan.reviewFile(dossier, review, language: language)
        } else {
            do throws(PageProblem) {
                text = try openscan.reviewPage(dossier, context: context, language: language)
            } catch { throw Stop.unreadable(error.message) }
        }
        if let output { try OutputFile(path: output).save(text) } else { Output.write(text, to: 1) }
        if isFailed(openscan, conditions, dossier, review) { throw Stop.policy }
    }

    private func isFailed(_ openscan: Openscan, _ policy: Policy?, _ dossier: Dossier, _ review: Review) -> Bool {
        policy.map { !openscan.judged(dossier, by: $0, review: review).isKept } ?? false
    }
}
