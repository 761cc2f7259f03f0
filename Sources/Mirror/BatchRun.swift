import OpenscanBytes
import OpenscanKit
import Synchronization

/// Asks worker processes for many releases at a time; each answer goes out when it is there and is then forgotten.
public struct BatchRun: Sendable {
    /// What a worker is, and what it is bounded by.
    public var command: WorkerProcess.Command
    /// Releases at a time.
    public var workers: Int

    /// - Parameters:
    ///   - command: starts a worker that is asked for one path at a time.
    ///   - workers: releases at a time.
    public init(_ command: WorkerProcess.Command, workers: Int) {
        self.command = command
        self.workers = max(1, workers)
    }

    /// Asks for every release once.
    /// - Parameters:
    ///   - next: the next one, `nil` at the end; several threads ask.
    ///   - emit: gets the release and what came of it, one call at a time, in the order of the answers.
    public func run(
        _ next: @escaping @Sendable () -> BatchRequest?,
        emit: @escaping @Sendable (BatchRequest, WorkerProcess.Answer) -> Void
    ) {
        let lock = Mutex(())
        Workers.run(workers) {
            let worker = WorkerProcess(command)
            while let request = next() {
                let answer = worker.ask(request.bytes)
                lock.withLock { _ in emit(request, answer) }
            }
        }
    }
}
