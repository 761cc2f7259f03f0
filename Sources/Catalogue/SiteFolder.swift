import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// The folder of a site. Each file takes the place of its forerunner when it is whole; what the last site had and this one
/// has not goes at the end, and nothing else is touched.
final class SiteFolder {
    private let path: String
    private let root: Int32
    private var folders: [String: Int32] = [:]
    private var written: [String] = []
    private var old: Set<String> = []

    /// Lists the files of a site, so that the next one knows which are its own.
    static let list = "catalogue.txt"
    private static let head = "openscan catalogue 1"
    private static let temporary = ".openscan-catalogue-part"

    /// - Throws: `CatalogueProblem` where nothing can be written, or where somebody else's files are.
    init(_ path: String) throws(CatalogueProblem) {
        self.path = Printable.path(path)
        let made = SystemPath.withCString(path) { mkdir($0, 0o755) }
        guard made == 0 || errno == EEXIST else {
            throw .refused(path: Printable.path(path), reason: Self.words(errno))
        }
        root = SystemPath.withCString(path) { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard root >= 0 else { throw .refused(path: Printable.path(path), reason: Self.words(errno)) }
        if let lines = Self.read(Self.list, in: root) {
            guard lines.first == Self.head else { throw .notASite(path: self.path) }
            old = Set(lines.dropFirst().filter(Self.isOurs))
        } else if made != 0, !OpenDescriptor.isEmpty(folder: root) {
            throw .notASite(path: self.path)
        }
        // From here on the folder is known for a site, also where this run ends early.
        try save(old)
    }

    deinit {
        for folder in folders.values { close(folder) }
        close(root)
    }

    /// Writes a file.
    /// - Parameter name: the program's own, at most one folder deep.
    func write(_ name: String, _ bytes: [UInt8]) throws(CatalogueProblem) {
        let parts = name.split(separator: "/").map(String.init)
        guard let file = parts.last else { return }
        let folder = parts.count > 1 ? try folder(parts[0]) : root
        try put(file, bytes, in: folder, name: name)
        written.append(name)
    }

    /// Removes what only the last site had.
    func finish() throws(CatalogueProblem) {
        let stays = Set(written)
        for name in old.subtracting(stays).sorted() {
            let parts = name.split(separator: "/").map(String.init)
            guard let file = parts.last else { continue }
            let folder = parts.count > 1 ? try folder(parts[0]) : root
            unlinkat(folder, file, 0)
        }
        try save(stays)
    }

    private func save(_ names: Set<String>) throws(CatalogueProblem) {
        let text = ([Self.head] + names.sorted()).joined(separator: "\n") + "\n"
        try put(Self.list, Array(text.utf8), in: root, name: Self.list)
    }

    private func folder(_ name: String) throws(CatalogueProblem) -> Int32 {
        if let folder = folders[name] { return folder }
        guard mkdirat(root, name, 0o755) == 0 || errno == EEXIST else { throw broken(name, errno) }
        let folder = openat(root, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        guard folder >= 0 else { throw broken(name, errno) }
        folders[name] = folder
        return folder
    }

    /// Writes beside and puts in its place: a link that stands there is replaced, never followed.
    private func put(_ file: String, _ bytes: [UInt8], in folder: Int32, name: String) throws(CatalogueProblem) {
        unlinkat(folder, Self.temporary, 0)
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        let descriptor = openat(folder, Self.temporary, flags, 0o644)
        guard descriptor >= 0 else { throw broken(name, errno) }
        var code = bytes.withUnsafeBytes { OpenDescriptor.write($0, to: descriptor) }
        if close(descriptor) != 0, code == 0, errno != EINTR { code = errno }
        if code == 0, renameat(folder, Self.temporary, folder, file) != 0 { code = errno }
        guard code == 0 else {
            unlinkat(folder, Self.temporary, 0)
            throw broken(name, code)
        }
    }

    private func broken(_ name: String, _ code: Int32) -> CatalogueProblem {
        .broken(path: "\(path)/\(name)", reason: Self.words(code))
    }

    /// A name that a site may have: a list that somebody changed removes nothing else.
    private static func isOurs(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2 else { return false }
        if parts.count == 2, parts[0] != "data", parts[0] != "dossiers" { return false }
        guard let file = parts.last, let dot = file.lastIndex(of: ".") else { return false }
        let isPlain = file[..<dot].utf8.allSatisfy { byte in
            byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z")
                || byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
                || byte == UInt8(ascii: "-")
        }
        return isPlain && dot != file.startIndex && ["html", "js", "css"].contains(file[file.index(after: dot)...])
    }

    /// Lines of a file; `nil` where there is none.
    private static func read(_ name: String, in folder: Int32) -> [String]? {
        let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        // A name takes some 30 bytes: so many no site has.
        while bytes.count < 1 << 28 {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}
