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
            if missing.isEmpty {
                let shards = index.files.map { places[folder + $0].flatMap { release.files[$0].artefact } }
                release.files[place].findings += ShardContent(index: index, shards: shards).findings
            }
        }
    }
}

/// Holds the tensors that an index names against those that its shards have.
private struct ShardContent {
    let index: ShardIndex
    /// Facts of the shards, in the order of the index's files.
    let shards: [ArtefactFacts?]

    private static let mostNamed = 10

    var findings: [Finding] {
        guard !shards.isEmpty else { return [] }
        return tensors + parameters
    }

    private var tensors: [Finding] {
        guard shards.allSatisfy({ $0?.status == .ok && $0?.tensors != nil }) else { return [] }
        let held = shards.reduce(0) { $0.saturatingSum($1?.tensors ?? 0) }
        // Of other formats than safetensors the names are not kept.
        guard index.named.count == index.tensors, shards.allSatisfy({ $0?.tensorNames.count == $0?.tensors }) else {
            guard held != index.tensors else { return [] }
            return [
                Finding(.badSize, .medium, "the index names \(index.tensors) tensors, its shards hold \(held)")
            ]
        }
        var homes: [UInt64: Int] = [:]
        for (place, shard) in shards.enumerated() {
            for name in shard?.tensorNames ?? [] { homes[name] = place }
        }
        var out: [Finding] = []
        var wrong = 0
        for tensor in index.named {
            let home = homes.removeValue(forKey: tensor.hash)
            guard home != tensor.file else { continue }
            wrong += 1
            guard wrong <= Self.mostNamed else { continue }
            let file = index.files[tensor.file]
            let instead: Wording =
                home.map { "; it is in \(index.files[$0])" } ?? ", and no other shard has it"
            out.append(
                Finding(
                    .missingShard, .medium, "tensor \(tensor.name) is not in \(file), where the index has it\(instead)")
            )
        }
        if wrong > Self.mostNamed {
            out.append(
                Finding(
                    .missingShard, .medium,
                    "and \(wrong - Self.mostNamed) more tensors are not where the index has them"))
        }
        let extra = Dictionary(grouping: homes.values, by: { $0 }).mapValues(\.count)
        for (place, count) in extra.sorted(by: { $0.key < $1.key }).prefix(Self.mostNamed) {
            out.append(
                Finding(.extraShard, .medium, "\(count) tensors of \(index.files[place]) are not named by the index"))
        }
        return out
    }

    private var parameters: [Finding] {
        guard let declared = index.totalParameters, shards.allSatisfy({ $0?.parameters != nil }) else { return [] }
        let held = shards.reduce(0) { $0.saturatingSum($1?.parameters ?? 0) }
        let difference = held > declared ? held - declared : declared - held
        // Tied tensors and buffers make small differences.
        guard difference > max(held, declared) / 50 else { return [] }
        return [
            Finding(.badSize, .medium, "the index announces \(declared) parameters, its shards have \(held)")
        ]
    }
}
