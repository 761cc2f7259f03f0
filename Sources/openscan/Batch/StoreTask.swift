import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore
import Synchronization

/// Brings a store in step with a mirror.
struct StoreTask {
    let store: String
    let source: ReleaseSource
    /// Whether others have the rest of the mirror.
    let isPart: Bool
    let workers: Int
    let limits: LimitOptions
    let isolation: IsolationOptions
    /// Whether the report of each release that is read goes to standard output.
    let hasDocuments: Bool
    /// Whether what did not change is read as well.
    let readsAll: Bool

    func run() throws {
        let openscan = try Session.openscan()
        let store = try MirrorStore(store, for: .writing)
        let run = try StoreRun(store, command: "scan", root: source.directory, openscan: openscan)
        Interrupt.watch()
        var job = ScanJob(
            openscan: openscan, format: .jsonl, style: .plain, language: .en, isDetailed: false, limits: limits.limits,
            workers: 1, failOn: nil)
        job.hasDocument = hasDocuments
        job.known = ContentReader(store)
        var words = ["--format", "jsonl", "--jobs", "1", "--no-policy", "--known-contents", self.store]
        if !hasDocuments { words.append("--without-document") }
        let progress = BatchProgress(directory: source.directory)
        let seen = SeenReleases()
        let source = self.source
        let reading = job
        let bounds = ReadingBounds(limits: limits.arguments, process: isolation.arguments)
        let mirror = MirrorRun(isolation.command(words + limits.arguments), workers: workers, bounds: bounds) {
            path, answer in Self.reading(reading, path, answer)
        }
        let end = try mirror.run(
            run, next: { Self.next(source) }, mayGoOn: { !Interrupt.isRequested }, readsAll: readsAll,
            seen: seen
        ) { event, counts in
            if case .kept(_, let reading) = event, !reading.document.isEmpty { Output.write(reading.document, to: 1) }
            progress.tell(event, counts)
        }
        progress.end()
        try source.check()
        if end == .finished, !isPart, let root = source.directory {
            try run.close(root: root) { seen.contains($0) }
        }
        try run.finish()
        say(run.counts)
        if end == .stopped {
            throw Stop(
                code: 130, message: "stopped; what was done is kept, and the same call goes on with the rest")
        }
        try BatchEnd.failures(run.counts.failed, of: run.counts.read + run.counts.unchanged)
    }

    private static func next(_ source: ReleaseSource) -> BatchRequest? {
        while let item = source.next() {
            switch item {
            case .release(let request, _): return request
            case .bad(let shown, let problem): Output.error("openscan: \(shown): \(problem)")
            }
        }
        return nil
    }

    private func say(_ counts: StoreRun.Counts) {
        var words = "\(counts.read) read, \(counts.unchanged) unchanged"
        if counts.changed > 0 { words += ", \(counts.changed) with other answers than before" }
        if counts.gone > 0 { words += ", \(counts.gone) gone" }
        if counts.failed > 0 { words += ", \(counts.failed) failed" }
        Output.error("openscan: \(words)")
    }

    /// Every release is kept, whatever came of it.
    private static func reading(_ job: ScanJob, _ path: String, _ answer: WorkerProcess.Answer) -> MirrorRun.Reading {
        if let answer = try? job.answer(answer, for: path), let scanned = answer.scanned {
            return MirrorRun.Reading(scanned: scanned, document: answer.document)
        }
        let dossier = job.openscan.unread(
            path, code: "internal", message: "\(Printable.path(path)): the worker's answer is damaged")
        return MirrorRun.Reading(scanned: ScannedRelease(dossier), document: "")
    }
}
