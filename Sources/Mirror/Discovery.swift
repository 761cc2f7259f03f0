import OpenscanBytes
import OpenscanUnpacking

/// Finds the releases under a directory: hub caches, `org/name` trees, archives, checkouts.
public struct Discovery {
    private static let deepest = 8

    /// A search that has nothing to be told.
    public init() {}

    /// Paths of releases, sorted. The directory itself is one only when nothing below it is.
    public func releases(under root: String) throws(ReadError) -> [String] {
        guard try FileSystem.kind(try FileSystem.resolve(root)) == .directory else { return [root] }
        let base = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        if let manifests = ManifestStore.manifests(at: base) { return manifests }
        var out: [String] = []
        list(base, depth: 0, isHidden: false, into: &out)
        return out.isEmpty ? [base] : out
    }

    /// - Parameter isHidden: whether the folder is one that people do not see: stores may lie in it, and nobody's releases.
    private func list(_ folder: String, depth: Int, isHidden: Bool, into out: inout [String]) {
        guard depth < Self.deepest else { return }
        let names = FileSystem.names(folder) ?? []
        let isShelf = HubLayout.isShelf(names)
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where name != ".git" && name != ".cache" && (name.hasPrefix(".") || !HubLayout.isBookkeeping(name)) {
            let path = folder + "/" + name
            switch try? FileSystem.kind(path) {
            case .file where isShelf && HubLayout.isMarker(name): break
            case .file where ArchiveKind.hasPackageName(name) && !isHidden: out.append(path)
            case .directory:
                let isHidden = isHidden || name.hasPrefix(".")
                if let manifests = ManifestStore.manifests(at: path) {
                    out += manifests
                } else if isRelease(path, name, isHidden) {
                    out.append(path)
                } else {
                    list(path, depth: depth + 1, isHidden: isHidden, into: &out)
                }
            // What cannot be looked at gets a line that says so.
            case nil: out.append(path)
            default: break
            }
        }
    }

    /// A folder with files of its own is a release; one with folders or archives only is a shelf. One that cannot be
    /// looked into is a release as well: its scan says why.
    private func isRelease(_ path: String, _ name: String, _ isHidden: Bool) -> Bool {
        guard let names = FileSystem.names(path) else { return !isHidden }
        if ReleaseLocation.isHubFolder(name) { return names.contains("snapshots") }
        let isShelf = HubLayout.isShelf(names)
        if isShelf && names.contains(where: ReleaseLocation.isHubFolder) { return false }
        if isHidden { return HubLayout.isModelScope(names) && !name.hasPrefix(".") }
        for inner in names {
            if inner == ".git" { return true }
            if inner.hasPrefix(".") || ArchiveKind.hasPackageName(inner) || isShelf && HubLayout.isMarker(inner) {
                continue
            }
            switch try? FileSystem.kind(path + "/" + inner) {
            case .file, .link, nil: return true
            case .directory, .other: break
            }
        }
        return false
    }
}
