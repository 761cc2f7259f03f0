import OpenscanBytes
import OpenscanFacts

#if canImport(Glibc)
    import Glibc
#endif

/// Lists the files of a directory tree, sorted, without opening any.
public struct DirectoryWalker {
    /// A file to be read later, by any worker.
    public struct Item: Sendable {
        /// What it is in the release.
        public let entry: Entry
        /// Path on disk; for a link inside the release, that of its target.
        public let location: String
    }

    let location: ReleaseLocation
    let budget: ScanBudget
    /// Files to read, in no order.
    public private(set) var items: [Item] = []
    /// What is wrong with entries that are not read.
    public private(set) var problems: [ReleaseFacts.Problem] = []
    /// Whether the folder holds a hub cache's repositories.
    public private(set) var holdsRepositories = false
    var emptyFiles = EmptyFiles()
    private var isUsedUp = false

    /// Folders that are tools' own and no content.
    static let ignoredFolders: Set<String> = [
        ".git", ".hg", ".svn", "__pycache__", ".ipynb_checkpoints", "node_modules", ".mypy_cache", ".pytest_cache",
        ".DS_Store",
    ]
    private static let deepest = 128
    /// Names of one folder that are held, to put them in order.
    private static let mostNames = 1_000_000

    /// - Parameters:
    ///   - location: a directory, and the folder that its links must not leave.
    ///   - budget: gives the entries; when it is used up, the rest is reported and left out.
    public init(_ location: ReleaseLocation, budget: ScanBudget) {
        self.location = location
        self.budget = budget
    }

    /// Fills `items`, sorted by path, and `problems`. Once a walker.
    /// - Throws: `ReadError.system` when the root itself cannot be listed; folders below it become problems.
    public mutating func run() throws(ReadError) {
        try list(location.root, relative: "", depth: 0)
        if let finding = emptyFiles.finding { report(finding, "") }
        items.sort { $0.entry.path.utf8.lexicographicallyPrecedes($1.entry.path.utf8) }
        reportCaseCollisions()
    }

    private mutating func report(_ finding: Finding, _ path: String) {
        problems.append(.init(path: path, finding: finding))
    }

    /// What the system has just refused, by its error number.
    private mutating func unreadable(_ operation: String, _ path: String) {
        let error = ReadError.system(operation: operation, path: path, code: errno)
        report(Finding(.unreadable, .medium, error.message), path)
    }

    private mutating func list(_ folder: String, relative: String, depth: Int) throws(ReadError) {
        guard depth < Self.deepest else {
            report(Finding(.nestingDepth, .medium, "folders deeper than \(Self.deepest) are not read"), relative)
            return
        }
        guard let directory = opendir(folder) else {
            if depth == 0 { throw .system(operation: "list", path: folder, code: errno) }
            return unreadable("list", relative)
        }
        // In order, so that the same files are left out on every machine.
        var found: [(name: String, type: Int32)] = []
        while found.count <= max(budget.limits.entries, Self.mostNames), let item = readdir(directory) {
            let raw: [UInt8] = withUnsafeBytes(of: &item.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            if raw == [UInt8(ascii: ".")] || raw == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            switch raw.withUnsafeBytes({ EntryName.check($0, limits: budget.limits) }) {
            case .refused(let shown, let finding): report(finding, relative.isEmpty ? shown : relative + "/" + shown)
            case .usable(let name): found.append((name, Int32(item.pointee.d_type)))
            }
        }
        closedir(directory)
        found.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        for (name, type) in found {
            guard try add(name, type: type, folder: folder, relative: relative, depth: depth) else { return }
        }
    }

    /// `false` when the entries are used up.
    private mutating func add(_ name: String, type: Int32, folder: String, relative: String, depth: Int)
        throws(ReadError) -> Bool
    {
        if isUsedUp { return false }
        let path = relative.isEmpty ? name : relative + "/" + name
        let onDisk = folder + "/" + name
        var kind = type
        if kind == Int32(DT_UNKNOWN) {
            var status = stat()
            guard lstat(onDisk, &status) == 0 else {
                unreadable("find", path)
                return true
            }
            kind =
                status.st_mode & S_IFMT == S_IFDIR
                ? Int32(DT_DIR)
                : status.st_mode & S_IFMT == S_IFLNK
                    ? Int32(DT_LNK) : status.st_mode & S_IFMT == S_IFREG ? Int32(DT_REG) : Int32(DT_SOCK)
        }
        if kind == Int32(DT_DIR) {
            if depth == 0, ReleaseLocation.isHubFolder(name) { holdsRepositories = true }
            if !Self.ignoredFolders.contains(name) { try list(onDisk, relative: path, depth: depth + 1) }
            return true
        }
        if name == ".git", kind != Int32(DT_LNK) { return true }
        guard budget.takeEntry() else {
            isUsedUp = true
            report(
                Finding(.manyEntries, .medium, "more than \(budget.limits.entries) entries; the rest is not read"), ""
            )
            return false
        }
        switch kind {
        case Int32(DT_REG):
            var status = stat()
            guard lstat(onDisk, &status) == 0 else {
                unreadable("find", path)
                return true
            }
            guard status.st_size != 0 || emptyFiles.take() else { return true }
            items.append(Item(entry: Entry(path: path, kind: .file, size: Int(status.st_size)), location: onDisk))
        case Int32(DT_LNK): addLink(path, onDisk)
        default: report(Finding(.specialFile, .medium, "device, pipe or socket; not read"), path)
        }
        return true
    }

    private mutating func addLink(_ path: String, _ onDisk: String) {
        guard let target = FileSystem.resolveIfAny(onDisk) else {
            if errno != ELOOP, errno != ENOENT, errno != ENOTDIR { return unreadable("follow", path) }
            let finding =
                errno == ELOOP
                ? Finding(.linkCycle, .low, "link that contains itself")
                : Finding(.danglingLink, .medium, "link to nothing; the file it stands for was not downloaded")
            return report(finding, path)
        }
        guard target == location.confinement || target.hasPrefix(location.confinement + "/") else {
            return report(Finding(.symlinkEscape, .medium, "link leads out of the release; not followed"), path)
        }
        var status = stat()
        guard lstat(target, &status) == 0 else { return unreadable("find", path) }
        guard status.st_mode & S_IFMT == S_IFREG else {
            // What a folder link shows is listed at its own place.
            return report(Finding(.externalLink, .info, "link to a folder; not followed"), path)
        }
        let shown = String(target.dropFirst(location.confinement.count + 1))
        items.append(
            Item(
                entry: Entry(path: path, kind: .link(target: Printable.path(shown)), size: Int(status.st_size)),
                location: target))
    }

    /// Names that one file system keeps apart and another does not.
    private mutating func reportCaseCollisions() {
        var seen: [String: String] = [:]
        for item in items {
            let path = item.entry.path
            let folded = path.lowercased()
            if let other = seen[folded] {
                report(Finding(.caseCollision, .low, "differs from \(other) by case only"), path)
            } else {
                seen[folded] = path
            }
        }
    }
}
