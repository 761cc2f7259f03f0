import Dispatch
import OpenscanKit
import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// A line on a terminal that says how far a scan is. A scan that is over within a second shows none.
final class ProgressLine: Sendable {
    let progress = ScanProgress()
    private let begin = DispatchTime.now()
    private let state = Mutex(State())

    private struct State {
        var isShown = false
        var hasEnded = false
    }

    /// Whether standard error is a terminal that can take a line back.
    static var isWanted: Bool { isatty(2) == 1 && getenv("TERM").map { String(cString: $0) } != "dumb" }

    init() { schedule(.seconds(1)) }

    private func schedule(_ wait: DispatchTimeInterval) {
        DispatchQueue.global(qos: .utility).asyncAfter(deadline: .now() + wait) { [weak self] in
            guard let self, show() else { return }
            schedule(.milliseconds(250))
        }
    }

    /// Whether the scan goes on.
    private func show() -> Bool {
        let seconds = Double(DispatchTime.now().uptimeNanoseconds - begin.uptimeNanoseconds) / 1e9
        let line = ProgressText.line(progress.now, seconds: seconds, width: Output.width(of: 2))
        return state.withLock { state in
            guard !state.hasEnded else { return false }
            state.isShown = true
            Output.write("\r\u{1B}[K" + line, to: 2)
            return true
        }
    }

    /// Takes the line away.
    func end() {
        state.withLock { state in
            state.hasEnded = true
            if state.isShown { Output.write("\r\u{1B}[K", to: 2) }
        }
    }
}
