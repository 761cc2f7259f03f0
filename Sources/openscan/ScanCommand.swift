import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore

struct ScanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scan", abstract: "Scans releases: directories, checkouts, hub caches, archives or single files.")

    @Argument(help: "Releases to scan.", completion: .file()) var paths: [String] = []
    @Option(name: .shortAndLong, help: ReportFormat.help) var format: ReportFormat = .text
    @Option(help: "Language of everything that people read: en or zh.") var language: Language = .en
    @Option(
        name: .shortAndLong,
        help: ArgumentHelp("Write the report there instead of standard output.", valueName: "file"), completion: .file()
    ) var output: String?
    @Option(
        help: ArgumentHelp(
            "Exit with 1 when a flag or finding of this severity or above (info, low, medium, high) or with one of these ids is there; several with commas.",
            valueName: "list")) var failOn: String?
    @Option(
        help: ArgumentHelp(
            "A file of a reviewer's decisions (see review); --fail-on goes by what was decided.", valueName: "file"),
        completion: .file()) var decisions: String?
    @Option(
        help: ArgumentHelp(
            "What the release has to keep: a file, or osi, osaid, mof-class-3, eu-open-source, commercial-product, research, academic-redistribution; by default openscan.yml of the folders above the release. Exits with 1 where it is not kept.",
            valueName: "policy"), completion: .file()) var policy: String?
    @ArgumentParser.Flag(help: "Look for no openscan.yml.") var noPolicy = false
    @Option(
        help: ArgumentHelp(
            "A saved JSON report: what it has already is known, and fails nothing.", valueName: "report"),
        completion: .file()) var baseline: String?
    @Option(name: .shortAndLong, help: ArgumentHelp("Workers; by default one a core.", valueName: "n")) var jobs: Int?
    @Option(help: "Colour: auto, always or never.") var color: ColourChoice = .auto
    @ArgumentParser.Flag(
        help:
            "Text with everything that was found, what is met and its evidence as well, in place of the answers on one screen."
    ) var detail =
        false
    @ArgumentParser.Flag(name: .shortAndLong, help: "No report; the exit code says it all.") var quiet = false
    @ArgumentParser.Flag(
        name: .shortAndLong,
        help:
            "Say on standard error what was read and what each verdict rests on, with the ids that `openscan explain` knows."
    ) var verbose = false
    @ArgumentParser.Flag(
        help:
            "Scan each release in a process of its own, so that nothing in it can end the run (--timeout, --max-memory)."
    ) var isolate = false
    @ArgumentParser.Flag(help: .hidden) var asWorker = false
    @Option(help: .hidden) var knownContents: String?
    @ArgumentParser.Flag(help: .hidden) var withoutDocument = false
    @Option(help: .hidden) var width: Int?
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Isolation") var isolation: IsolationOptions

    func validate() throws {
        if paths.isEmpty != asWorker { throw ValidationError("Name a release to scan.") }
        if format.isOfOneRelease, paths.count > 1 {
            throw ValidationError("--format \(format.rawValue) is of one release.")
        }
        if decisions != nil, paths.count > 1 { throw ValidationError("--decisions are on one release.") }
        if baseline != nil, paths.count > 1 { throw ValidationError("--baseline is of one release.") }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        let job = try job(Session.openscan())
        if asWorker { return try serve(job) }
        let answers = isolate ? try isolated(job) : try paths.map { try job.run($0) }
        for answer in answers {
            if let refusal = answer.refusal {
                Output.error("openscan: \(refusal)")
            } else if verbose {
                Output.error(answer.note)
            }
        }
        let documents = answers.map(\.document).filter { !$0.isEmpty }
        if !quiet, !documents.isEmpty {
            let text = format.joined(documents)
            if let output { try OutputFile(path: output).save(text) } else { Output.write(text, to: 1) }
        }
        let refused = answers.count { $0.refusal != nil }
        if refused == answers.count { throw Stop(code: 3, message: nil) }
        if answers.contains(where: \.isAgainstPolicy) { throw Stop.policy }
        if refused > 0 { throw Stop(code: 3, message: nil) }
    }

    private func job(_ openscan: Openscan) throws -> ScanJob {
        // A file gets no colours.
        var style = output == nil ? color.style : .plain
        if let width { style.width = width }
        var job = ScanJob(
            openscan: openscan, format: format, style: style, language: language, isDetailed: detail,
            limits: limits.limits, workers: jobs ?? Output.processorCount,
            failOn: try failOn.map { try FailCondition.policy($0, openscan.rules) }, options: limits.changed,
            decisions: try decisions.map(DecisionFile.init))
        job.showsProgress = !quiet && !asWorker && ProgressLine.isWanted
        job.isVerbose = verbose
        job.hasDocument = !withoutDocument
        if let knownContents {
            do throws(StoreProblem) { job.known = ContentReader(try MirrorStore(knownContents, for: .reading)) } catch {
                throw Stop.unreadable(error.message)
            }
        }
        job.policy = try policy.map { .given(try PolicyFile.read($0, openscan)) } ?? (noPolicy ? .none : .above)
        job.baseline = try baseline.map { Baseline(try SavedDossier.read($0, openscan)) }
        return job
    }

    private func isolated(_ job: ScanJob) throws -> [ScanJob.Answer] {
        // What is wrong with a policy is said once, here: a worker only has its release.
        if case .above = job.policy {
            for path in paths { if let file = PolicyFile.above(path) { _ = try PolicyFile.read(file, job.openscan) } }
        }
        var words = ["--format", format.rawValue, "--language", language.rawValue, "--width", String(job.style.width)]
        words += ["--color", job.style.isColoured ? "always" : "never", "--jobs", String(job.workers)]
        if let failOn { words += ["--fail-on", failOn] }
        if detail { words.append("--detail") }
        if verbose { words.append("--verbose") }
        if let decisions { words += ["--decisions", decisions] }
        if let baseline { words += ["--baseline", baseline] }
        if let policy { words += ["--policy", policy] }
        if noPolicy { words.append("--no-policy") }
        let worker = WorkerProcess(isolation.command(words + limits.arguments))
        return try paths.map { try job.answer(worker.ask(BatchRequest(path: $0).bytes), for: $0) }
    }

    private func serve(_ job: ScanJob) throws {
        do throws(ReadError) {
            try WorkerLoop.run(memory: isolation.maxMemory) { request in
                let request = BatchRequest(bytes: request)
                let answer =
                    (try? job.run(request.path, name: request.name))
                    ?? ScanJob.Answer(refusal: "\(Printable.path(request.path)): the report could not be written")
                return (try? answer.bytes()) ?? []
            }
        } catch { throw Stop.unreadable(error.message) }
    }
}
