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
    @Option(help: "Language of the page: en or zh.") var language: Language = .en
    @Option(name: .shortAndLong, help: ArgumentHelp("Workers; by default one a core.", valueName: "n")) var jobs: Int?
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        let openscan = try Session.openscan()
        let text: String
        do {
            let dossier = try openscan.scan(path, limits: limits.limits, workers: jobs ?? Output.processorCount)
            let context = try openscan.reviewContext(
                dossier, path: path, limits: limits.limits, options: limits.changed)
            text = try openscan.reviewPage(dossier, context: context, language: language)
        } catch let refusal as ScanRefusal {
            throw Stop.unreadable(refusal.message)
        } catch let problem as PageProblem {
            throw Stop.unreadable(problem.message)
        }
        if let output { try OutputFile(path: output).save(text) } else { Output.write(text, to: 1) }
    }
}
