import OpenscanBytes
import OpenscanFacts

#if canImport(Glibc)
    import Glibc
#endif

/// Lists the files of a directory tree, sorted, without opening any.
public struct DirectoryWalker {
    /// What everything is opened from.
    public let root: RootFolder
    /// The release's own folder, from there.
    private let start: String
    private let layers: [ReleaseLocation.Layer]?
    private let models: [ReleaseLocation.Model]
    private let budget: ScanBudget
    /// Files to read, in no order.
    public private(set) var items: [Item] = []
    /// What is wrong with entries that are not read.
    public private(set) var problems: [ReleaseFacts.Problem] = []
    /// Whether the folder holds a hub cache's repositories.
    public private(set) var holdsRepositories = false
    private var unlistedProblems = 0
    /// Manifests of what was fetched, of the folders that are being listed; the innermost speaks.
    private var skeletons: [SkeletonFolder] = []
    /// What the release's own folder is a skeleton of.
    public private(set) var origin: SkeletonOrigin?
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
    /// - Throws: `ReadError.system` when the folder cannot be opened.
    public init(_ location: ReleaseLocation, budget: ScanBudget) throws(ReadError) {
        root = try RootFolder(location.confinement)
        start = location.start
        layers = location.layers
        models = location.models
        self.budget = budget
    }

    /// Fills `items`, sorted by path, and `problems`. Once a walker.
    /// - Throws: `ReadError.system` when the root itself cannot be listed; folders below it become problems.
    public mutating func run() throws(ReadError) {
        if let layers {
            for layer in layers { add(layer) }
        } else if !models.isEmpty {
            for model in models {
                try list(
                    root.folder(model.location), relative: String(model.folder.dropLast()), location: model.location,
                    depth: 1)
            }
        } else {
            try list(root.folder(start), relative: "", location: start, depth: 0)
        }
        if let finding = emptyFiles.finding { report(finding, "") }
        items.sort { $0.precedes($1) }
        reportCaseCollisions()
        if unlistedProblems > 0 {
            let finding = Finding(
                .manyEntries, .medium, "\(unlistedProblems) more findings on entries are counted, not listed")
            problems.append(.init(path: "", finding: finding))
        }
    }

    private static let mostProblems = 10_000

    private mutating func report(_ finding: Finding, _ path: String) {
        guard problems.count < Self.mostProblems || finding.severity == .high else {
            unlistedProblems += 1
            return
        }
        problems.append(.init(path: path, finding: finding))
    }

    /// What the system has just refused, by its error number.
    private mutating func unreadable(_ operation: String, _ path: String) {
        let error = ReadError.system(operation: operation, path: path, code: errno)
        report(Finding(.unreadable, .medium, error.words), path)
    }

    /// - Parameters:
    ///   - descriptor: the folder, which is closed here; negative where the system has just refused it.
    ///   - relative: its path in the release, as shown.
    ///   - location: its path from `root`.
    private mutating func list(_ descriptor: Int32, relative: String, location: String, depth: Int) throws(ReadError) {
        guard descriptor >= 0, let directory = fdopendir(descriptor) else {
            let code = errno
            if descriptor >= 0 { close(descriptor) }
            if depth == 0 { throw .system(operation: "list", path: Printable.path(root.path), code: code) }
            errno = code
            return unreadable("list", relative)
        }
        defer { closedir(directory) }
        // In order, so that the same files are left out on every machine.
        var found: [(name: String, type: Int32)] = []
        while found.count <= max(budget.limits.entries, Self.mostNames), let item = readdir(directory) {
            let raw: [UInt8] = withUnsafeBytes(of: &item.pointee.d_name) { bytes in Array(bytes.prefix { $0 != 0 }) }
            if raw == [UInt8(ascii: ".")] || raw == [UInt8(ascii: "."), UInt8(ascii: ".")] { continue }
            switch raw.withUnsafeBytes({ EntryName.checkOnDisk($0, below: relative, limits: budget.limits) }) {
            case .refused(let shown, let finding): report(finding, Self.joined(relative, shown))
            case .usable(let name): found.append((name, Int32(item.pointee.d_type)))
            }
        }
        found.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let parent = Item.Folder(path: relative, location: location)
        let isSkeleton =
            found.contains { $0.name == SkeletonManifest.fileName } && enterSkeleton(relative, location, depth: depth)
        defer { if isSkeleton { leaveSkeleton() } }
        for (name, type) in found {
            guard
                try add(
                    Place(
                        name: name, parent: parent, folder: descriptor), type: type, depth: depth)
            else { return }
        }
    }

