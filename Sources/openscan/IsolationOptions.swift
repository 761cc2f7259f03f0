import ArgumentParser
import OpenscanBytes
import OpenscanKit
import OpenscanMirror

/// Bounds of worker processes.
struct IsolationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Seconds that one release may take in a process of its own; 0 for no bound.", valueName: "s")
    )
    var timeout = 600
    @Option(
        help: ArgumentHelp(
            "Bytes of memory that such a process may have; 0 for no bound.", valueName: "bytes")) var maxMemory =
        4 << 30

    func validate() throws {
        for (name, value) in [("timeout", timeout), ("max-memory", maxMemory)] where value < 0 {
            throw ValidationError("--\(name) takes a number from 0 up.")
        }
        guard maxMemory == 0 || maxMemory >= 64 << 20 else {
            throw ValidationError("--max-memory below \(64 << 20) leaves no room to begin.")
        }
    }

    /// These options as words of a command line.
    var arguments: [String] { ["--timeout", String(timeout), "--max-memory", String(maxMemory)] }

    /// A worker that scans with these words of the command line.
    func command(_ arguments: [String]) -> WorkerProcess.Command {
        WorkerProcess.Command(
            arguments: ["openscan", "scan", "--as-worker", "--max-memory", String(maxMemory)] + arguments,
            seconds: timeout == 0 ? nil : timeout)
    }
}

extension ScanJob {
    /// What a worker's answer comes to here: a crash is an answer as well.
    func answer(_ answer: WorkerProcess.Answer, for path: String) throws -> Answer {
        switch answer {
        case .answered(let bytes):
            if let answer = Answer(bytes) { return answer }
            return try unread(
                path, code: "internal", message: "\(Printable.path(path)): the worker's answer is damaged")
        case .ended(let ending):
            return try unread(path, code: ending.code, message: "\(Printable.path(path)): \(ending.words)")
        }
    }
}

extension WorkerProcess.Ending {
    /// The word for programs.
    fileprivate var code: String {
        switch self {
        case .signal, .exit: "crashed"
        case .timeout: "timeout"
        case .start: "internal"
        }
    }
}
