import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// The folder that `--notice` or `--bundle` names: made new, or empty before; nothing that is there is written over.
struct NoticeFolder {
    let path: String

    /// - Throws: `Stop` of a wrong call where something is there already, of a failure where writing breaks off.
    func write(_ files: [Openscan.ShippedFile]) throws(Stop) {
        let made = SystemPath.withCString(path) { mkdir($0, 0o755) }
        guard made == 0 || errno == EEXIST else { throw .usage("\(path): cannot be made: \(Self.words(errno))") }
        let folder = SystemPath.withCString(path) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard folder >= 0 else { throw .usage("\(path): cannot write there: \(Self.words(errno))") }
        defer { close(folder) }
        guard made == 0 || OpenDescriptor.isEmpty(folder: folder) else {
            throw .usage("\(path): not empty; name a new folder, as nothing is written over.")
        }
        for file in files {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = SystemPath.withCString(file.name) { openat(folder, $0, flags, 0o644) }
            guard descriptor >= 0 else { throw broken(file, errno) }
            let code = file.bytes.withUnsafeBytes { OpenDescriptor.write($0, to: descriptor) }
            let isClosed = close(descriptor) == 0
            guard code == 0, isClosed else { throw broken(file, code == 0 ? errno : code) }
        }
    }

    private func broken(_ file: Openscan.ShippedFile, _ code: Int32) -> Stop {
        Stop(code: 3, message: "\(path)/\(file.name): cannot write: \(Self.words(code))")
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