    /// One name of a folder that is being listed.
    private struct Place {
        let name: String
        let parent: Item.Folder
        /// The folder that has the name.
        let folder: Int32

        /// In the release, as shown.
        var path: String { DirectoryWalker.joined(parent.path, Printable.path(name)) }
        /// From the root.
        var location: String { DirectoryWalker.joined(parent.location, name) }

        /// `nil` with `errno` set.
        var status: RootFolder.Status? {
            var status = stat()
            let found = SystemPath.withCString(name) { fstatat(folder, $0, &status, AT_SYMLINK_NOFOLLOW) }
            return found == 0 ? RootFolder.Status(status) : nil
        }

        /// The folder of this name; negative with `errno` set, also where it has become a link.
        var opened: Int32 {
            SystemPath.withCString(name) {
                openat(folder, $0, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
            }
        }
    }

    /// `false` when the entries are used up.
    private mutating func add(_ place: Place, type: Int32, depth: Int) throws(ReadError) -> Bool {
        if isUsedUp { return false }
        let kind: FileSystem.Kind
        switch type {
        case Int32(DT_DIR): kind = .directory
        case Int32(DT_LNK): kind = .link
        case Int32(DT_REG): kind = .file
        case Int32(DT_UNKNOWN):
            guard let status = place.status else {
                unreadable("find", place.path)
                return true
            }
            kind = status.kind
        default: kind = .other
        }
        if kind == .directory {
            if depth == 0, ReleaseLocation.isHubFolder(place.name) { holdsRepositories = true }
            // What a hub cache has once by its hash its snapshots show by its name.
            if ReleaseLocation.isHubFolder(String(Entry.name(of: place.parent.path))),
                place.name == "blobs" || place.name == "refs"
            {
                return true
            }
            if !Self.ignoredFolders.contains(place.name) { try enter(place, depth: depth + 1) }
            return true
        }
        if place.name == ".git", kind != .link { return true }
        if place.name == SkeletonManifest.fileName, kind == .file { return true }
        guard budget.takeEntry() else {
            isUsedUp = true
            report(
                Finding(.manyEntries, .medium, "more than \(budget.limits.entries) entries; the rest is not read"), ""
            )
            return false
        }
        if !SystemPath.isText(place.name) {
            report(EntryName.notUTF8, place.path)
        }
        switch kind {
        case .file:
            guard let status = place.status else {
                unreadable("find", place.path)
                return true
            }
            guard status.size != 0 || emptyFiles.take() else { return true }
            items.append(
                Item(place.parent, place.name, size: status.size, fetched: fetched(place, size: status.size)))
        case .link: addLink(place)
        default: report(Finding(.specialFile, .medium, "device, pipe or socket; not read"), place.path)
        }
        return true
    }

    // MARK: Skeletons

    /// Reads the manifest of a folder that is about to be listed; `false` where it is none.
    private mutating func enterSkeleton(_ relative: String, _ location: String, depth: Int) -> Bool {
        let path = Self.joined(relative, SkeletonManifest.fileName)
        let inside = Self.joined(location, SkeletonManifest.fileName)
        guard root.status(inside)?.kind == .file else { return false }
        let bytes: FileBytes
        do throws(ReadError) { bytes = try root.file(inside, shownAs: path) } catch {
            report(Finding(.badManifest, .high, error.words), path)
            return false
        }
        let content = EntryContent(bytes, buffer: PrefixBuffer(capacity: 64 << 10))
        let (manifest, problem) = SkeletonManifest.read(content, limits: budget.limits)
        withExtendedLifetime(content) {}
        if let problem { report(problem, path) }
        guard let manifest else { return false }
        for problem in manifest.problems {
            report(problem.finding, problem.path.isEmpty ? path : Self.joined(relative, problem.path))
        }
        if depth == 0 {
            origin = SkeletonOrigin(
                repository: manifest.repository, revision: manifest.revision, gate: manifest.gate)
        }
        skeletons.append(SkeletonFolder(manifest, location: location, path: relative))
        return true
    }

