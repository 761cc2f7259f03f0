import OpenscanBytes
import OpenscanFacts

#if canImport(Glibc)
    import Glibc
#endif

/// What a path turned out to be, before anything in it is read.
public struct ReleaseLocation: Sendable, Hashable {
    /// What the path is.
    public var kind: ReleaseFacts.Kind
    /// `org/name` of a hub cache, else the last name of the path.
    public var name: String
    /// Commit of a checkout or revision of a hub snapshot.
    public var revision: String?
    /// The directory or file that is read.
    public var root: String
    /// Links may lead anywhere under here (a hub snapshot's links lead to the blobs beside it).
    public var confinement: String
    /// What is read of a store of layers; of everything else that is not listed but walked.
    var layers: [Layer]?
    /// The models, where the place keeps several of which each is a release.
    public internal(set) var models: [Model] = []

    /// One of several models of a place.
    public struct Model: Sendable, Hashable {
        /// Its folder as shown, with a slash behind.
        public let folder: String
        /// Its files, from the confinement; empty where layers are.
        let location: String
    }

    /// A file of a store of layers.
    struct Layer: Sendable, Hashable {
        /// Its path in the release, as its manifest has it.
        let path: String
        /// The file, from the confinement; `nil` where it is not in the store.
        let blob: String?
        /// Its name in the store.
        let digest: String
        /// Whether it is a package of files rather than a file.
        let isPackage: Bool
    }

    /// Path of `root` from `confinement`; empty where they are one.
    var start: String {
        guard root != confinement else { return "" }
        return String(root.dropFirst(confinement == "/" ? 1 : confinement.count + 1))
    }

    /// Looks at `path`, which a person named: links in it are followed.
    public static func find(_ path: String) throws(ReadError) -> ReleaseLocation {
        let resolved = try FileSystem.resolve(path)
        switch try FileSystem.kind(resolved) {
        case .directory: return directory(resolved)
        case .file:
            if let stored = ManifestStore.location(at: resolved, isFolder: false) { return stored }
            let bytes = try FileBytes(path: resolved, followLinks: true, shownAs: Printable.path(path))
            let content = EntryContent(bytes, buffer: PrefixBuffer(capacity: 4096))
            let detected = ArchiveKind.detect(try content.prefix(300))
            withExtendedLifetime(content) {}
            var isArchive =
                detected != nil && (ArchiveKind.hasPackageName(resolved) || !ArtefactNames.isWeights(resolved))
            if isArchive, detected == .other(isCompressedStream: true), !ArchiveKind.hasPackageName(resolved) {
                isArchive = Compression.holdsTar(bytes)
            }
            let parent = FileSystem.parent(of: resolved)
            return ReleaseLocation(
                kind: isArchive ? .archive : .file, name: Printable.path(String(Entry.name(of: resolved))),
                root: resolved, confinement: parent)
        default: throw .notAFile(path: Printable.path(path))
        }
    }

    private static func directory(_ path: String) -> ReleaseLocation {
        let parts = path.split(separator: "/").map(String.init)
        let last = parts.last ?? "/"
        if let name = hubName(last), let snapshot = hubSnapshot(path) {
            return ReleaseLocation(
                kind: .hubCache, name: name, revision: snapshot, root: path + "/snapshots/" + snapshot,
                confinement: path)
        }
        if parts.count >= 3, parts[parts.count - 2] == "snapshots", let name = hubName(parts[parts.count - 3]) {
            let cache = FileSystem.parent(of: FileSystem.parent(of: path))
            return ReleaseLocation(kind: .hubCache, name: name, revision: last, root: path, confinement: cache)
        }
        if (try? FileSystem.kind(path + "/" + SkeletonManifest.fileName)) == .file {
            return ReleaseLocation(kind: .skeleton, name: Printable.path(last), root: path, confinement: path)
        }
        // A link is not followed: the walk says where it leads.
        if let kind = try? FileSystem.kind(path + "/.git"), kind != .link {
            return ReleaseLocation(
                kind: .gitCheckout, name: Printable.path(last),
                revision: (try? RootFolder(path)).flatMap(GitHead.commit), root: path,
                confinement: path)
        }
        if let stored = ManifestStore.location(at: path, isFolder: true) { return stored }
        return onlyRepository(of: path) ?? kept(path)
            ?? ReleaseLocation(kind: .directory, name: Printable.path(last), root: path, confinement: path)
    }

