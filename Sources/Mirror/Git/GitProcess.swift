import COpenscanSystem
import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// What git does not do, and why.
public enum GitProblem: Error, Sendable, Hashable {
    /// git cannot be started.
    case notStarted(Int32)
    /// It ended with an error.
    case failed(command: String, path: String)
    /// No commit has this name.
    case noRevision(String)
    /// It says something that this program does not understand.
    case garbled
    /// A file for its objects cannot be written.
    case notWritten(Int32)
    /// More than the limits allow.
    case tooMuch

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .notStarted(let code): "git cannot be started (\(String(cString: strerror(code)))); install it"
        case .failed(let command, let path):
            "\(path): git \(command) failed; name a checkout or repository that belongs to you"
        case .noRevision(let name): "\(name): no commit, tag or branch has this name"
        case .garbled: "git answered in a form that is not known here"
        case .notWritten(let code): "what git holds cannot be written down: \(String(cString: strerror(code)))"
        case .tooMuch: "more files or bytes in the revision than the limits allow"
        }
    }
}

/// A run of git that only reads objects. A repository may be anybody's: its hooks, pagers, helpers and transports are
/// off, nothing is fetched, and git's own check of whose repository it is stays on.
final class GitProcess {
    private let id: pid_t
    private let channel: Int32
    private var buffer: [UInt8] = []
    private var start = 0

    /// Settings that a repository's own configuration cannot undo.
    private static let settings = [
        "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat", "core.attributesFile=/dev/null",
        "protocol.allow=never", "log.showSignature=false", "core.commitGraph=false", "gc.auto=0",
        "credential.helper=", "core.askPass=", "core.sshCommand=false", "diff.external=",
    ]
    private static let environment = [
        "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=/nonexistent", "LC_ALL=C", "GIT_CONFIG_NOSYSTEM=1",
        "GIT_CONFIG_GLOBAL=/dev/null", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_NO_REPLACE_OBJECTS=1",
        "GIT_NO_LAZY_FETCH=1", "GIT_ATTR_NOSYSTEM=1", "GIT_PAGER=cat", "GIT_ASKPASS=false", "GIT_ALLOW_PROTOCOL=",
    ]

    init(_ repository: String, _ words: [String]) throws(GitProblem) {
        let options = Self.settings.flatMap { ["-c", $0] }
        let call = ["git", "--no-pager", "--no-optional-locks", "-C", repository] + options + words
        var arguments: [UnsafeMutablePointer<CChar>?] = call.map { SystemPath.withCString($0) { strdup($0) } }
        var environment: [UnsafeMutablePointer<CChar>?] = Self.environment.map { strdup($0) }
        arguments.append(nil)
        environment.append(nil)
        defer { for pointer in arguments + environment { free(pointer) } }
        var channel: Int32 = -1
        id = openscan_start_other("git", arguments, environment, &channel)
        guard id > 0 else { throw .notStarted(-id) }
        self.channel = channel
    }

    deinit {
        close(channel)
        _ = waitForEnd()
    }

    private var isWaitedFor = false

    /// The exit code; -1 for a signal.
    private func waitForEnd() -> Int32 {
        guard !isWaitedFor else { return 0 }
        isWaitedFor = true
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0 { guard errno == EINTR else { return -1 } }
        return status & 0x7F == 0 ? status >> 8 & 0xFF : -1
    }

    /// Says that nothing more is asked.
    func finishAsking() { shutdown(channel, Int32(SHUT_WR)) }

    func ask(_ line: String) -> Bool {
        Array((line + "\n").utf8).withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count, let base = bytes.baseAddress {
                let sent = send(channel, base + done, bytes.count - done, Int32(MSG_NOSIGNAL))
                if sent < 0, errno == EINTR { continue }
                guard sent > 0 else { return false }
                done += sent
            }
            return true
        }
    }

    /// Fills the buffer again; `false` at the end.
    private func fill() -> Bool {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        var block = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let got = block.withUnsafeMutableBytes { Glibc.read(channel, $0.baseAddress, $0.count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { return false }
            buffer += block[..<got]
            return true
        }
    }

    /// What stands before a byte; `nil` at the end, and for more than a path can have.
    func read(until end: UInt8, most: Int = 1 << 16) -> [UInt8]? {
        var searched = start
        while true {
            if let place = buffer[searched...].firstIndex(of: end) {
                defer { start = place + 1 }
                return Array(buffer[start..<place])
            }
            searched = buffer.count
            guard buffer.count - start <= most else { return nil }
            let left = searched - start
            guard fill() else { return nil }
            searched = left
        }
    }

    /// Hands on so many bytes, in pieces; `false` where there are fewer.
    func read(_ count: Int, _ take: (ArraySlice<UInt8>) throws(GitProblem) -> Void) throws(GitProblem) -> Bool {
        var left = count
        while left > 0 {
            if start == buffer.count {
                buffer.removeAll(keepingCapacity: true)
                start = 0
                guard fill() else { return false }
            }
            let piece = buffer[start..<min(buffer.count, start + left)]
            try take(piece)
            start += piece.count
            left -= piece.count
        }
        return true
    }

    /// Everything that a call says, where it ends well.
    static func output(_ repository: String, _ words: [String], most: Int = 64 << 20) throws(GitProblem) -> [UInt8]? {
        let process = try GitProcess(repository, words)
        process.finishAsking()
        while process.fill() { guard process.buffer.count <= most else { throw .tooMuch } }
        return process.waitForEnd() == 0 ? process.buffer : nil
    }
}