    /// Lists what only the manifest knows.
    private mutating func leaveSkeleton() {
        guard let skeleton = skeletons.popLast() else { return }
        for name in skeleton.missing {
            guard !isUsedUp, let file = skeleton.manifest.files[name] else { return }
            guard budget.takeEntry() else {
                isUsedUp = true
                return report(
                    Finding(.manyEntries, .medium, "more than \(budget.limits.entries) entries; the rest is not read"),
                    "")
            }
            let folder = String(Entry.folder(of: name).dropLast())
            let fetched = Fetched(file: file, isHere: false, size: file.size ?? 0)
            items.append(
                Item(
                    Item.Folder(
                        path: folder.isEmpty ? skeleton.path : Self.joined(skeleton.path, Printable.path(folder)),
                        location: folder.isEmpty ? skeleton.location : Self.joined(skeleton.location, folder)),
                    String(Entry.name(of: name)), size: fetched.size, fetched: fetched))
        }
    }

    /// What the innermost manifest says of a file that is here; `nil` where all of it is.
    private mutating func fetched(_ place: Place, size: Int) -> Fetched? {
        guard let skeleton = skeletons.last else { return nil }
        guard let file = skeleton.take(place.location) else {
            report(Finding(.badManifest, .low, "not named by the manifest of its folder"), place.path)
            return nil
        }
        if let announced = file.size, announced != size {
            report(
                Finding(.badManifest, .medium, "\(announced) bytes by the manifest, \(size) on disk"), place.path)
        }
        if file.state == .whole, !file.isDoubtful { return nil }
        let fetched = Fetched(file: file, isHere: true, size: size)
        return fetched.unseen > 0 ? fetched : nil
    }

    /// A file that a manifest names.
    private mutating func add(_ layer: ReleaseLocation.Layer) {
        guard let blob = layer.blob, let status = root.status(blob), status.kind == .file else {
            let words: Wording =
                "\(Printable.text(layer.digest, limit: 100)) is named by the manifest and not in the store"
            return report(Finding(.danglingLink, .medium, words), layer.path)
        }
        guard budget.takeEntry() else {
            isUsedUp = true
            return
        }
        let name = String(Entry.name(of: layer.path))
        let folder = String(layer.path.dropLast(name.count + (name.count < layer.path.count ? 1 : 0)))
        items.append(
            Item(
                Item.Folder(path: folder, location: ""), name, size: status.size,
                link: Item.Link(blob, isPackage: layer.isPackage)))
    }

    private mutating func enter(_ place: Place, depth: Int) throws(ReadError) {
        guard depth < Self.deepest else {
            let finding = Finding(.nestingDepth, .medium, "folders deeper than \(Self.deepest) are not read")
            return report(finding, place.path)
        }
        try list(place.opened, relative: place.path, location: place.location, depth: depth)
    }

    private mutating func addLink(_ place: Place) {
        switch root.resolve(place.location) {
        case .outside:
            report(Finding(.symlinkEscape, .medium, "link leads out of the release; not followed"), place.path)
        case .broken(ELOOP): report(Finding(.linkCycle, .low, "link that contains itself"), place.path)
        case .broken(ENOENT), .broken(ENOTDIR):
            report(
                Finding(.danglingLink, .medium, "link to nothing; the file it stands for was not downloaded"),
                place.path)
        case .broken(let code):
            errno = code
            unreadable("follow", place.path)
        case .inside(let target, let status):
            // What a folder link shows is listed at its own place; what it leads to otherwise is none of ours.
            guard status.kind == .file else {
                return report(Finding(.externalLink, .info, "link to a folder; not followed"), place.path)
            }
            items.append(Item(place.parent, place.name, size: status.size, link: Item.Link(target)))
        }
    }

    /// Names that one file system keeps apart and another does not.
    private mutating func reportCaseCollisions() {
        let hashes = items.indices.map { (hash: items[$0].foldedHash, place: $0) }.sorted {
            ($0.hash, $0.place) < ($1.hash, $1.place)
        }
        var collisions: [(place: Int, other: Int)] = []
        var first = 0
        for number in hashes.indices.dropFirst() {
            if hashes[number].hash != hashes[first].hash {
                first = number
            } else {
                collisions.append((hashes[number].place, hashes[first].place))
            }
        }
        for (place, other) in collisions.sorted(by: { $0.place < $1.place }) {
            let (path, known) = (items[place].path, items[other].path)
            guard path.lowercased() == known.lowercased() else { continue }
            report(Finding(.caseCollision, .low, "differs from \(known) by case only"), path)
        }
    }
}
