import GRDB
import OpenscanBytes

/// Why a store cannot be used.
public enum StoreProblem: Error, Sendable, Hashable {
    /// Another run holds it.
    case busy(path: String)
    /// The file cannot be opened, made, written to or locked.
    case unusable(path: String, reason: String)
    /// It is no store, or damaged.
    case damaged(path: String, reason: String)
    /// A later edition of the program wrote it.
    case newer(path: String)
    /// No room is left.
    case full(path: String)

    init(_ error: any Error, path: String) {
        let path = Printable.path(path)
        guard let error = error as? DatabaseError else {
            self = .unusable(path: path, reason: Printable.text("\(error)", limit: 300))
            return
        }
        let reason = error.message ?? error.resultCode.description
        switch error.resultCode.primaryResultCode {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(path: path)
        case .SQLITE_FULL: self = .full(path: path)
        case .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_MISMATCH, .SQLITE_ERROR:
            self = .damaged(path: path, reason: reason)
        default: self = .unusable(path: path, reason: reason)
        }
    }

    /// What happened and what to do.
    public var message: String {
        switch self {
        case .busy(let path):
            "\(path): another run is using this store. Wait for it to end, or give each run a store of its own and put them together with --import."
        case .unusable(let path, let reason): "\(path): \(reason)"
        case .damaged(let path, let reason):
            "\(path): no store of this program, or a damaged one (\(reason)). Move it away and run again, or take its rows over with 'sqlite3 \(path) .recover'."
        case .newer(let path): "\(path): written by a later edition of openscan; this one does not read it"
        case .full(let path):
            "\(path): no room is left on the disk. What was stored stays; make room and run again, it goes on where it stopped."
        }
    }
}
