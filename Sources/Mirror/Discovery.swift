import OpenscanBytes
import OpenscanUnpacking

/// Finds the releases under a directory: hub caches, `org/name` trees, archives, checkouts.
public struct Discovery {
    private static let deepest = 6
    private static let packageFolders: Set<String> = ["blobs", "refs", ".locks", ".cache", "lost+found"]

    /// A search that has nothing to be told.
    public init() {}

    /// Paths of releases, sorted. The directory itself is one only when nothing below it is.
    public func releases(under root: String) throws(ReadError) -> [String] {
        guard try FileSystem.kind(try FileSystem.resolve(root)) == .directory else { return [root] }
        let base = root.count > 1 && root.hasSuffix("/") ? String(root.dropLast()) : root
        if let manifests = ManifestStore.manifests(at: base) { return manifests }
        var out: [String] = []
        list(base, depth: 0, into: &out)
        return out.isEmpty ? [base] : out
    }

    private func list(_ folder: String, depth: Int, into out: inout [String]) {
        guard depth < Self.deepest else { return }
        let names = FileSystem.names(folder) ?? []
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where !Self.packageFolders.contains(name) && name != ".git" {
            let path = folder + "/" + name
            switch try? FileSystem.kind(path) {
            case .file where ArchiveKind.hasPackageName(name): out.append(path)
            case .directory:
                if let manifests = ManifestStore.manifests(at: path) {
                    out += manifests
                } else if isRelease(path, name) {
                    out.append(path)
                } else {
                    list(path, depth: depth + 1, into: &out)
                }
            // What cannot be looked at gets a line that says so.
            case nil: out.append(path)
            default: break
            }
        }
    }

    /// A folder with files of its own is a release; one with folders or archives only is a shelf. One that cannot be
    /// looked into is a release as well: its scan says why.
    private func isRelease(_ path: String, _ name: String) -> Bool {
        guard let names = FileSystem.names(path) else { return true }
        if ReleaseLocation.isHubFolder(name) { return names.contains("snapshots") }
        for inner in names {
            if inner == ".git" { return true }
            if inner.hasPrefix(".") || ArchiveKind.hasPackageName(inner) { continue }
            switch try? FileSystem.kind(path + "/" + inner) {
            case .file, .link, nil: return true
            case .directory, .other: break
            }
        }
        return false
    }
}
