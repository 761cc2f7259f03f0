import Openness
import Reporting
import Scanning
import Synchronization
import Unpacking

/// Scans many releases on all cores; each result goes out when it is done and is then forgotten.
public struct BatchRun: Sendable {
    public struct Outcome: Sendable {
        public var read = 0
        public var failed = 0
    }

    /// What a release that could not be read comes to, as a line of the output.
    struct Failure: Encodable {
        struct Place: Encodable { let path: String }

        let release: Place
        let errors: [ReportError]
    }

    public var limits: Limits
    public var workers: Int

    public init(limits: Limits, workers: Int) {
        self.limits = limits
        self.workers = max(1, workers)
    }

    /// - Parameter emit: gets one line of JSON a release, one call at a time.
    public func run(_ paths: [String], emit: @escaping @Sendable (String) -> Void) -> Outcome {
        let next = SharedCursor(paths)
        let output = SerialOutput(emit)
        let total = Mutex(Outcome())
        Workers.run(min(workers, max(1, paths.count))) {
            while let path = next.take() {
                let (line, isRead) = self.line(path)
                output.emit(line)
                total.withLock { if isRead { $0.read += 1 } else { $0.failed += 1 } }
            }
        }
        return total.withLock { $0 }
    }

    private func line(_ path: String) -> (String, Bool) {
        do throws(ReadError) {
            let location = try ReleaseLocation.find(path)
            let facts = try ReleaseScanner(limits: limits, workers: 1).scan(location, shownPath: path)
            if let message = ReleaseCheck.refusal(facts, location) {
                return (failure(path, "unreadable", message), false)
            }
            if let line = try? JSON.text(Assessment.report(facts), isPretty: false) { return (line, true) }
            return (failure(path, "internal", "the report could not be written"), false)
        } catch {
            return (failure(path, "unreadable", error.message), false)
        }
    }

    private func failure(_ path: String, _ code: String, _ message: String) -> String {
        let shown = Printable.path(path)
        return
            (try? JSON.text(
                Failure(release: .init(path: shown), errors: [ReportError(path: shown, code: code, message: message)]),
                isPretty: false)) ?? "{}"
    }
}

/// Lets one worker at a time write.
private final class SerialOutput: Sendable {
    private let write: @Sendable (String) -> Void
    private let lock = Mutex(())

    init(_ write: @escaping @Sendable (String) -> Void) { self.write = write }

    func emit(_ line: String) { lock.withLock { _ in write(line) } }
}

/// Paths handed out one at a time.
private final class SharedCursor: Sendable {
    private let paths: [String]
    private let position = Atomic(0)

    init(_ paths: [String]) { self.paths = paths }

    func take() -> String? {
        let place = position.add(1, ordering: .relaxed).oldValue
        return place < paths.count ? paths[place] : nil
    }
}
