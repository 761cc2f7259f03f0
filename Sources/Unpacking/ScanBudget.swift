import OpenscanFacts
import Synchronization

/// What one scan may still spend, shared by its workers.
public final class ScanBudget: Sendable {
    /// What it began with, and the limits that are not used up.
    public let limits: Limits
    private let entriesLeft: Atomic<Int>
    private let expandedLeft: Atomic<Int>

    /// - Parameter limits: bounds for the whole scan, however many workers share them.
    public init(_ limits: Limits) {
        self.limits = limits
        entriesLeft = Atomic(limits.entries)
        expandedLeft = Atomic(limits.expandedBytes)
    }

    /// Takes one entry; `false` when none is left.
    func takeEntry() -> Bool {
        entriesLeft.subtract(1, ordering: .relaxed).newValue >= 0
    }

    /// Takes expanded bytes; `false` when the limit is reached.
    func takeExpanded(_ count: Int) -> Bool {
        expandedLeft.subtract(count, ordering: .relaxed).newValue >= 0
    }
}
