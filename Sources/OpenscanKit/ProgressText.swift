import OpenscanBytes
import OpenscanReporting
import OpenscanScanning

/// How far a scan is, in a line.
public enum ProgressText {
    /// Files, bytes and rate, and of the current path what has room.
    /// - Parameter seconds: since the scan began.
    public static func line(_ state: ScanProgress.State, seconds: Double, width: Int) -> String {
        let files = state.listed.map { "\(state.files) of \($0) files" } ?? "\(state.files) files"
        let rate = seconds > 0 && seconds.isFinite ? Int(Double(state.bytes) / max(seconds, 0.001)) : 0
        return ShortLine.text(
            [files, ShortLine.bytes(state.bytes), ShortLine.bytes(rate) + "/s"], path: Printable.path(state.path),
            width: width - 1)
    }
}
