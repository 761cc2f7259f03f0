import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// The file that `-o` names. A regular file is replaced as a whole or left as it was, with its mode and owner; a pipe, a device
/// and a link to nothing are written into.
struct OutputFile {
    let path: String

    /// - Throws: `Stop` of a wrong call where nothing can be opened there, of a failure where writing breaks off.
    func save(_ text: String) throws(Stop) {
        var old = stat()
        guard SystemPath.withCString(path, { stat($0, &old) }) == 0 else {
            let code = errno
            guard code == ENOENT else { throw refused(code) }
            var link = stat()
            if SystemPath.withCString(path, { lstat($0, &link) }) == 0 { return try create(text) }
            return try replace(path, text, old: nil)
        }
        switch old.st_mode & S_IFMT {
        case S_IFDIR: throw Stop.usage("\(path): a folder; name the file in it that gets the report.")
        case S_IFREG:
            guard let target = SystemPath.withCString(path, { realpath($0, nil) }) else { throw refused(errno) }
            defer { free(target) }
            try replace(SystemPath.text(target), text, old: old)
        default: try write(text, O_WRONLY)
        }
    }

    private func refused(_ code: Int32) -> Stop { .usage("\(path): cannot write there: \(words(code))") }
    private func broken(_ code: Int32) -> Stop { Stop(code: 3, message: "\(path): cannot write: \(words(code))") }
    private func words(_ code: Int32) -> String { String(cString: strerror(code)) }

    /// Writes into what is there.
    private func write(_ text: String, _ flags: Int32) throws(Stop) {
        let descriptor = SystemPath.withCString(path) { open($0, flags | O_CLOEXEC | O_NOCTTY, 0o644) }
        guard descriptor >= 0 else { throw refused(errno) }
        let code = finish(text, descriptor)
        guard code == 0 else { throw broken(code) }
    }

    /// Makes the file that a link to nothing names.
    private func create(_ text: String) throws(Stop) {
        do throws(Stop) { try write(text, O_WRONLY | O_CREAT) } catch {
            if error.code == 3, let target = SystemPath.withCString(path, { realpath($0, nil) }) {
                unlink(target)
                free(target)
            }
            throw error
        }
    }

    /// Writes a file beside `target` and puts it in its place.
    private func replace(_ target: String, _ text: String, old: stat?) throws(Stop) {
        let folder = target.lastIndex(of: "/").map { String(target[...$0]) } ?? ""
        let temporary = folder + ".openscan-\(getpid())-report"
        let mode: mode_t = old == nil ? 0o644 : 0o600
        let descriptor = SystemPath.withCString(temporary) { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        guard descriptor >= 0 else {
            let code = errno
            // A file may be open to writing in a folder that is not.
            guard old != nil, code == EACCES || code == EPERM || code == EROFS else { throw refused(code) }
            return try write(text, O_WRONLY | O_TRUNC)
        }
        if let old, !keep(old, descriptor) {
            // Another one in its place would be somebody else's.
            close(descriptor)
            remove(temporary)
            return try write(text, O_WRONLY | O_TRUNC)
        }
        var code = finish(text, descriptor)
        if code == 0 {
            let moved = SystemPath.withCString(temporary) { old in SystemPath.withCString(target) { rename(old, $0) } }
            if moved != 0 { code = errno }
        }
        guard code == 0 else {
            remove(temporary)
            throw broken(code)
        }
    }

    private func remove(_ path: String) { _ = SystemPath.withCString(path) { unlink($0) } }

    /// Gives the new file the owner and mode of the old one.
    private func keep(_ old: stat, _ descriptor: Int32) -> Bool {
        var new = stat()
        guard fstat(descriptor, &new) == 0 else { return false }
        if new.st_uid != old.st_uid || new.st_gid != old.st_gid, fchown(descriptor, old.st_uid, old.st_gid) != 0 {
            return false
        }
        return fchmod(descriptor, old.st_mode & 0o7777) == 0
    }

    /// Writes and closes; the first error number, or 0.
    private func finish(_ text: String, _ descriptor: Int32) -> Int32 {
        let code = Output.writeAll(text, to: descriptor)
        let isClosed = close(descriptor) == 0 || errno == EINTR
        return code != 0 ? code : isClosed ? 0 : errno
    }
}
