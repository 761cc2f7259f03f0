import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import Synchronization

/// A line a release, of JSON or of a table, and nothing kept.
struct StreamTask {
    let source: ReleaseSource
    let format: ReportFormat
    let workers: Int
    let limits: LimitOptions
    let isolation: IsolationOptions

    func run() throws {
        let job = ScanJob(
            openscan: try Session.openscan(), format: format, style: .plain, language: .en, isDetailed: false,
            limits: limits.limits, workers: 1, failOn: nil)
        let command = isolation.command(["--format", format.rawValue, "--jobs", "1", "--no-policy"] + limits.arguments)
        if format == .csv { Output.write(CSVReport.header, to: 1) }
        let failed = Mutex(0)
        let source = self.source
        let emit: @Sendable (_ line: (text: String, isFailure: Bool)) -> Void = { line in
            if line.isFailure { failed.withLock { $0 += 1 } }
            Output.write(job.format.isolatedLine(line.text), to: 1)
        }
        BatchRun(command, workers: workers).run({
            while let item = source.next() {
                switch item {
                case .release(let request, _): return request
                case .bad(let shown, let problem): emit(Self.unread(job, shown, code: "bad-line", problem))
                }
            }
            return nil
        }) { request, answer in
            emit(Self.line(job, request.path, answer))
        }
        try source.check()
        try BatchEnd.failures(failed.withLock { $0 }, of: source.count)
    }

    private static func unread(_ job: ScanJob, _ path: String, code: String, _ message: Wording) -> (
        text: String, isFailure: Bool
    ) {
        do { return (try job.unread(path, code: code, message: message).document, true) } catch {
            Output.error("openscan: \(Printable.path(path)): the report could not be written")
            return ("", true)
        }
    }

    /// Every release has a line, whatever came of it.
    private static func line(_ job: ScanJob, _ path: String, _ answer: WorkerProcess.Answer) -> (
        text: String, isFailure: Bool
    ) {
        guard let answer = try? job.answer(answer, for: path) else {
            return unread(job, path, code: "internal", "\(Printable.path(path)): the report could not be written")
        }
        guard let refusal = answer.refusal, answer.document.isEmpty else {
            return (answer.document, answer.refusal != nil)
        }
        return unread(job, path, code: "unreadable", Wording(refusal))
    }
}

extension ReleaseSource {
    /// - Throws: `Stop` where nothing came, or reading broke off.
    func check() throws(Stop) {
        if let failure { throw .unreadable(failure.message) }
        if count == 0 { throw .unreadable("no release named or found") }
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
