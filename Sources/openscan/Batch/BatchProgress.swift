import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore
import Synchronization

/// How far a run over a mirror is: a line that is written anew on a terminal, a line a minute elsewhere.
final class BatchProgress: Sendable {
    private let count: Int
    private let begin = ContinuousClock.now
    private let isTerminal = ProgressLine.isWanted
    private let state = Mutex(State())

    private struct State {
        var lastShown: ContinuousClock.Instant?
        var isShown = false
        var current = ""
    }

    /// - Parameter count: releases in all.
    init(count: Int) { self.count = count }

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
        var line = "\(done) of \(count)"
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
