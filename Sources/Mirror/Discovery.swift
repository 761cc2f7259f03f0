import OpenscanBytes
import OpenscanUnpacking

/// Finds the releases under a directory: hub caches, `org/name` trees, archives, checkouts, bare repositories, stores, skeletons.
///
/// Each folder is read once, and what is inside a release is not looked at.
public struct Discovery {
    /// A search that has nothing to be told.
    public init() {}

    /// Paths of releases, sorted. The directory itself is one only when it says so or nothing below it is.
    public func releases(under root: String) throws(ReadError) -> [String] {
        var out: [String] = []
        try releases(under: root) {
            out.append($0.path)
            return true
        }
        return out
    }

    /// The same one by one and with the reason, in order of path: of a mirror only the folders on the way are held.
    /// - Parameter visit: gets a release; `false` ends the search.
    public func releases(under root: String, _ visit: (Discovered) -> Bool) throws(ReadError) {
        var found = try DiscoveryIterator(root)
        while let next = found.next(), visit(next) {}
    }
}

/// A search that goes on only as far as it is asked.
public struct DiscoveryIterator: IteratorProtocol {
    /// A folder whose names are gone through.
    private struct Shelf {
        let path: String
        let listing: FolderListing
        /// Whether hubs' clients keep repositories here.
        let isClients: Bool
        /// Whether people do not see it: stores may lie in it, and nobody's releases.
        let isHidden: Bool
        var next = 0

        /// Whether a client of Kaggle's notes beside a folder that it is whole.
        func holdsMark(of name: String) -> Bool {
            guard !name.isEmpty, name.allSatisfy(\.isNumber) else { return false }
            return listing[name + ".complete"] == .file
        }
    }

    private static let deepest = 16
    private static let mostNames = 2_000_000

    private let base: String
    private var shelves: [Shelf] = []
    /// Models of a store, the last one next.
    private var models: [Discovered] = []
    private var isAnyFound = false

    /// - Parameter root: a folder; whatever else it is, is a release.
    /// - Throws: `ReadError.system` when there is nothing, or it cannot be listed.
    public init(_ root: String) throws(ReadError) {
        base = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        let resolved = try FileSystem.resolve(root)
        guard try FileSystem.kind(resolved) == .directory else {
            models = [Discovered(path: root, kind: ArchiveKind.hasPackageName(resolved) ? .archive : .file)]
            return
        }
        let listing = try FolderListing(resolved, most: Self.mostNames)
        let folder = Folder(path: base, name: String(resolved.split(separator: "/").last ?? ""), listing: listing)
        if let stored = folder.storeManifests() {
            models = stored
        } else if let kind = folder.marked() {
            models = [Discovered(path: base, kind: kind)]
        } else {
            open(folder, isHidden: false)
        }
    }

    /// The next release in order; `nil` at the end.
    public mutating func next() -> Discovered? {
        while true {
            if let model = models.popLast() {
                isAnyFound = true
                return model
            }
            guard let shelf = shelves.last else {
                if isAnyFound { return nil }
                isAnyFound = true
                return Discovered(path: base, kind: .remainder)
            }
            guard shelf.next < shelf.listing.items.count else {
                shelves.removeLast()
                continue
            }
            shelves[shelves.count - 1].next += 1
            look(shelf.listing.items[shelf.next], on: shelf)
        }
    }

    private mutating func open(_ folder: Folder, isHidden: Bool) {
        shelves.append(
            Shelf(
                path: folder.path == "/" ? "" : folder.path, listing: folder.listing,
                isClients: HubLayout.isShelf(folder.listing.names), isHidden: isHidden))
    }

    /// Finds out what a name on a shelf is.
    private mutating func look(_ item: FolderListing.Item, on shelf: Shelf) {
        let name = item.name
        guard name != ".git", name != ".cache", name.hasPrefix(".") || !HubLayout.isBookkeeping(name) else { return }
        let path = shelf.path + "/" + name
        switch item.kind {
        case .file where ArchiveKind.hasPackageName(name) && !shelf.isHidden:
            if !(shelf.isClients && HubLayout.isMarker(name)) { models = [Discovered(path: path, kind: .archive)] }
        case .directory:
            enter(path, name, isHidden: shelf.isHidden || name.hasPrefix("."), shelf)
        case .file, .link, .other: break
        }
    }

    private mutating func enter(_ path: String, _ name: String, isHidden: Bool, _ shelf: Shelf) {
        let listing: FolderListing
        do throws(ReadError) { listing = try FolderListing(path, most: Self.mostNames) } catch {
            // What cannot be looked at gets a line that says so; what nobody sees does not.
            if !isHidden { models = [Discovered(path: path, kind: .unreadable)] }
            return
        }
        let folder = Folder(path: path, name: name, listing: listing)
        if let stored = folder.storeManifests() {
            models = stored
        } else if let kind = folder.kind(isHidden: isHidden, isWholeVersion: shelf.holdsMark(of: name)) {
            models = [Discovered(path: path, kind: kind)]
        } else if listing.isCut || shelves.count >= Self.deepest {
            if !isHidden, !listing.items.isEmpty { models = [Discovered(path: path, kind: .beyond)] }
        } else {
            open(folder, isHidden: isHidden)
        }
    }
}

/// A folder and what is in it.
private struct Folder {
    let path: String
    let name: String
    let listing: FolderListing

    /// Models of a store, the last one first; `nil` where it is none.
    func storeManifests() -> [Discovered]? {
        guard listing["blobs"] == .directory,
            listing["manifests"] == .directory || listing["index.json"] != nil && listing["oci-layout"] != nil,
            let manifests = ManifestStore.manifests(at: path)
        else { return nil }
        return manifests.reversed().map { Discovered(path: $0, kind: .storeManifest) }
    }

    /// What a folder says of itself, wherever it lies.
    func marked() -> Discovered.Kind? {
        if listing[SkeletonManifest.fileName] == .file { return .skeleton }
        if let git = listing[".git"], git != .link { return .checkout }
        if BareRepository.isAt(path, listing) { return .bareRepository }
        if ReleaseLocation.isHubFolder(name) { return listing["snapshots"] == .directory ? .hubRepository : nil }
        return HubLayout.isModelScope(listing.names) && !name.hasPrefix(".") ? .modelScopeRepository : nil
    }

    /// A folder with files of its own is a release; one with folders or archives only is a shelf.
    func kind(isHidden: Bool, isWholeVersion: Bool) -> Discovered.Kind? {
        if let kind = marked() {
            // In folders that nobody sees, only what a hub's client keeps there is anybody's.
            let isClients = kind == .hubRepository || kind == .modelScopeRepository || kind == .skeleton
            return isHidden && !isClients ? nil : kind
        }
        if ReleaseLocation.isHubFolder(name) || isHidden { return nil }
        let isShelf = HubLayout.isShelf(listing.names)
        if isShelf, listing.items.contains(where: { ReleaseLocation.isHubFolder($0.name) }) { return nil }
        for item in listing.items {
            if item.name.hasPrefix(".") || ArchiveKind.hasPackageName(item.name) { continue }
            if isShelf, HubLayout.isMarker(item.name) { continue }
            if item.kind == .file || item.kind == .link { return isWholeVersion ? .kaggleVersion : .folder }
        }
        return nil
    }
}
