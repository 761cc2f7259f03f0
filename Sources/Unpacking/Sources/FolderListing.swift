import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// What a folder holds, by one reading of it: the system is asked for a name only where the folder does not say what it is.
public struct FolderListing: Sendable {
    /// A name in the folder.
    public struct Item: Sendable, Hashable {
        /// For `SystemPath`.
        public let name: String
        /// What it is; a link is not followed.
        public let kind: FileSystem.Kind
    }

    /// Sorted by the bytes of the names.
    public let items: [Item]
    /// Whether there are more than were taken; which ones is chance.
    public let isCut: Bool

    /// The names alone.
    public var names: [String] { items.map(\.name) }

    /// What a name stands for, `nil` where there is none.
    public subscript(_ name: String) -> FileSystem.Kind? {
        var (low, high) = (0, items.count)
        while low < high {
            let middle = low + (high - low) / 2
            if items[middle].name.utf8.lexicographicallyPrecedes(name.utf8) { low = middle + 1 } else { high = middle }
        }
        return low < items.count && items[low].name == name ? items[low].kind : nil
    }

    /// - Parameters:
    ///   - path: a folder; where it has become a link it is refused.
    ///   - most: names that are taken.
    /// - Throws: `ReadError.system` when it cannot be listed.
    public init(_ path: String, most: Int) throws(ReadError) {
        let descriptor = SystemPath.withCString(path) { open($0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) }
        guard descriptor >= 0, let directory = fdopendir(descriptor) else {
            let code = errno
            if descriptor >= 0 { close(descriptor) }
            throw .system(operation: "list", path: Printable.path(path), code: code)
        }
        defer { closedir(directory) }
        var found: [Item] = []
        var isCut = false
        while let item = readdir(directory) {
            let name = withUnsafeBytes(of: &item.pointee.d_name) { bytes in
                SystemPath.text(UnsafeRawBufferPointer(rebasing: bytes.prefix { $0 != 0 }))
            }
            if name == "." || name == ".." { continue }
            guard found.count < most else {
                isCut = true
                break
            }
            found.append(Item(name: name, kind: Self.kind(Int32(item.pointee.d_type), name, descriptor)))
        }
        found.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        items = found
        self.isCut = isCut
    }

    private static func kind(_ type: Int32, _ name: String, _ folder: Int32) -> FileSystem.Kind {
        switch type {
        case Int32(DT_DIR): return .directory
        case Int32(DT_REG): return .file
        case Int32(DT_LNK): return .link
        case Int32(DT_UNKNOWN):
            var status = stat()
            let found = SystemPath.withCString(name) { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }
            return found == 0 ? RootFolder.Status(status).kind : .other
        default: return .other
        }
    }
}
