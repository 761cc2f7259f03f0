import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import Synchronization

struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Scans every release under a directory, one line of JSON each.",
        discussion:
            "Finds hub caches, org/name trees, archives and checkouts. Each report is printed when it is done; a release that cannot be read, or that ends the process which reads it, costs one line with its error."
    )

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case jsonl }

    @Argument(help: "The directory.", completion: .directory) var directory: String?
    @ArgumentParser.Flag(help: "Read the releases' paths from standard input, one a line.") var stdin = false
    @Option(name: .shortAndLong, help: "jsonl.") var format: Format = .jsonl
    @Option(name: .shortAndLong, help: ArgumentHelp("Releases at a time; by default one a core.", valueName: "n"))
    var jobs: Int?
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Isolation") var isolation: IsolationOptions

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
            do throws(ReadError) {
                paths = try StandardInputBytes.lines()
            } catch {
                throw Stop.unreadable(error.message)
            }
        }
        guard !paths.isEmpty else { throw Stop.unreadable("no release named or found") }
        let job = ScanJob(
            openscan: try Session.openscan(), format: .jsonl, style: .plain, language: .en, isDetailed: false,
            limits: limits.limits, workers: 1, conditions: nil)
        let command = isolation.command(["--format", "jsonl", "--jobs", "1"] + limits.arguments)
        let failed = Mutex(0)
        BatchRun(command, workers: jobs ?? Output.processorCount).run(paths) { path, answer in
            let line = Self.line(job, path, answer)
            if line.isFailure { failed.withLock { $0 += 1 } }
            Output.write(line.text, to: 1)
        }
        let count = failed.withLock { $0 }
        guard count > 0 else { return }
        Output.error("openscan: \(count) of \(paths.count) releases could not be read; their lines say why")
        throw Stop(code: 3, message: nil)
    }

    /// Every release has a line, whatever came of it.
    private static func line(_ job: ScanJob, _ path: String, _ answer: WorkerProcess.Answer) -> (
        text: String, isFailure: Bool
    ) {
        do {
            let answer = try job.answer(answer, for: path)
            guard let refusal = answer.refusal, answer.document.isEmpty else {
                return (answer.document, answer.refusal != nil)
            }
            return (try job.unread(path, code: "unreadable", message: Wording(refusal)).document, true)
        } catch {
            Output.error("openscan: \(Printable.path(path)): the report could not be written")
            return ("", true)
        }
    }
}
