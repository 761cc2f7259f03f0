import COpenscanSystem
import OpenscanBytes

#if canImport(Glibc)
    import Glibc
#endif

/// A folder that was opened once, and from which everything below it is opened: never by a path from the file system's root, and
/// never through a link. Whoever changes a folder into a link meanwhile gets an error into the report, not another folder's files.
public final class RootFolder: Sendable {
    /// What a name in a folder stands for.
    struct Status {
        let kind: FileSystem.Kind
        let size: Int

        init(_ status: stat) {
            switch status.st_mode & S_IFMT {
            case S_IFREG: kind = .file
            case S_IFDIR: kind = .directory
            case S_IFLNK: kind = .link
            default: kind = .other
            }
            size = Int(status.st_size)
        }
    }

    /// Where a link leads.
    enum Target {
        /// A path below this folder, without links.
        case inside(String, Status)
        case outside
        /// The system's error number: nothing there, links in a circle, or refused.
        case broken(Int32)
    }

    /// Where it is, without links.
    let path: String
    private let descriptor: Int32
    private let asksKernel: Bool
    private static let placeFlags = openscan_place_only() | O_DIRECTORY | O_CLOEXEC

    /// - Parameters:
    ///   - path: absolute, without links.
    ///   - usesOpenat2: whether the kernel's own check may be used where it has one.
    /// - Throws: `ReadError.system` when it cannot be opened.
    init(_ path: String, usesOpenat2: Bool = true) throws(ReadError) {
        self.path = path
        descriptor = SystemPath.withCString(path) { Glibc.open($0, Self.placeFlags | O_NOFOLLOW) }
        guard descriptor >= 0 else { throw .system(operation: "open", path: Printable.path(path), code: errno) }
        let probe = usesOpenat2 ? openscan_open_beneath(descriptor, ".", Self.placeFlags) : -1
        asksKernel = probe >= 0
        if probe >= 0 { close(probe) }
    }

    deinit { close(descriptor) }

    /// A file below, opened without passing a link.
    /// - Parameters:
    ///   - relative: its path from here; empty parts, `.` and `..` are refused.
    ///   - shownAs: the path in errors.
    public func file(_ relative: String, shownAs: String) throws(ReadError) -> FileBytes {
        let opened = open(relative, FileBytes.openingFlags)
        guard opened >= 0 else { throw .system(operation: "open", path: shownAs, code: errno) }
        return try FileBytes(descriptor: opened, shownAs: shownAs)
    }

    /// A folder below, to be listed; this one where `relative` is empty. The caller closes it. Negative with `errno` set.
    func folder(_ relative: String) -> Int32 {
        relative.isEmpty
            ? openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            : open(relative, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }

    private func open(_ relative: String, _ flags: Int32) -> Int32 {
        if asksKernel {
            let opened = SystemPath.withCString(relative) { openscan_open_beneath(descriptor, $0, flags) }
            // A path may be longer than one call takes.
            if opened >= 0 || errno != ENAMETOOLONG && errno != ENOSYS { return opened }
        }
        return openStepwise(relative, flags)
    }

    /// One folder after the other, each refused when it is a link.
    private func openStepwise(_ relative: String, _ flags: Int32) -> Int32 {
        let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
        var folder = descriptor
        for (number, part) in parts.enumerated() {
            let isLast = number == parts.count - 1
            guard !part.isEmpty, part != ".", part != ".." else {
                if folder != descriptor { close(folder) }
                errno = ENOENT
                return -1
            }
            let next = SystemPath.withCString(String(part)) {
                openat(folder, $0, (isLast ? flags : Self.placeFlags) | O_NOFOLLOW)
            }
            let code = errno
            if folder != descriptor { close(folder) }
            guard next >= 0, !isLast else {
                errno = code
                return next
            }
            folder = next
        }
        return -1
    }

    /// What is at a path below; `nil` with `errno` set.
    func status(_ relative: String) -> Status? {
        var status = stat()
        let found = SystemPath.withCString(relative) { fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW) }
        return found == 0 ? Status(status) : nil
    }

    /// Names in a folder below, `nil` when it cannot be listed, or when it or a folder on the way is a link.
    func names(in relative: String) -> [String]? {
        let descriptor = folder(relative)
        guard descriptor >= 0, let directory = fdopendir(descriptor) else {
            if descriptor >= 0 { close(descriptor) }
            return nil
        }
        defer { closedir(directory) }
        return FileSystem.names(directory)
    }

    /// The beginning of a small file; `nil` when it cannot be read, or when it or a folder on the way is a link.
    func smallText(_ relative: String, limit: Int = 4096) -> String? {
        guard status(relative)?.kind == .file, let bytes = try? file(relative, shownAs: relative) else { return nil }
        let content = EntryContent(bytes, buffer: PrefixBuffer(capacity: 4096))
        return withExtendedLifetime(content) { (try? content.prefix(limit))?.repairedText }
    }

    // MARK: Links

    private static let mostLinks = 40

    /// Where the link at a path below leads, by its own words: nothing outside is asked for.
    func resolve(_ link: String) -> Target {
        var place = link.split(separator: "/").map(String.init)
        var rest: [String] = []
        var links = 0
        if let name = place.popLast() { rest.append(name) }
        while let part = rest.popLast() {
            if part.isEmpty || part == "." { continue }
            if part == ".." {
                guard place.popLast() != nil else { return elsewhere(outOf: rest) }
                continue
            }
            place.append(part)
            let here = place.joined(separator: "/")
            guard let status = status(here) else { return .broken(errno) }
            guard status.kind == .link else {
                if rest.allSatisfy({ $0.isEmpty || $0 == "." }) { return .inside(here, status) }
                if status.kind != .directory { return .broken(ENOTDIR) }
                continue
            }
            links += 1
            guard links <= Self.mostLinks else { return .broken(ELOOP) }
            guard let target = readLink(here) else { return .broken(errno) }
            place.removeLast()
            rest += target.split(separator: "/", omittingEmptySubsequences: false).reversed().map(String.init)
            if target.hasPrefix("/") { return absolute("/" + rest.reversed().joined(separator: "/")) }
        }
        let here = place.joined(separator: "/")
        guard let status = status(here.isEmpty ? "." : here) else { return .broken(errno) }
        return .inside(here, status)
    }

    /// A link that climbs above this folder may come back into it.
    private func elsewhere(outOf rest: [String]) -> Target {
        absolute(FileSystem.parent(of: path) + "/" + rest.reversed().joined(separator: "/"))
    }

    /// The system knows what absolute names lead here; what is there is looked at from here.
    private func absolute(_ target: String) -> Target {
        guard let resolved = FileSystem.resolveIfAny(target) else { return .broken(errno) }
        guard resolved == path || resolved.hasPrefix(path == "/" ? "/" : path + "/") else { return .outside }
        let inside = String(resolved.dropFirst(path == "/" ? 1 : path.count + 1))
        guard let status = status(inside.isEmpty ? "." : inside) else { return .broken(errno) }
        return .inside(inside, status)
    }

    private func readLink(_ relative: String) -> String? {
        withUnsafeTemporaryAllocation(of: CChar.self, capacity: 4096) { buffer in
            guard let room = buffer.baseAddress else { return nil }
            let count = SystemPath.withCString(relative) { readlinkat(descriptor, $0, room, buffer.count) }
            return count < 0 ? nil : SystemPath.text(UnsafeRawBufferPointer(start: room, count: count))
        }
    }
}
