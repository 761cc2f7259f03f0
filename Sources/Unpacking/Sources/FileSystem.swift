import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// The few questions that are asked of the file system. Paths are those of `SystemPath`.
public enum FileSystem {
    /// What a path is; `other` are devices, pipes and sockets, which nobody may open.
    public enum Kind: Sendable { case file, directory, link, other }

    /// The type of a link in file modes.
    static let linkType: mode_t = S_IFLNK

    /// What a path is, without following a link.
    /// - Throws: `ReadError.system` when there is nothing or a folder above cannot be entered.
    public static func kind(_ path: String) throws(ReadError) -> Kind {
        var status = stat()
        guard SystemPath.withCString(path, { lstat($0, &status) }) == 0 else {
            throw .system(operation: "find", path: Printable.path(path), code: errno)
        }
        return RootFolder.Status(status).kind
    }

    /// Absolute path without links.
    public static func resolve(_ path: String) throws(ReadError) -> String {
        guard let resolved = resolveIfAny(path) else {
            throw .system(operation: "find", path: Printable.path(path), code: errno)
        }
        return resolved
    }

    /// The same; `nil` with `errno` set.
    static func resolveIfAny(_ path: String) -> String? {
        guard let resolved = SystemPath.withCString(path, { realpath($0, nil) }) else { return nil }
        defer { free(resolved) }
        return SystemPath.text(resolved)
    }

    /// The folder that holds an absolute path.
    public static func parent(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else { return "/" }
        return String(path[..<slash])
    }

    /// Names in a directory, without `.` and `..`. `nil` when it cannot be listed.
    public static func names(_ path: String) -> [String]? {
        guard let directory = SystemPath.withCString(path, { opendir($0) }) else { return nil }
        defer { closedir(directory) }
        return names(directory)
    }

    /// Names in an open directory, without `.` and `..`.
    static func names(_ directory: OpaquePointer) -> [String] {
        var out: [String] = []
        while let item = readdir(directory) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                SystemPath.text(UnsafeRawBufferPointer(rebasing: bytes.prefix { $0 != 0 }))
            }
            if name != ".", name != ".." { out.append(name) }
        }
        return out
    }
}
