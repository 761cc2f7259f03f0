import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import Synchronization

/// A line of JSON a release, and nothing kept.
struct StreamTask {
    let source: ReleaseSource
    let workers: Int
    let limits: LimitOptions
    let isolation: IsolationOptions

    func run() throws {
        let releases = Mutex(try source.releases())
        let count = releases.withLock(\.count)
        guard count > 0 else { return }
        let job = ScanJob(
            openscan: try Session.openscan(), format: .jsonl, style: .plain, language: .en, isDetailed: false,
            limits: limits.limits, workers: 1, conditions: nil)
        let command = isolation.command(["--format", "jsonl", "--jobs", "1"] + limits.arguments)
        let failed = Mutex(0)
        BatchRun(command, workers: min(workers, count)).run({ releases.withLock { $0.next() } }) { path, answer in
            let line = Self.line(job, path, answer)
            if line.isFailure { failed.withLock { $0 += 1 } }
            Output.write(line.text, to: 1)
        }
        try BatchEnd.failures(failed.withLock { $0 }, of: count)
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

/// How runs over many releases end.
enum BatchEnd {
    /// - Throws: `Stop` where some could not be read.
    static func failures(_ failed: Int, of count: Int) throws(Stop) {
        guard failed > 0 else { return }
        Output.error("openscan: \(failed) of \(count) releases could not be read; their lines say why")
        throw Stop(code: 3, message: nil)
    }
}
