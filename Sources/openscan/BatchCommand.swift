import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror

struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Scans every release under a directory, one line of JSON each.",
        discussion:
            "Finds hub caches, org/name trees, archives and checkouts. Each report is printed when it is done; a release that cannot be read costs one line with its error."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case jsonl }

    @Argument(help: "The directory.", completion: .directory) var directory: String?
    @ArgumentParser.Flag(help: "Read the releases' paths from standard input, one a line.") var stdin = false
    @Option(name: .shortAndLong, help: "jsonl.") var format: Format = .jsonl
    @Option(name: .shortAndLong, help: ArgumentHelp("Releases at a time; by default one a core.", valueName: "n"))
    var jobs: Int?
    @OptionGroup(title: "Limits") var limits: LimitOptions

    func validate() throws {
        if (directory == nil) != stdin { throw ValidationError("Name a directory, or give --stdin.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        var paths: [String] = []
        if let directory {
            do throws(ReadError) {
                paths = try Discovery().releases(under: directory)
            } catch {
                throw Stop.unreadable(ScanRefusal.unreadable(error).message)
            }
        } else {
            while let line = readLine() { if !line.isEmpty { paths.append(line) } }
        }
        guard !paths.isEmpty else { throw Stop.unreadable("no release named or found") }
        let run = BatchRun(try Session.openscan(), limits: limits.limits, workers: jobs ?? Output.processorCount)
        let outcome = run.run(paths) { Output.line($0) }
        if outcome.failed > 0 {
            Output.error(
                "openscan: \(outcome.failed) of \(paths.count) releases could not be read; their lines say why")
        }
        if outcome.failed > 0 { throw Stop(code: 3, message: nil) }
    }
}
