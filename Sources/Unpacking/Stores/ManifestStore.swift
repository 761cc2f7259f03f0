import OpenscanBytes
import OpenscanFacts

/// Stores that keep a model as layers named by their digests, with a manifest that says what each layer is: the stores of ollama and of
/// docker's model runner, and OCI layouts (opencontainers/image-spec, "image-layout"; ModelPack and KitOps put models into them).
public enum ManifestStore {
    private static let manifestBytes = 512 << 10
    private static let mostManifests = 2000
    private static let mostLayers = 4096
    private static let deepest = 6

    // MARK: Finding stores

    /// Paths of the manifests of a store at a folder, sorted; `nil` when it is none.
    public static func manifests(at folder: String) -> [String]? {
        guard let root = try? RootFolder(folder), let names = root.names(in: "") else { return nil }
        guard names.contains("blobs"), root.status("blobs")?.kind == .directory else { return nil }
        if names.contains("manifests"), root.status("manifests")?.kind == .directory {
            var out: [String] = []
            collect("manifests", root, depth: 0, into: &out)
            return out.isEmpty ? nil : out.map { folder + "/" + $0 }
        }
        guard names.contains("index.json"), names.contains("oci-layout") else { return nil }
        let found = indexed("index.json", root, depth: 0)
        return found.isEmpty ? nil : found.map { folder + "/" + $0 }
    }

    /// What is read for a folder or a manifest of a store; `nil` for everything else.
    static func location(at path: String, isFolder: Bool) -> ReleaseLocation? {
        if isFolder {
            guard let manifests = manifests(at: path) else { return nil }
            return location(path, manifests.map { String($0.dropFirst(path.utf8.count + 1)) }, names: nil)
        }
        var store = FileSystem.parent(of: path)
        for _ in 0..<deepest where store != "/" {
            let inside = String(path.dropFirst(store.utf8.count + 1))
            if inside.hasPrefix("manifests/") || inside.hasPrefix("blobs/"), let root = try? RootFolder(store),
                root.status("blobs")?.kind == .directory, manifest(inside, root) != nil
            {
                return location(store, [inside], names: path)
            }
            store = FileSystem.parent(of: store)
        }
        return nil
    }

    private static func location(_ store: String, _ manifests: [String], names path: String?) -> ReleaseLocation? {
        guard let root = try? RootFolder(store) else { return nil }
        var out = ReleaseLocation(
            kind: kind(root), name: Printable.path(String(Entry.name(of: store))), root: store, confinement: store)
        let shelf = String(Entry.name(of: store))
        let listed = listedNames(root, shelf: shelf)
        // Two tags of the same layers are one model.
        var seen: Set<[String]> = []
        let models = manifests.compactMap { inside -> (inside: String, manifest: Manifest)? in
            guard let manifest = manifest(inside, root) else { return nil }
            return seen.insert(manifest.layers.map(\.digest)).inserted ? (inside, manifest) : nil
        }
        var layers: [ReleaseLocation.Layer] = []
        var folders: Set<String> = []
        for (inside, manifest) in models {
            let name = modelName(inside, manifest, listed)
            if models.count == 1 {
                out.name = Printable.path(name ?? out.name)
                out.revision = manifest.config.map { $0.digest }
            }
            var folder = ""
            if models.count > 1 {
                let digest = String(Entry.name(of: inside))
                folder = (name.flatMap(usable) ?? Printable.path(digest)) + "/"
                if !folders.insert(folder).inserted { folder = Printable.path(digest) + "/" }
                out.models.append(ReleaseLocation.Model(folder: folder, location: ""))
            }
            layers += self.layers(of: manifest, in: folder, root)
        }
        guard !layers.isEmpty else { return nil }
        out.layers = layers
        return out
    }

    /// Whose store it is, by the files that only one client writes.
    private static func kind(_ root: RootFolder) -> ReleaseFacts.Kind {
        if root.status("manifests")?.kind != .directory { return .ociLayout }
        return root.status("models.json")?.kind == .file || root.status("layout.json")?.kind == .file
            ? .dockerStore : .ollamaStore
    }

