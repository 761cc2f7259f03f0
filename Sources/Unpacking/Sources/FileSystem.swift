import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// The few questions that are asked of the file system.
public enum FileSystem {
    /// What a path is; `other` are devices, pipes and sockets, which nobody may open.
    public enum Kind: Sendable { case file, directory, link, other }

    /// The type of a link in file modes.
    static let linkType: mode_t = S_IFLNK

    /// What a path is, without following a link.
    /// - Throws: `ReadError.system` when there is nothing or a folder above cannot be entered.
    public static func kind(_ path: String) throws(ReadError) -> Kind {
        var status = stat()
        guard lstat(path, &status) == 0 else { throw .system(operation: "find", path: path, code: errno) }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return .file
        case S_IFDIR: return .directory
        case S_IFLNK: return .link
        default: return .other
        }
    }

    /// Whether something is there, a link to nothing included.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Absolute path without links.
    public static func resolve(_ path: String) throws(ReadError) -> String {
        guard let resolved = realpath(path, nil) else { throw .system(operation: "find", path: path, code: errno) }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    static func resolveIfAny(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The folder that holds an absolute path.
    public static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// Names in a directory, without `.` and `..`; names that are not UTF-8 are left out. `nil` when it cannot be listed.
    public static func names(_ path: String) -> [String]? {
        guard let directory = opendir(path) else { return nil }
        defer { closedir(directory) }
        var out: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafePointer(to: &item.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(validatingCString: $0) }
            }
            if let name, name != ".", name != ".." { out.append(name) }
        }
        return out
    }

    /// The beginning of a small file below a folder; `nil` when it cannot be read, or when it or a folder on the way is a link.
    ///
    /// - Parameters:
    ///   - root: a folder that may be entered.
    ///   - relative: the file's path from there; `..` leads nowhere.
    ///   - limit: bytes that are read at most.
    public static func smallText(in root: String, _ relative: String, limit: Int = 4096) -> String? {
        var path = root
        let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
        for (number, part) in parts.enumerated() {
            guard !part.isEmpty, part != ".", part != ".." else { return nil }
            path += "/" + part
            guard (try? kind(path)) == (number == parts.count - 1 ? .file : .directory) else { return nil }
        }
        guard let bytes = try? FileBytes(path: path) else { return nil }
        let content = EntryContent(bytes, buffer: PrefixBuffer(capacity: 4096))
        return withExtendedLifetime(content) { (try? content.prefix(limit))?.repairedText }
    }
}
