import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore

/// Judges what is in a store anew.
struct RejudgeTask {
    let store: String
    let workers: Int

    func run() throws {
        let openscan = try Session.openscan()
        let store = try MirrorStore(store, for: .writing)
        let run = try StoreRun(store, command: "rejudge", root: nil, openscan: openscan)
        Interrupt.watch()
        let outcome = try Rejudging(store, openscan: openscan, workers: workers).run(
            run, mayGoOn: { !Interrupt.isRequested })
        try run.finish()
        try ChangeList(store).each(since: .run(Int(run.id) - 1)) { Output.line(ChangeWriter.text($0)) }
        var words = "\(outcome.judged) judged anew, \(run.counts.changed) with other answers than before"
        if outcome.withoutFacts > 0 { words += "; \(outcome.withoutFacts) have no facts to judge by" }
        if outcome.outdated > 0 {
            words +=
                "; the files of \(outcome.outdated) were read by other rules: a run over the mirror reads them again"
        }
        if outcome.damaged > 0 {
            words += "; the facts of \(outcome.damaged) are damaged: run over the mirror with --read-all"
        }
        Output.error("openscan: \(words)")
        if Interrupt.isRequested { throw Stop(code: 130, message: "stopped; what was judged is kept") }
    }
}

/// Says what changed.
struct ChangesTask {
    let store: String
    let since: String
    let format: BatchCommand.Format

    func run() throws {
        guard let since = ChangeList.Since(since) else { return }
        let store = try MirrorStore(store, for: .reading)
        let list = ChangeList(store)
        guard format == .atom else {
            return try list.each(since: since) { change in
                Output.line(format == .jsonl ? try ChangeWriter.line(change) : ChangeWriter.text(change))
            }
        }
        let id = "urn:openscan:" + SHA256.hex(self.store.utf8).prefix(32)
        let updated = try list.lastRun()?.at ?? "1970-01-01T00:00:00Z"
        Output.write(
            ChangeWriter.feedHead(title: "Releases whose terms, level or flags changed", id: id, updated: updated),
            to: 1)
        var pending: [ChangeList.Change] = []
        try list.each(since: since) { change in
            if let last = pending.last, last.run != change.run || last.location != change.location {
                Output.write(ChangeWriter.entry(pending, feed: id), to: 1)
                pending = []
            }
            pending.append(change)
        }
        Output.write(ChangeWriter.entry(pending, feed: id) + ChangeWriter.feedEnd, to: 1)
    }
}

/// Counts.
struct SummaryTask {
    let store: String
    let isJSON: Bool

    func run() throws {
        let summary = try StoreSummary(try MirrorStore(store, for: .reading))
        Output.write(isJSON ? try JSON.text(summary, isPretty: true) + "\n" : summary.text, to: 1)
    }
}

/// Takes up reports.
struct ImportTask {
    let store: String
    let files: [String]

    func run() throws {
        let openscan = try Session.openscan()
        let store = try MirrorStore(store, for: .writing)
        let run = try StoreRun(store, command: "import", root: nil, openscan: openscan)
        Interrupt.watch()
        var refused = 0
        for file in files where !Interrupt.isRequested {
            do {
                var lines = try ReportLines(file)
                while !Interrupt.isRequested, let line = try lines.next() {
                    do {
                        let dossier = try SavedReport.read(line.bytes)
                        try run.keep(
                            StoreRun.Delivery(
                                location: dossier.release.path, signature: nil, scanned: ScannedRelease(dossier)))
                    } catch let error as SavedReportProblem {
                        refused += 1
                        Output.error("openscan: \(Printable.path(file)):\(line.number): \(error.message)")
                    }
                }
            } catch let error as ReadError {
                refused += 1
                Output.error("openscan: \(error.message)")
            }
        }
        try run.finish()
        Output.error("openscan: \(run.counts.read) reports taken up" + (refused > 0 ? ", \(refused) refused" : ""))
        if refused > 0 { throw Stop(code: 3, message: nil) }
    }
}
