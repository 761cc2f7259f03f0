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
        var out: [String] = []
        list(base, depth: 0, into: &out)
        return out.isEmpty ? [base] : out
    }

    private func list(_ folder: String, depth: Int, into out: inout [String]) {
        guard depth < Self.deepest else { return }
        for name in FileSystem.names(folder).sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        where !Self.packageFolders.contains(name) && name != ".git" {
            let path = folder + "/" + name
            guard let kind = try? FileSystem.kind(path) else { continue }
            switch kind {
            case .file where ArchiveKind.hasPackageName(name): out.append(path)
            case .directory:
                if isRelease(path, name) { out.append(path) } else { list(path, depth: depth + 1, into: &out) }
            default: break
            }
        }
    }

    /// A folder with files of its own is a release; one with folders or archives only is a shelf.
    private func isRelease(_ path: String, _ name: String) -> Bool {
        if ReleaseLocation.isHubFolder(name) {
            return FileSystem.exists(path + "/snapshots")
        }
        for inner in FileSystem.names(path) {
            if inner == ".git" { return true }
            if inner.hasPrefix(".") || ArchiveKind.hasPackageName(inner) { continue }
            if let kind = try? FileSystem.kind(path + "/" + inner), kind == .file || kind == .link { return true }
        }
        return false
    }
}
