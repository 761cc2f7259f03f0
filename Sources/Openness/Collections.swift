import OpenscanFacts
import OpenscanRules

/// Releases inside a release: several models in folders of their own, each judged by itself beside the whole.
struct Collections {
    let rules: RuleSet

    private static let most = 100
    private static let deepest = 3

    /// Folders that hold a model of their own: a card with weights, a config or a licence beside it. Nothing where there are fewer than two.
    func folders(_ release: ReleaseFacts) -> [String] {
        // A store says itself which models it keeps.
        if release.models.count >= 2 { return Array(release.models.prefix(SeveralModels.most)) }
        var cards: Set<String> = []
        var readmes: Set<String> = []
        var support: Set<String> = []
        var licensed: Set<String> = []
        let cardNames = rules.components[.modelCard]?.files
        for file in release.files where file.place.area == .main && (1...Self.deepest).contains(file.place.depth) {
            let folder = file.folder
            if let card = file.card {
                if card.frontMatter != nil || cardNames?.matches(file.place.name) ?? false {
                    cards.insert(folder)
                } else if file.place.isReadme {
                    readmes.insert(folder)
                }
            }
            if file.place.licenceName == .general { licensed.insert(folder) }
            if file.config != nil || file.shardIndex != nil { support.insert(folder) }
            if let artefact = file.artefact,
                rules.components.weights.modelFormats.contains(artefact.format) || artefact.pointer != nil
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
        return outer.count >= 2 ? Array(outer.prefix(Self.most)) : []
    }

    /// The files of one folder as a release of its own, with paths from there.
    func part(_ release: ReleaseFacts, _ folder: String) -> ReleaseFacts {
        var part = release
        let name = folder.dropLast()
        part.name = release.models.contains(folder) ? String(name) : String(Entry.name(of: String(name)))
        part.models = []
        part.path = folder
        part.problems = []
        part.errors = []
        let paths = PathTable()
        part.unlisted = 0
        part.files = release.files.filter { $0.folder.hasPrefix(folder) }.map { file in
            var file = file
            let path = String(file.path.dropFirst(folder.count))
            file.place = rules.places.place(paths.path(path))
            file.entry.path = path
            return file
        }
        return part
    }
}
