import OpenscanBytes
import OpenscanFacts

/// A folder with a manifest of what was fetched, while it is walked.
final class SkeletonFolder {
    let manifest: SkeletonManifest
    /// From the folder that confines the release.
    let location: String
    /// In the release, as shown.
    let path: String
    /// Files of the manifest that the walk has not met.
    private var unmet: Set<String>

    init(_ manifest: SkeletonManifest, location: String, path: String) {
        self.manifest = manifest
        self.location = location
        self.path = path
        unmet = Set(manifest.files.keys)
    }

    /// The manifest's entry of a file that the walk has met; `nil` where it has none.
    func take(_ fileLocation: String) -> SkeletonManifest.File? {
        let prefix = location.isEmpty ? 0 : location.utf8.count + 1
        let name = String(Substring(fileLocation.utf8.dropFirst(prefix)))
        unmet.remove(name)
        return manifest.files[name]
    }

    /// Files that only the manifest knows, in order.
    var missing: [String] { unmet.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}

/// What a skeleton was made of, by its manifest.
public struct SkeletonOrigin: Sendable, Hashable {
    /// `org/name`.
    public let repository: String?
    /// Commit.
    public let revision: String?
    /// What the hub asks for before a download.
    public let gate: HubGate
}

/// A file of which a manifest says that not all of it is here.
public struct Fetched: Sendable {
    let file: SkeletonManifest.File
    /// Whether there is a file at its place.
    let isHere: Bool
    /// Bytes of the file on disk, or at the hub where it is not on disk.
    let size: Int

    /// Ranges inside the file.
    public var ranges: [Range<Int>] {
        isHere ? file.ranges.map { $0.clamped(to: 0..<max(0, size)) }.filter { !$0.isEmpty } : []
    }

    /// Bytes that are not here.
    public var unseen: Int { max(0, size - ranges.reduce(0) { $0 + $1.count }) }
    /// Whether nothing of it can be read from its beginning.
    public var isListedOnly: Bool { !isHere || size > 0 && ranges.first?.lowerBound != 0 }
    /// Size and digest that the hub gives.
    public var pointer: ArtefactFacts.Pointer? {
        guard let digest = file.digest, let size = file.size else { return nil }
        return ArtefactFacts.Pointer(oid: digest, size: size)
    }

    /// What to say of a file of which nothing was read.
    public var finding: Finding {
        let reason: Wording = file.reason.map { ": \u{201C}\($0)\u{201D}" } ?? ""
        switch file.state {
        case .gated: return Finding(.gated, .medium, "gated: not read\(reason)")
        case .failed: return Finding(.unseen, .medium, "could not be fetched: not read\(reason)")
        case .leftOut: return Finding(.unseen, .low, "not fetched: not read\(reason)")
        case .whole, .partial:
            if !isHere { return Finding(.badManifest, .medium, "the manifest has it as fetched, and it is not here") }
            return isListedOnly
                ? Finding(.unseen, .medium, "its beginning was not fetched: not read")
                : Finding(.unseen, .medium, "an archive that was not fetched whole: not opened")
        }
    }
}

/// Whether a file that is named by itself lies in a skeleton.
public enum SkeletonLookup {
    private static let mostFolders = 8

    /// What a manifest in one of the folders above says of a file; `nil` where none names it, or all of it is here.
    /// - Parameter path: absolute, without links.
    public static func fetched(_ path: String, size: Int, limits: Limits) -> Fetched? {
        var folder = path
        for _ in 0..<mostFolders where folder != "/" {
            folder = FileSystem.parent(of: folder)
            let manifest = (folder == "/" ? "" : folder) + "/" + SkeletonManifest.fileName
            guard (try? FileSystem.kind(manifest)) == .file, let bytes = try? FileBytes(path: manifest) else {
                continue
            }
            let content = EntryContent(bytes, buffer: PrefixBuffer(capacity: 64 << 10))
            let read = SkeletonManifest.read(content, limits: limits).manifest
            withExtendedLifetime(content) {}
            let inside = String(Substring(path.utf8.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1)))
            guard let file = read?.files[inside] else { return nil }
            if file.state == .whole, !file.isDoubtful { return nil }
            let fetched = Fetched(file: file, isHere: true, size: size)
            return fetched.unseen > 0 ? fetched : nil
        }
        return nil
    }
}