    private static func collect(_ folder: String, _ root: RootFolder, depth: Int, into out: inout [String]) {
        guard depth < deepest else { return }
        for name in (root.names(in: folder) ?? []).sorted() where out.count < mostManifests {
            let path = folder + "/" + name
            switch root.status(path)?.kind {
            case .directory: collect(path, root, depth: depth + 1, into: &out)
            case .file where manifest(path, root) != nil: out.append(path)
            default: break
            }
        }
    }

    /// Manifests that an index names, also by way of further indexes.
    private static func indexed(_ path: String, _ root: RootFolder, depth: Int) -> [String] {
        guard depth < 3, let list = document(path, root)?["manifests"]?.array else { return [] }
        var out: [String] = []
        for item in list.prefix(mostManifests) {
            guard let digest = item["digest"]?.string, let blob = blob(digest, root) else { continue }
            if manifest(blob, root) != nil {
                out.append(blob)
            } else {
                out += indexed(blob, root, depth: depth + 1)
            }
        }
        return out
    }

    // MARK: Manifests

    private struct Manifest {
        struct Part {
            let digest: String
            let mediaType: String
            let title: String?
        }

        let config: Part?
        let layers: [Part]
        let name: String?
    }

    private static func document(_ path: String, _ root: RootFolder) -> JSONValue? {
        guard let text = root.smallText(path, limit: manifestBytes) else { return nil }
        var copy = text
        return copy.withUTF8 { try? JSONValue.parse(UnsafeRawBufferPointer($0), itemLimit: 200_000) }
    }

    private static func manifest(_ path: String, _ root: RootFolder) -> Manifest? {
        guard let document = document(path, root), let layers = document["layers"]?.array else { return nil }
        let parts = layers.prefix(mostLayers).compactMap(part)
        guard !parts.isEmpty else { return nil }
        return Manifest(
            config: document["config"].flatMap(part), layers: parts,
            name: document["annotations"]?["org.opencontainers.image.title"]?.string)
    }

    private static let titles = [
        "org.opencontainers.image.title", "org.cncf.model.filepath", "org.cnai.model.filepath",
    ]

    private static func part(_ value: JSONValue) -> Manifest.Part? {
        guard let digest = value["digest"]?.string, let type = value["mediaType"]?.string else { return nil }
        let notes = value["annotations"]
        return Manifest.Part(
            digest: digest, mediaType: type,
            title: titles.lazy.compactMap { notes?[$0]?.string }.first ?? value["name"]?.string)
    }

    /// `library/qwen2.5:7b` of `manifests/HOST/library/qwen2.5/7b`; what a registry's own library is called says nothing.
    private static func modelName(_ inside: String, _ manifest: Manifest, _ listed: [String: String]) -> String? {
        let digest = String(Entry.name(of: inside))
        guard inside.hasPrefix("manifests/") else { return listed[digest] ?? manifest.name }
        var words = inside.split(separator: "/").dropFirst().map(String.init)
        guard words.count >= 2 else { return manifest.name }
        let tag = words.removeLast()
        if words == ["sha256"] { return listed[digest] ?? manifest.name }
        if words.count > 1, words[0].contains(".") || words[0].contains(":") { words.removeFirst() }
        if words.count > 1, words[0] == "library" { words.removeFirst() }
        return words.joined(separator: "/") + ":" + tag
    }

    private static let indexNames = ["io.containerd.image.name", "org.opencontainers.image.ref.name"]

