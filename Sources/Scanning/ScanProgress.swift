import Synchronization

/// How far a scan is, for whoever watches it from another thread; it changes nothing in what is found.
public final class ScanProgress: Sendable {
    /// A look at it.
    public struct State: Sendable {
        /// Files that were begun.
        public var files = 0
        /// Files that are listed so far; `nil` where members of an archive come one after the other.
        public var listed: Int?
        /// Bytes of the files that were begun, whether they were read or only looked into.
        public var bytes = 0
        /// The file that was begun last.
        public var path = ""

        /// Nothing is begun.
        public init() {}
    }

    private let state = Mutex(State())

    /// Nothing is begun.
    public init() {}

    /// What is known now.
    public var now: State { state.withLock { $0 } }

    func list(_ count: Int) { state.withLock { $0.listed = count } }

    func begin(_ path: String, bytes: Int?) {
        state.withLock {
            $0.files += 1
            $0.bytes = $0.bytes.saturatingSum(bytes ?? 0)
            $0.path = path
        }
    }
}
