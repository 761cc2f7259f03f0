import OpenscanBytes
import OpenscanFacts

/// Compares what files name with what lies beside them: shards, external data, parts of pipelines. Nothing outside the release is looked at.
enum Completeness {
    static func check(_ release: inout ReleaseFacts) {
        PackedWidths.settle(&release)
        ShardSets.check(&release)
        let needing = release.files.indices.filter {
            !(release.files[$0].artefact?.needs.isEmpty ?? true) || release.files[$0].config?.isPipeline == true
        }
        let numbered = release.files.contains { $0.artefact != nil && $0.place.name.holds("-of-") }
        guard !needing.isEmpty || numbered else { return }
        let wanted = needing.flatMap { place in
            let file = release.files[place]
            return file.artefact?.needs.keys.map { file.folder + Printable.path($0) } ?? []
        }
        let places = FileFinder(release, wanted: wanted)
        let parts = PipelineParts(release)
        for index in needing {
            externalData(&release, index, places)
            pipeline(&release, index, parts)
        }
        if numbered { numberedSets(&release) }
    }

    /// Data that a model keeps in other files: they must be there and long enough.
    private static func externalData(_ release: inout ReleaseFacts, _ index: Int, _ places: FileFinder) {
        let folder = release.files[index].folder
        for (name, bytes) in (release.files[index].artefact?.needs ?? [:]).sorted(by: { $0.key < $1.key }).prefix(100) {
            guard let place = places[folder + Printable.path(name)] else {
                release.files[index].findings.append(
                    Finding(.missingShard, .high, "\(name) is named as external data and not there"))
                continue
            }
            let file = release.files[place]
            let size = file.artefact?.pointer?.size ?? file.entry.size
            if let size, size < bytes {
                release.files[index].findings.append(
                    Finding(
                        .badExternalData, .high, "data to \(bytes) is announced in \(name), which has \(size) bytes")
                )
            }
        }
    }

    /// Parts that `model_index.json` names: each is a folder beside it.
    private static func pipeline(_ release: inout ReleaseFacts, _ index: Int, _ found: PipelineParts) {
        guard let config = release.files[index].config, config.isPipeline else { return }
        let folder = release.files[index].folder
        for part in config.parts {
            let inside = folder + part.name + "/"
            if !found.present.contains(inside) {
                release.files[index].findings.append(
                    Finding(
                        .missingShard, .medium,
                        "the part \(part.name) (\(part.type)) is named by the pipeline and not there"))
            } else if part.hasWeights, !found.withWeights.contains(inside) {
                release.files[index].findings.append(
                    Finding(
                        .missingShard, .medium, "the part \(part.name) (\(part.type)) is there without its weights"))
            }
        }
    }

    /// Sets numbered `NAME-00002-of-00005` that no index names.
    private static func numberedSets(_ release: inout ReleaseFacts) {
        var sets: [String: (count: Int, seen: Set<Int>, first: Int)] = [:]
        for index in release.files.indices {
            let path = release.files[index].path
            guard release.files[index].artefact != nil, let shard = ShardName(path) else { continue }
            sets[shard.set, default: (shard.count, [], index)].seen.insert(shard.number)
        }
        guard !sets.isEmpty else { return }
        let indexed = Set(release.files.filter { $0.shardIndex != nil }.map { $0.folder })
        for (name, set) in sets.sorted(by: { $0.key < $1.key }) where !indexed.contains(Entry.folder(of: name)) {
            // Some count from 0, some from 1.
            let missing = set.count - set.seen.count
            guard missing > 0, set.count <= 100_000 else { continue }
            let start = set.seen.contains(0) ? 0 : 1
            let absent = (start..<start + set.count).filter { !set.seen.contains($0) }.prefix(5).map(String.init)
                .joined(separator: ", ")
            release.files[set.first].findings.append(
                Finding(
                    .missingShard, .high,
                    "\(missing) of \(set.count) parts of this set are not there (numbers \(absent)\(missing > 5 ? ", ..." : ""))"
                ))
        }
    }
}

/// Folders of the parts that pipelines name: those that are there, and those with weights or pointers to them.
private struct PipelineParts {
    private(set) var present: Set<String> = []
    private(set) var withWeights: Set<String> = []

    init(_ release: ReleaseFacts) {
        var named: Set<String> = []
        for file in release.files where file.config?.isPipeline == true {
            for part in file.config?.parts ?? [] { named.insert(file.folder + part.name + "/") }
        }
        guard !named.isEmpty else { return }
        for file in release.files {
            let hasWeights =
                file.artefact.map { $0.standsForWeights || $0.pointer != nil } ?? false
            var folder = file.folder
            while !folder.isEmpty {
                if named.contains(folder) {
                    present.insert(folder)
                    if hasWeights { withWeights.insert(folder) }
                }
                folder = Entry.folder(of: String(folder.dropLast()))
            }
        }
    }
}
