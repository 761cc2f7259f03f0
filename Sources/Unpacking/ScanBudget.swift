import OpenscanFacts
import Synchronization

/// What one scan may still spend, shared by its workers.
public final class ScanBudget: Sendable {
    /// What it began with, and the limits that are not used up.
    public let limits: Limits
    private let entriesLeft: Atomic<Int>
    private let expandedLeft: Atomic<Int>
    private let textLeft: Atomic<Int>
    private let namesLeft: Atomic<Int>
    private let refusals = Atomic(0)
    /// When no further file is read.
    private let end: ContinuousClock.Instant?

    /// - Parameter limits: bounds for the whole scan, however many workers share them.
    public init(_ limits: Limits) {
        self.limits = limits
        entriesLeft = Atomic(limits.entries)
        expandedLeft = Atomic(limits.expandedBytes)
        textLeft = Atomic(limits.totalTextBytes)
        namesLeft = Atomic(Self.mostNames)
        end = limits.seconds.map { ContinuousClock.now.advanced(by: .seconds($0)) }
    }

    /// What is left of another one, to be spent apart from it.
    public init(copying other: ScanBudget) {
        limits = other.limits
        entriesLeft = Atomic(other.entriesLeft.load(ordering: .relaxed))
        expandedLeft = Atomic(other.expandedLeft.load(ordering: .relaxed))
        textLeft = Atomic(other.textLeft.load(ordering: .relaxed))
        namesLeft = Atomic(other.namesLeft.load(ordering: .relaxed))
        end = other.end
    }

    /// Whether something was asked for that was no longer there: then it depends on their order what workers got.
    public var hasRefused: Bool { refusals.load(ordering: .relaxed) > 0 }

    /// Takes one entry; `false` when none is left.
    func takeEntry() -> Bool { granted(entriesLeft.subtract(1, ordering: .relaxed).newValue >= 0) }

    /// Takes expanded bytes; `false` when the limit is reached.
    func takeExpanded(_ count: Int) -> Bool {
        granted(expandedLeft.subtract(count, ordering: .relaxed).newValue >= 0)
    }

    /// Whether so much text could be taken.
    public func hasText(_ count: Int) -> Bool { granted(textLeft.load(ordering: .relaxed) >= count) }

    /// Takes text that is about to be read; `false`, and nothing taken, when less is left. A shorter one may still be had.
    public func takeText(_ count: Int) -> Bool {
        let isLeft = textLeft.subtract(count, ordering: .relaxed).newValue >= 0
        if !isLeft { textLeft.add(count, ordering: .relaxed) }
        return granted(isLeft)
    }

    /// Names of tensors that are held of all files, eight bytes each: several times as many as the largest models have.
    private static let mostNames = 2_000_000

    /// Takes room for the names of a file's tensors; `false`, and nothing taken, when less is left.
    public func takeNames(_ count: Int) -> Bool {
        let isLeft = namesLeft.subtract(count, ordering: .relaxed).newValue >= 0
        if !isLeft { namesLeft.add(count, ordering: .relaxed) }
        return granted(isLeft)
    }

    /// Whether the time is not used up.
    public var hasTime: Bool { end.map { ContinuousClock.now < $0 } ?? true }

    private func granted(_ isGranted: Bool) -> Bool {
        if !isGranted { refusals.add(1, ordering: .relaxed) }
        return isGranted
    }
}
