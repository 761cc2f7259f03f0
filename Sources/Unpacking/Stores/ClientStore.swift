import OpenscanBytes
import OpenscanFacts

/// A place in which a client of a hub keeps models, each in a folder of its own.
public struct ClientStore: Sendable {
    /// One of the models.
    public struct Model: Sendable, Hashable {
        /// As the hub calls it.
        public let name: String
        /// Its files, from the store.
        let folder: String
        /// What the client takes it for: the folder of a repository, of which it shows one revision.
        let unit: String
        let kind: ReleaseFacts.Kind
        let revision: String?
    }

    /// Sorted by name.
    public let models: [Model]

    /// What the client is; the hub's where there are several.
    var kind: ReleaseFacts.Kind { models.first?.kind ?? .directory }

    private static let deepest = 8
    private static let mostFolders = 20_000
    /// Names of one folder: a shelf with more is none that a client made, and not worth putting in order.
    static let mostNames = 10_000

    /// `nil` where the folder holds files or folders that no client keeps so: then it is somebody's release.
    static func at(_ path: String) -> ClientStore? {
        guard let root = try? RootFolder(path) else { return nil }
        var search = Search(root: root, base: path)
        guard search.visit("", depth: 0), !search.models.isEmpty else { return nil }
        return ClientStore(models: search.models.sorted { ($0.name, $0.unit) < ($1.name, $1.unit) })
    }

    private struct Search {
        let root: RootFolder
        /// Its path, for the names of folders above.
        let base: String
        var models: [Model] = []
        var folders = 0

        /// `false` as soon as anything is found that is no client's.
        mutating func visit(_ folder: String, depth: Int) -> Bool {
            folders += 1
            guard depth < deepest, folders < mostFolders, let names = root.names(in: folder), names.count <= mostNames
            else { return false }
            let shown = folder.isEmpty ? base : base + "/" + folder
            if let model = HubLayout.model(shown, folder, names, root) {
                models.append(model)
                return true
            }
            let isShelf = HubLayout.isShelf(names)
            for name in names.sorted() where !HubLayout.isBookkeeping(name) {
                let inner = folder.isEmpty ? name : folder + "/" + name
                switch root.status(inner)?.kind {
                case .directory: guard visit(inner, depth: depth + 1) else { return false }
                case .file where isShelf && HubLayout.isMarker(name): continue
                default: return false
                }
            }
            return true
        }
    }
}

/// How clients of hubs lay their caches out (huggingface_hub "Understand caching", modelscope hub/utils/caching.py and hub/utils/utils.py,
/// kagglehub cache.py).
public enum HubLayout {
    /// ModelScope's lists of what it has fetched.
    private static let modelScopeLists: Set<String> = [".mdl", ".msc", ".mv"]
    /// Folders that clients keep for themselves, whatever else is beside them.
    private static let ownFolders: Set<String> = ["blobs", "refs", "lost+found", "xet"]

    /// Whether a folder or file is a client's own and holds no model: what is hidden, and where blobs lie.
    public static func isBookkeeping(_ name: String) -> Bool { name.hasPrefix(".") || ownFolders.contains(name) }

    /// Whether a folder with such names holds repositories beside what else is there.
    public static func isShelf(_ names: [String]) -> Bool {
        names.contains(where: ReleaseLocation.isHubFolder) || names.contains(where: isKaggleMark)
    }

    /// Whether a file stands for nothing but the state of its shelf.
    public static func isMarker(_ name: String) -> Bool {
        name == "version.txt" || name == "CACHEDIR.TAG" || isKaggleMark(name)
    }

    /// Beside `3` a file says that version 3 is there whole.
    private static func isKaggleMark(_ name: String) -> Bool {
        for ending in [".complete", ".archive"] where name.hasSuffix(ending) {
            let number = name.dropLast(ending.count)
            return !number.isEmpty && number.allSatisfy(\.isNumber)
        }
        return false
    }

    /// Whether these are the names of a repository as ModelScope keeps it.
    public static func isModelScope(_ names: [String]) -> Bool { names.contains(where: modelScopeLists.contains) }

    /// `org/name` of a repository's folder: the client writes dots as `___`.
    static func modelScopeName(_ path: String) -> String {
        let last = path.split(separator: "/").suffix(2).map { replaced(String($0)) }
        return Printable.path(last.joined(separator: "/"))
    }

    private static func replaced(_ name: String) -> String {
        var out = ""
        var rest = name[...]
        while let place = rest.range(of: "___") {
            out += rest[..<place.lowerBound] + "."
            rest = rest[place.upperBound...]
        }
        return out + rest
    }

    /// `Revision:master,CreatedAt:1726000000`.
    static func modelScopeRevision(_ folder: RootFolder, _ inside: String) -> String? {
        guard let text = folder.smallText(inside.isEmpty ? ".mv" : inside + "/.mv"),
            let word = text.split(whereSeparator: { $0 == "," || $0.isNewline }).first, word.hasPrefix("Revision:")
        else { return nil }
        return Printable.text(String(word.dropFirst(9)), limit: 100)
    }

    /// `owner/model/framework/instance/version`, or `owner/dataset/version`, of a version's folder.
    static func kaggleName(_ path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        for (kind, depth) in [("models", 5), ("datasets", 4)] {
            guard parts.count > depth, parts[parts.count - depth - 1] == kind else { continue }
            return Printable.path(parts.suffix(depth).filter { $0 != "versions" }.joined(separator: "/"))
        }
        return nil
    }

    /// What a folder of a store is as a model; `nil` for a shelf and for all that no client made.
    static func model(_ path: String, _ folder: String, _ names: [String], _ root: RootFolder) -> ClientStore.Model? {
        let last = String(Entry.name(of: path))
        if let name = ReleaseLocation.hubName(last), names.contains("snapshots"),
            let snapshot = ReleaseLocation.hubSnapshot(path)
        {
            return ClientStore.Model(
                name: name, folder: folder + "/snapshots/" + snapshot, unit: folder, kind: .hubCache,
                revision: snapshot)
        }
        if isModelScope(names) {
            return ClientStore.Model(
                name: modelScopeName(path), folder: folder, unit: folder, kind: .modelScopeCache,
                revision: modelScopeRevision(root, folder))
        }
        if !last.isEmpty, last.allSatisfy(\.isNumber), let name = kaggleName(path) {
            guard (try? FileSystem.kind(path + ".complete")) == .file else { return nil }
            return ClientStore.Model(name: name, folder: folder, unit: folder, kind: .kaggleCache, revision: last)
        }
        return nil
    }
}
