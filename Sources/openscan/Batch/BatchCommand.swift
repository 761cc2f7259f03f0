import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore

struct BatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch", abstract: "Scans every release under a directory, one line of JSON each, or of a table.",
        discussion: """
            Finds hub caches, org/name trees, archives and checkouts. Each report is printed when it is done; a release that \
            cannot be read, or that ends the process which reads it, costs one line with its error.

            With --store what is found is kept in a SQLite file: the next run reads only what changed since, and a run that is \
            stopped is gone on with. A store answers questions (--summary, --changes, and SQL: see the views releases, flags, \
            terms_by_part, use_answers and changes) and is judged anew without the mirror (--rejudge).

            Exit codes beyond those of all commands: 130 stopped by an interrupt, with everything kept that was done.
            """)

    enum Format: String, ExpressibleByArgument, CaseIterable, Sendable { case jsonl, csv, text, json, atom }

    @Argument(help: "The directory.", completion: .directory) var directory: String?
    @ArgumentParser.Flag(help: "Read the releases' paths from standard input, one a line.") var stdin = false
    @Option(
        name: .shortAndLong,
        help:
            "jsonl, also beside a store, or csv; of changes text, jsonl or atom, of a summary text or json."
    ) var format: Format?
    @Option(name: .shortAndLong, help: ArgumentHelp("Releases at a time; by default one a core.", valueName: "n"))
    var jobs: Int?
    @Option(
        help: ArgumentHelp("Keep what is found in this SQLite file, and read only what changed.", valueName: "file"),
        completion: .file()) var store: String?
    @Option(
        help: ArgumentHelp("Only the i-th of n parts, from 0: the same releases on every machine.", valueName: "i/n"))
    var shard: Shard?
    @ArgumentParser.Flag(help: "List what counts as one release, and scan nothing.") var dryRun = false
    @ArgumentParser.Flag(help: "Read every release, whether it changed or not.") var readAll = false
    @ArgumentParser.Flag(help: "Judge what is in the store anew, without a look at the mirror.") var rejudge = false
    @ArgumentParser.Flag(help: "Count the releases of the store by level, licence category, basis and flag.")
    var summary = false
    @Option(
        help: ArgumentHelp(
            "What changed after a run of this number, or from a date on (2026-11-28).", valueName: "since"))
    var changes: String?
    @Option(
        name: .customLong("import"), parsing: .upToNextOption,
        help: ArgumentHelp(
            "Take up reports that workers wrote, a line of JSON each; - is standard input.", valueName: "file"),
        completion: .file()) var imported: [String] = []
    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup(title: "Isolation") var isolation: IsolationOptions

    /// What is to be done.
    private enum Task { case scan, list, rejudge, summary, changes, take }

    private var asked: [Task] {
        var asked: [Task] = []
        if dryRun { asked.append(.list) }
        if rejudge { asked.append(.rejudge) }
        if changes != nil { asked.append(.changes) }
        if !imported.isEmpty { asked.append(.take) }
        return asked
    }

    private var namesReleases: Bool { directory != nil || stdin }

    func validate() throws {
        if asked.count > 1 {
            throw ValidationError("--dry-run, --rejudge, --changes and --import are calls of their own.")
        }
        if directory != nil, stdin { throw ValidationError("Name a directory, or give --stdin.") }
        let needsStore = rejudge || changes != nil || !imported.isEmpty || summary
        if needsStore, store == nil { throw ValidationError("Name the store with --store FILE.") }
        switch asked.first {
        case .list, .scan:
            guard namesReleases else { throw ValidationError("Name a directory, or give --stdin.") }
        case .rejudge, .changes, .take:
            if namesReleases { throw ValidationError("Only the store is asked: leave out the directory and --stdin.") }
        case .summary, nil:
            guard namesReleases || summary else { throw ValidationError("Name a directory, or give --stdin.") }
        }
        if let format {
            let fitting: [Format] =
                changes != nil
                ? [.text, .jsonl, .atom]
                : summary && !namesReleases ? [.text, .json] : store == nil ? [.jsonl, .csv] : [.jsonl]
            guard fitting.contains(format) else {
                throw ValidationError(
                    "--format takes \(fitting.map(\.rawValue).joined(separator: ", ")) here, not \(format.rawValue).")
            }
        }
        if let changes, ChangeList.Since(changes) == nil {
            throw ValidationError("--changes takes the number of a run or a date like 2026-11-28.")
        }
        if let jobs, jobs < 1 { throw ValidationError("--jobs takes a number from 1 up.") }
    }

    func run() throws {
        let workers = jobs ?? Output.processorCount
        do {
            switch asked.first {
            case .list: try listReleases()
            case .changes: try ChangesTask(store: store ?? "", since: changes ?? "", format: format ?? .text).run()
            case .rejudge: try RejudgeTask(store: store ?? "", workers: workers).run()
            case .take: try ImportTask(store: store ?? "", files: imported).run()
            case .scan, .summary, nil:
                if namesReleases { try scan(workers) }
            }
            if summary, let store { try SummaryTask(store: store, isJSON: format == .json).run() }
        } catch let problem as StoreProblem {
            throw Stop.unreadable(problem.message)
        }
    }

    private func scan(_ workers: Int) throws {
        let source = try ReleaseSource(directory: directory, shard: shard, isAbsolute: store != nil)
        guard let store else {
            return try StreamTask(
                source: source, format: format == .csv ? .csv : .jsonl, workers: workers, limits: limits,
                isolation: isolation
            ).run()
        }
        try StoreTask(
            store: store, source: source, isPart: shard != nil, workers: workers, limits: limits, isolation: isolation,
            hasDocuments: format == .jsonl, readsAll: readAll
        ).run()
    }

    /// What counts as one release, and why: a line each, with tabs between path, kind and reason.
    private func listReleases() throws {
        let source = try ReleaseSource(directory: directory, shard: shard, isAbsolute: false)
        while let item = source.next() {
            switch item {
            case .release(let request, let why):
                let words = why.map { [$0.rawValue, $0.why.description] } ?? ["named", "named on standard input"]
                Output.line(([Printable.path(request.path)] + words).joined(separator: "\t"))
            case .bad(let shown, let problem): Output.error("openscan: \(shown): \(problem)")
            }
        }
        if source.count == 0 { throw Stop.unreadable("no release named or found") }
    }
}

/// The part of all releases that one of several machines takes.
struct Shard: ExpressibleByArgument, Sendable {
    let number: UInt64
    let count: UInt64

    init?(argument: String) {
        let parts = argument.split(separator: "/", omittingEmptySubsequences: false).map { UInt64($0) }
        guard parts.count == 2, let number = parts[0], let count = parts[1], number < count else { return nil }
        self.number = number
        self.count = count
    }

    /// Whether a release is one of this part: by its path from the mirror's folder, so that mirrors may lie anywhere.
    func holds(_ path: some Sequence<UInt8>) -> Bool {
        let hash = Array(path).withUnsafeBytes { FowlerNollVo.hash($0) }
        // The lowest bits of this hash alone are no good measure.
        return (hash ^ hash >> 29) % count == number
    }
}
