import Dispatch
import Synchronization

/// Runs work on several threads and waits for all. Threads rather than tasks: a program whose main is asynchronous pays
/// for the unwinding of its first thread, ten times what a small scan costs.
public enum Workers {
    /// Runs `work` `count` times at once and returns when all are done; where `count` is 1 or less, once and on the
    /// caller's thread.
    public static func run(_ count: Int, _ work: @Sendable () -> Void) {
        guard count > 1 else { return work() }
        DispatchQueue.concurrentPerform(iterations: count) { _ in work() }
    }
}

/// A counter that workers share.
final class SharedCounter: Sendable {
    private let value = Atomic(0)

    func take() -> Int? { value.add(1, ordering: .relaxed).oldValue }
}
