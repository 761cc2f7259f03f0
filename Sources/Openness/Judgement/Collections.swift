import Unpacking

/// Releases inside a release: several models in folders of their own, each judged by itself beside the whole.
enum Collections {
    private static let most = 100
    private static let deepest = 3

    /// Folders that hold a model of their own: a card with weights, a config or a licence beside it. Nothing where there are fewer than two.
    static func folders(_ release: ReleaseFacts) -> [String] {
        var cards: Set<String> = []
        var readmes: Set<String> = []
        var support: Set<String> = []
        var licensed: Set<String> = []
        for file in release.files where file.place.area == .main && (1...deepest).contains(file.place.depth) {
            let folder = FolderIndex.folder(file.path)
            let name = file.place.name
            if file.card != nil {
                if file.card?.frontMatter != nil
                    || ["model_card", "model-card", "modelcard"].contains(where: name.holds)
                {
                    cards.insert(folder)
                } else if file.place.isReadme {
                    readmes.insert(folder)
                }
            }
            if file.place.licenceName == .general { licensed.insert(folder) }
            if file.config != nil || file.shardIndex != nil { support.insert(folder) }
            if let artefact = file.artefact,
                ["safetensors", "gguf", "torch-zip", "torch-legacy", "onnx"].contains(artefact.format)
                    || artefact.status == .pointer
            {
                support.insert(folder)
            }
        }
        // A plain README with a licence is any project's; beside weights or a config it is a model's.
        let found = cards.intersection(support.union(licensed)).union(readmes.intersection(support)).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        // A folder inside another belongs to it; in order of bytes it comes right behind.
        var outer: [String] = []
        for folder in found where outer.last.map({ !folder.hasPrefix($0) }) ?? true { outer.append(folder) }
        return outer.count >= 2 ? Array(outer.prefix(most)) : []
    }

    /// The files of one folder as a release of its own. Evidence keeps the paths of the whole.
    static func part(_ release: ReleaseFacts, _ folder: String) -> ReleaseFacts {
        var part = release
        part.name = String(folder.dropLast().split(separator: "/").last ?? Substring(folder))
        part.path = folder
        part.problems = []
        part.errors = []
        part.files = release.files.filter { $0.path.hasPrefix(folder) }.map { file in
            var file = file
            file.entry.path = String(file.path.dropFirst(folder.count))
            file.place = FilePlace(file.entry.path)
            return file
        }
        return part
    }
}