    /// A client's cache of several models, or one of them.
    private static func kept(_ path: String) -> ReleaseLocation? {
        guard let root = try? RootFolder(path), let names = root.names(in: ""), names.count <= ClientStore.mostNames
        else { return nil }
        if let model = HubLayout.model(path, "", names, root) {
            return ReleaseLocation(
                kind: model.kind, name: model.name, revision: model.revision, root: path, confinement: path)
        }
        guard let store = ClientStore.at(path) else { return nil }
        if store.models.count == 1, let only = store.models.first {
            return directory(path + "/" + only.unit)
        }
        var out = ReleaseLocation(
            kind: store.kind, name: Printable.path(String(Entry.name(of: path))), root: path, confinement: path)
        var folders: Set<String> = []
        for model in store.models {
            var folder = model.name + "/"
            if !folders.insert(folder).inserted { folder = Printable.path(model.unit) + "/" }
            out.models.append(Model(folder: folder, location: model.folder))
        }
        return out
    }

    /// The repository of a hub cache that holds no other; its blobs are what its snapshot leads to, and not a second copy.
    private static func onlyRepository(of cache: String) -> ReleaseLocation? {
        guard let root = try? RootFolder(cache), let names = root.names(in: "") else { return nil }
        let repositories = names.filter { isHubFolder($0) && root.status($0)?.kind == .directory }
        guard repositories.count == 1, let only = repositories.first,
            !names.contains(where: { !$0.hasPrefix(".") && !isHubFolder($0) && root.status($0)?.kind == .file })
        else { return nil }
        let path = cache + "/" + only
        guard let name = hubName(only), let snapshot = hubSnapshot(path) else { return nil }
        return ReleaseLocation(
            kind: .hubCache, name: name, revision: snapshot, root: path + "/snapshots/" + snapshot, confinement: path)
    }

    private static let hubPrefixes = ["models--", "datasets--", "spaces--"]

    /// What a release at a path is called, without looking at it.
    public static func name(of path: String) -> String {
        let last = path.split(separator: "/").last.map(String.init) ?? path
        return hubName(last) ?? Printable.path(last)
    }

    /// Whether a folder's name is one of a repository in a hub cache.
    public static func isHubFolder(_ name: String) -> Bool { hubPrefixes.contains(where: name.hasPrefix) }

    /// `models--org--name` -> `org/name` (huggingface_hub cache layout).
    static func hubName(_ folder: String) -> String? {
        for prefix in hubPrefixes where folder.hasPrefix(prefix) {
            let parts = folder.dropFirst(prefix.count).split(separator: "-", omittingEmptySubsequences: false)
            var words: [String] = [""]
            var index = parts.startIndex
            // "--" separates, a single "-" belongs to a name.
            while index < parts.endIndex {
                if parts[index].isEmpty, index > parts.startIndex, index + 1 < parts.endIndex {
                    words.append("")
                } else {
                    let joint = words[words.count - 1].isEmpty ? "" : "-"
                    words[words.count - 1] += joint + parts[index]
                }
                index += 1
            }
            let name = words.filter { !$0.isEmpty }.joined(separator: "/")
            return name.isEmpty ? nil : Printable.path(name)
        }
        return nil
    }

    /// The revision that `refs/main` names, else the only or the last snapshot. A link is none: a cache has them for files.
    static func hubSnapshot(_ cache: String) -> String? {
        guard let root = try? RootFolder(cache), let folder = root.names(in: "snapshots") else { return nil }
        let snapshots = folder.filter { root.status("snapshots/" + $0)?.kind == .directory }.sorted()
        if let main = root.smallText("refs/main")?.split(whereSeparator: \.isWhitespace).first.map(String.init),
            snapshots.contains(main)
        {
            return main
        }
        return snapshots.last
    }
}

/// The commit a checkout stands on, read from `.git` without running git.
enum GitHead {
    static func commit(_ checkout: RootFolder) -> String? {
        guard let head = checkout.smallText(".git/HEAD")?.trimmed else { return nil }
        guard head.hasPrefix("ref: ") else { return isCommit(head) ? head : nil }
        let reference = String(head.dropFirst(5)).trimmed
        guard reference.hasPrefix("refs/") else { return nil }
        if let loose = checkout.smallText(".git/" + reference)?.trimmed, isCommit(loose) { return loose }
        for line in checkout.smallText(".git/packed-refs", limit: 1 << 20)?.split(separator: "\n") ?? []
        where line.hasSuffix(" " + reference) {
            let commit = String(line.prefix { $0 != " " })
            return isCommit(commit) ? commit : nil
        }
        return nil
    }

    private static func isCommit(_ text: String) -> Bool {
        (text.count == 40 || text.count == 64) && text.allSatisfy(\.isHexDigit)
    }
}

/// Names that stand for weights whatever container they use.
public enum ArtefactNames {
    static let weightEndings = [
        ".pt", ".pth", ".bin", ".ckpt", ".npz", ".keras", ".pkl", ".model", ".onnx", ".nemo", ".mlpackage", ".ptl",
        ".torchscript", ".pte", ".h5", ".safetensors", ".gguf",
    ]

    /// Whether the last name has one of the endings, whatever its case.
    public static func isWeights(_ path: String) -> Bool {
        let name = Entry.name(of: path).lowercased()
        return weightEndings.contains { name.hasSuffix($0) }
    }
}
