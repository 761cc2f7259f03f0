import OpenscanBytes
import OpenscanKit
import OpenscanStore
import Synchronization

/// Keeps a store in step with a mirror: looks at every release, has those read that changed, and notes those that are gone.
/// Whatever ends it, what was kept stays, and the next run goes on with the rest.
public struct MirrorRun: Sendable {
    /// What a worker made of a release.
    public struct Reading: Sendable {
        /// For the store.
        public var scanned: ScannedRelease
        /// For standard output; empty where nobody asked for it.
        public var document: String

        /// - Parameters:
        ///   - scanned: for the store.
        ///   - document: for standard output.
        public init(scanned: ScannedRelease, document: String) {
            self.scanned = scanned
            self.document = document
        }
    }

    /// What somebody who watches is told.
    public enum Event: Sendable {
        case unchanged(String)
        case began(String)
        case kept(String, Reading)
    }

    private let command: WorkerProcess.Command
    private let workers: Int
    private let bounds: ReadingBounds
    private let read: @Sendable (String, WorkerProcess.Answer) -> Reading

    /// - Parameters:
    ///   - command: starts a worker.
    ///   - workers: releases at a time.
    ///   - bounds: what was read within other ones is read again.
    ///   - read: makes sense of a worker's answer.
    public init(
        _ command: WorkerProcess.Command, workers: Int, bounds: ReadingBounds,
        read: @escaping @Sendable (String, WorkerProcess.Answer) -> Reading
    ) {
        self.command = command
        self.workers = max(1, workers)
        self.bounds = bounds
        self.read = read
    }

    /// Why a run ended.
    public enum End: Sendable, Equatable {
        case finished
        /// It was asked to; releases that were not looked at stay as they are.
        case stopped
    }

    /// Looks at releases until there are no more, or until it is asked to stop.
    /// - Parameters:
    ///   - next: the next release's path, `nil` at the end; called by one thread at a time.
    ///   - mayGoOn: asked before each release.
    ///   - watch: told what happens, by one thread at a time.
    /// - Throws: the first `StoreProblem`; nothing is begun after it.
    public func run(
        _ run: StoreRun, next: @escaping @Sendable () -> BatchRequest?, mayGoOn: @escaping @Sendable () -> Bool,
        readsAll: Bool = false, seen: SeenReleases, watch: @escaping @Sendable (Event, StoreRun.Counts) -> Void
    ) throws(StoreProblem) -> End {
        let shared = Shared(run)
        let source = Mutex(next)
        let wasStopped = Atomic(false)
        Workers.run(workers) {
            let worker = WorkerProcess(command)
            while !shared.hasFailed {
                guard mayGoOn() else {
                    wasStopped.store(true, ordering: .relaxed)
                    return
                }
                guard let request = source.withLock({ $0() }) else { return }
                let path = request.path
                let signature = ReleaseSignature.of(path).map(bounds.signature)
                let known = shared.with { run throws(StoreProblem) in try run.known(path) } ?? nil
                if let known {
                    seen.insert(known.id)
                    if !readsAll, let signature, signature.isOf(known.signature), shared.isCurrent(known) {
                        shared.tell { run in
                            run.skip()
                            watch(.unchanged(path), run.counts)
                        }
                        continue
                    }
                }
                shared.tell { watch(.began(path), $0.counts) }
                let answer = worker.ask(request.bytes)
                let reading = read(path, answer)
                let delivery = StoreRun.Delivery(
                    location: path, signature: signature?.after(answer), scanned: reading.scanned)
                shared.keep(delivery, seen: seen) { watch(.kept(path, reading), $0) }
            }
        }
        if let problem = shared.problem { throw problem }
        return wasStopped.load(ordering: .relaxed) ? .stopped : .finished
    }
}

/// Numbers of releases that were met: a bit each.
public final class SeenReleases: Sendable {
    private let words = Mutex<[UInt64]>([])

    /// None yet.
    public init() {}

    /// Notes one.
    public func insert(_ id: Int64) {
        guard id >= 0, let place = Int(exactly: id >> 6) else { return }
        words.withLock { words in
            while words.count <= place { words.append(0) }
            words[place] |= 1 << UInt64(id & 63)
        }
    }

    /// Whether one was noted.
    public func contains(_ id: Int64) -> Bool {
        guard id >= 0, let place = Int(exactly: id >> 6) else { return false }
        return words.withLock { place < $0.count && $0[place] & 1 << UInt64(id & 63) != 0 }
    }
}

/// A run that several threads use in turn.
private final class Shared: @unchecked Sendable {
    // Unchecked because the run is for one thread at a time, which the lock sees to.
    private let run: StoreRun
    private let lock = Mutex<StoreProblem?>(nil)

    init(_ run: StoreRun) { self.run = run }

    var problem: StoreProblem? { lock.withLock { $0 } }
    var hasFailed: Bool { problem != nil }

    /// `nil` where the store cannot be used any more.
    func with<Value>(_ body: (StoreRun) throws(StoreProblem) -> Value) -> Value? {
        lock.withLock { problem in
            guard problem == nil else { return nil }
            do throws(StoreProblem) { return try body(run) } catch {
                problem = error
                return nil
            }
        }
    }

    func isCurrent(_ known: StoreRun.Known) -> Bool { lock.withLock { _ in run.isCurrent(known) } }
    func tell(_ body: (StoreRun) -> Void) { lock.withLock { _ in body(run) } }

    func keep(_ delivery: StoreRun.Delivery, seen: SeenReleases, then tell: (StoreRun.Counts) -> Void) {
        _ = with { run throws(StoreProblem) in
            seen.insert(try run.keep(delivery))
            tell(run.counts)
        }
    }
}
