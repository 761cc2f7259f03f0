import COpenscanSystem
import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// A process of this program that answers requests one after the other. Whatever a request does to it, the caller gets an answer
/// and goes on; the next request finds a new process. For one thread at a time.
public final class WorkerProcess {
    /// What is started, and its bounds.
    public struct Command: Sendable {
        /// The program; the one that is running by default.
        public var executable = "/proc/self/exe"
        /// Its arguments, its name first.
        public var arguments: [String]
        /// Seconds that an answer may take; `nil` for no bound.
        public var seconds: Int?

        /// A command of the running program.
        public init(arguments: [String], seconds: Int?) {
            self.arguments = arguments
            self.seconds = seconds
        }
    }

    /// What came of a request.
    public enum Answer: Sendable, Equatable {
        case answered([UInt8])
        case ended(Ending)
    }

    /// How a process ended that owed an answer.
    public enum Ending: Sendable, Equatable {
        case signal(Int32)
        case exit(Int32)
        /// It was stopped after so many seconds.
        case timeout(Int)
        /// The system's error number where no process could be started.
        case start(Int32)

        /// Whether the release itself brought it about. Who stops a process from outside, or has none to give, says nothing of what it
        /// was reading: that is worth another try.
        var isOfTheRelease: Bool {
            switch self {
            case .signal(let number): ![SIGKILL, SIGTERM, SIGINT, SIGHUP, SIGQUIT].contains(number)
            case .exit, .timeout: true
            case .start: false
            }
        }

        /// What happened, for the release's line.
        public var words: Wording {
            switch self {
            case .signal(let number):
                "the scan was ended by signal \(number) (\(String(cString: strsignal(number)))); nothing of it is reported"
            case .exit(let code): "the scan ended early with exit code \(code); nothing of it is reported"
            case .timeout(let seconds):
                "the scan took more than \(seconds) s and was stopped; nothing of it is reported"
            case .start(let code): "no process could be started: \(String(cString: strerror(code)))"
            }
        }
    }

    private struct Process {
        let id: pid_t
        let channel: Int32
    }

    private let command: Command
    private var process: Process?

    /// A process that is started with the first request.
    public init(_ command: Command) { self.command = command }

    deinit { finish() }

    /// Sends a request and waits for its answer.
    public func ask(_ request: [UInt8]) -> Answer {
        if process == nil {
            let code = start()
            guard code == 0 else { return .ended(.start(code)) }
        }
        guard let process else { return .ended(.start(ECHILD)) }
        let deadline = command.seconds.map { Deadline(seconds: $0) }
        if Frame.write(request, to: process.channel),
            let answer = Frame.read(from: process.channel, before: deadline)
        {
            return .answered(answer)
        }
        let isLate = deadline?.hasPassed ?? false
        if isLate { kill(process.id, SIGKILL) }
        let ending = wait(process)
        return .ended(isLate ? .timeout(command.seconds ?? 0) : ending)
    }

    /// 0, or the system's error number.
    private func start() -> Int32 {
        var arguments: [UnsafeMutablePointer<CChar>?] = command.arguments.map { word in
            SystemPath.withCString(word) { strdup($0) }
        }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        var channel: Int32 = -1
        let id = SystemPath.withCString(command.executable) { openscan_start($0, arguments, &channel) }
        guard id > 0 else { return -id }
        process = Process(id: id, channel: channel)
        return 0
    }

    /// Lets the process go and says how it ended.
    private func wait(_ process: Process) -> Ending {
        close(process.channel)
        self.process = nil
        var status: Int32 = 0
        while waitpid(process.id, &status, 0) < 0 {
            guard errno == EINTR else { return .exit(-1) }
        }
        // As <sys/wait.h> takes a status apart.
        let signal = status & 0x7F
        return signal == 0 ? .exit(status >> 8 & 0xFF) : .signal(signal)
    }

    private func finish() {
        guard let process else { return }
        _ = wait(process)
    }
}
