import OpenscanBytes
import OpenscanKit
import Synchronization

/// Scans many releases on all cores; each result goes out when it is done and is then forgotten.
public struct BatchRun: Sendable {
    /// How many releases came to what.
    public struct Outcome: Sendable {
        /// Releases with a report.
        public var read = 0
        /// Releases with a line that says why there is none.
        public var failed = 0
    }

    /// What a release that could not be read comes to, as a line of the output.
    struct Failure: Encodable {
        struct Place: Encodable { let path: String }

        let release: Place
        let errors: [ReleaseFacts.ReadProblem]
    }

    /// Bounds on what is read of each release.
    public var limits: Limits
    /// Releases at a time.
    public var workers: Int
    private let openscan: Openscan

    /// - Parameters:
    ///   - openscan: the analyser.
    ///   - limits: bounds on what is read of each release.
    ///   - workers: releases at a time.
    public init(_ openscan: Openscan, limits: Limits, workers: Int) {
        self.openscan = openscan
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
        do throws(ScanRefusal) {
            let dossier = try openscan.scan(path, limits: limits)
            if let line = try? JSON.text(openscan.report(dossier), isPretty: false) { return (line, true) }
            return (failure(path, "internal", "the report could not be written"), false)
        } catch {
            return (failure(path, "unreadable", error.message), false)
        }
    }

    private func failure(_ path: String, _ code: String, _ message: String) -> String {
        let shown = Printable.path(path)
        return
            (try? JSON.text(
                Failure(
                    release: .init(path: shown),
                    errors: [ReleaseFacts.ReadProblem(path: shown, code: code, message: message)]),
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
