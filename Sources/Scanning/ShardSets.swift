import OpenscanBytes
import OpenscanFacts

/// Compares the indexes of sharded sets with the files beside them.
enum ShardSets {
    static func check(_ release: inout ReleaseFacts) {
        let indexes = release.files.filter { $0.shardIndex != nil }
        guard !indexes.isEmpty else { return }
        let wanted = indexes.flatMap { file in file.shardIndex?.files.map { file.folder + $0 } ?? [] }
        let places = FileFinder(release, wanted: wanted)
        let folders = Set(indexes.map(\.folder))
        let shards = Dictionary(
            grouping: release.files.lazy.filter { folders.contains($0.folder) && $0.place.name.holds("-of-") }
                .map(\.path), by: Entry.folder(of:))
        for place in release.files.indices {
            guard let index = release.files[place].shardIndex else { continue }
            let path = release.files[place].path
            let folder = String(path.dropLast(Entry.name(of: path).utf8.count))
            var missing: [String] = []
            var isWhole = true
            for file in index.files where places[folder + file] == nil { missing.append(file) }
            for name in missing.prefix(50) {
                release.files[place].findings.append(
                    Finding(.missingShard, .high, "\(name) is named by the index and not there"))
            }
            if missing.count > 50 {
                release.files[place].findings.append(
                    Finding(.missingShard, .high, "and \(missing.count - 50) more shards are not there"))
            }
            let named = Set(index.files)
            let ending = index.files.first.map { String($0.drop { $0 != "." }) } ?? ".safetensors"
            let isNumbered = index.files.contains { $0.contains("-of-") }
            for path in (shards[folder] ?? []).prefix(10_000) {
                let name = String(path.dropFirst(folder.count))
                if name.hasSuffix(ending), !named.contains(name), isNumbered, release.files[place].findings.count < 200
                {
                    release.files[place].findings.append(
                        Finding(.extraShard, .low, "\(name) looks like a shard and is not named by the index"))
                }
            }
            // Tensors take what the index announces; headers and padding come on top.
            let bytes = index.files.reduce(0) { sum, file in
                let shard = places[folder + file].map { release.files[$0] }
                return sum.saturatingSum(shard?.artefact?.pointer?.size ?? shard?.byteCount ?? 0)
            }
            if missing.isEmpty, let announced = index.totalSize, announced > bytes, !index.files.isEmpty {
                release.files[place].findings.append(
                    Finding(.badSize, .medium, "the index announces \(announced) bytes, its shards have \(bytes)"))
            }
            var tensors = 0
            for file in index.files {
                guard let facts = places[folder + file].flatMap({ release.files[$0].artefact }), facts.status == .ok,
                    let count = facts.tensors
                else {
                    isWhole = false
                    continue
                }
                tensors += count
            }
            if isWhole, missing.isEmpty, tensors != index.tensors, !index.files.isEmpty {
                release.files[place].findings.append(
                    Finding(.badSize, .medium, "the index names \(index.tensors) tensors, its shards hold \(tensors)")
                )
            }
        }
    }
}
