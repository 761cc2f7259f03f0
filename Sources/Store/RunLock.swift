import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// One run at a time writes to a store. The system lets go of it however a run ends.
///
/// A file beside the store is locked, never the store: closing a file gives up all of SQLite's own locks on it.
final class RunLock: Sendable {
    private let descriptor: Int32

    /// - Throws: `StoreProblem.busy` where another run has it.
    init(store path: String) throws(StoreProblem) {
        let lock = path + "-lock"
        descriptor = SystemPath.withCString(lock) { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644) }
        guard descriptor >= 0 else {
            throw .unusable(
                path: Printable.path(path),
                reason: "cannot make \(Printable.path(lock)): \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            if code == EWOULDBLOCK { throw .busy(path: Printable.path(path)) }
            throw .unusable(path: Printable.path(path), reason: "cannot lock: \(String(cString: strerror(code)))")
        }
    }

    deinit { close(descriptor) }
}