    /// Names of manifests by the figures of their digests: as docker's model runner lists them, and as an index notes them. A note that is
    /// only a tag says which version of the whole layout it is.
    private static func listedNames(_ root: RootFolder, shelf: String) -> [String: String] {
        var out: [String: String] = [:]
        func add(_ digest: String?, _ name: String?) {
            guard let digest, let name, !name.isEmpty, let figures = digest.split(separator: ":").last else { return }
            if out[String(figures)] == nil { out[String(figures)] = name }
        }
        for model in (document("models.json", root)?["models"]?.array ?? []).prefix(mostManifests) {
            add(model["id"]?.string, model["tags"]?.strings.first)
        }
        for item in (document("index.json", root)?["manifests"]?.array ?? []).prefix(mostManifests) {
            let note = indexNames.lazy.compactMap { item["annotations"]?[$0]?.string }.first
            let isTag = note.map { !$0.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") } } ?? false
            add(item["digest"]?.string, isTag ? note.map { shelf + ":" + $0 } : note)
        }
        return out
    }

    // MARK: Layers

    /// The file of a digest, in either layout; `nil` for what is no digest: such a word opens nothing.
    private static func blob(_ digest: String, _ root: RootFolder) -> String? {
        guard let path = path(of: digest) else { return nil }
        return path.first { root.status($0)?.kind == .file }
    }

    private static func path(of digest: String) -> [String]? {
        let parts = digest.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (32...128).contains(parts[1].utf8.count), parts[1].utf8.allSatisfy(isHex),
            (1...32).contains(parts[0].utf8.count), parts[0].utf8.allSatisfy(isWord)
        else { return nil }
        return ["blobs/\(parts[0])-\(parts[1])", "blobs/\(parts[0])/\(parts[1])"]
    }

    private static func isHex(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x66
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x30 && byte <= 0x39 || byte >= 0x61 && byte <= 0x7A
    }

    private static func layers(of manifest: Manifest, in folder: String, _ root: RootFolder) -> [ReleaseLocation.Layer]
    {
        var out: [ReleaseLocation.Layer] = []
        var names: Set<String> = []
        let parts = manifest.layers.map { ($0, false) } + (manifest.config.map { [($0, true)] } ?? [])
        for (part, isConfig) in parts {
            guard path(of: part.digest) != nil else { continue }
            let isPackage = !isConfig && isTar(part.mediaType)
            var name = fileName(part, isConfig: isConfig)
            var number = 1
            while !names.insert(name).inserted, number < mostLayers {
                number += 1
                name = numbered(fileName(part, isConfig: isConfig), number)
            }
            out.append(
                .init(path: folder + name, blob: blob(part.digest, root), digest: part.digest, isPackage: isPackage))
        }
        return out
    }

    private static func numbered(_ name: String, _ number: Int) -> String {
        guard let dot = name.firstIndex(of: ".") else { return "\(name)-\(number)" }
        return "\(name[..<dot])-\(number)\(name[dot...])"
    }

    /// What a layer is called in the release: the name it was packed under, else what its media type says it is.
    private static func fileName(_ part: Manifest.Part, isConfig: Bool) -> String {
        let type = part.mediaType.lowercased()
        if isConfig {
            // KitOps has its Kitfile here.
            return type.contains("kitops") ? "Kitfile" : StoreNames.layersConfig
        }
        let isTar = isTar(type)
        if let title = part.title, !isTar, let name = usable(title) { return name }
        let words = Set(type.split { !($0.isLetter || $0.isNumber) }.map(String.init))
        let kind = kinds.first { !words.isDisjoint(with: $0.words) }?.name ?? "layer"
        guard isTar else { return kind }
        let stem = kind.split(separator: ".").first.map(String.init) ?? kind
        return stem + (type.contains("gzip") || type.hasSuffix(".gz") ? ".tar.gz" : ".tar")
    }

    private static func isTar(_ mediaType: String) -> Bool {
        mediaType.lowercased().split { !($0.isLetter || $0.isNumber) }.contains("tar")
    }

    /// Words of media types, and the names under which readers know such files.
    private static let kinds: [(words: Set<String>, name: String)] = [
        (["license", "licence"], "LICENSE"), (["template"], "template.jinja"), (["system"], "system.txt"),
        (["params"], "params.json"), (["messages"], "messages.json"), (["adapter"], "adapter"),
        (["projector", "mmproj"], "mmproj.gguf"),
        (["gguf"], "model.gguf"), (["safetensors"], "model.safetensors"),
        (["doc", "docs"], "docs"), (["code"], "code"), (["dataset"], "dataset"),
        (["weight", "weights", "model"], "model"),
    ]

    /// A title is a path from somebody else: it stays inside.
    private static func usable(_ title: String) -> String? {
        let parts = title.split(separator: "/").map(String.init)
        guard !title.hasPrefix("/"), !parts.isEmpty, parts.count <= 16, !parts.contains(".."), title.utf8.count <= 512,
            !title.utf8.contains(where: { $0 < 0x20 })
        else { return nil }
        return Printable.path(parts.filter { $0 != "." }.joined(separator: "/"))
    }
}
