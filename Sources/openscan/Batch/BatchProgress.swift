import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore
import Synchronization

/// How far a run over a mirror is: a line that is written anew on a terminal, a line a minute elsewhere.
final class BatchProgress: Sendable {
    /// Releases in all; 0 until they are counted.
    private let total = Atomic(0)
    private let begin = ContinuousClock.now
    private let isTerminal = ProgressLine.isWanted
    private let state = Mutex(State())

    private struct State {
        var lastShown: ContinuousClock.Instant?
        var isShown = false
        var current = ""
    }

    /// - Parameter directory: is gone through meanwhile, so that it can be said how much is left.
    init(directory: String?) {
        // Where nobody watches, what is left is not worth a second search.
        guard isTerminal, let directory else { return }
        DispatchQueue.global(qos: .utility).async { [weak self] in
            var count = 0
            try? Discovery().releases(under: directory) { _ in
                count += 1
                return self != nil
            }
            self?.total.store(count, ordering: .relaxed)
        }
    }

    func tell(_ event: MirrorRun.Event, _ counts: StoreRun.Counts) {
        let now = ContinuousClock.now
        state.withLock { state in
            if case .began(let path) = event { state.current = path }
            let wait: Duration = isTerminal ? .milliseconds(250) : .seconds(60)
            guard now - (state.lastShown ?? begin) >= wait else { return }
            state.lastShown = now
            let line = text(counts, seconds: (now - begin) / .seconds(1), current: state.current)
            if isTerminal {
                state.isShown = true
                let width = Output.width(of: 2)
                Output.write("\r\u{1B}[K" + Printable.text(line, limit: width - 1), to: 2)
            } else {
                Output.error("openscan: " + line)
            }
        }
    }

    private func text(_ counts: StoreRun.Counts, seconds: Double, current: String) -> String {
        let done = counts.read + counts.unchanged
        let rate = seconds > 0 ? Double(done) / seconds : 0
        let count = total.load(ordering: .relaxed)
        var line = count > 0 ? "\(done) of \(count)" : "\(done) releases"
        if counts.failed > 0 { line += ", \(counts.failed) failed" }
        line += rate >= 10 ? ", \(Int(rate))/s" : ", \(Int(rate * 60))/min"
        if rate > 0, done < count { line += ", " + Self.time(Double(count - done) / rate) + " left" }
        return current.isEmpty ? line : line + "  " + String(Entry.name(of: current))
    }

    private static func time(_ seconds: Double) -> String {
        let seconds = Int(min(seconds, 1e8).rounded(.up))
        if seconds < 120 { return "\(seconds) s" }
        if seconds < 7200 { return "\(seconds / 60) min" }
        return "\(seconds / 3600) h \(seconds / 60 % 60) min"
    }

    /// Takes the line away.
    func end() {
        state.withLock { state in
            if state.isShown { Output.write("\r\u{1B}[K", to: 2) }
        }
    }
}
