import OpenscanFacts

/// Counts packed weights whose width only a configuration or a declared total tells.
enum PackedWidths {
    private static let widths = 1...16

    static func settle(_ release: inout ReleaseFacts) {
        let places = release.files.indices.filter { release.files[$0].artefact?.packing?.untoldBits ?? 0 > 0 }
        guard !places.isEmpty else { return }
        var configured: [String: Int] = [:]
        for file in release.files {
            if let bits = file.config?.quantizedBits, configured[file.folder] == nil { configured[file.folder] = bits }
        }
        for place in places {
            let folder = release.files[place].folder
            guard var artefact = release.files[place].artefact, var packing = artefact.packing else { continue }
            let bits = configured[folder] ?? configured[""] ?? declared(folder, release)
            if let bits, widths.contains(bits), packing.untoldBits % bits < max(bits, 32) {
                artefact.parameters = (artefact.parameters ?? 0).saturatingSum(packing.untoldBits / bits)
                packing.width = packing.width == nil || packing.width == bits ? bits : nil
                packing.untoldBits = 0
            } else {
                // The words are counted as nothing else: how many parameters they stand for is not said anywhere.
                artefact.parameters = nil
                artefact.findings.append(
                    Finding(
                        .notInspected, .low,
                        "packed weights of a width that neither their companions nor a config tell; not counted"))
            }
            artefact.packing = packing
            release.files[place].artefact = artefact
        }
    }

    /// The width with which the parameters of a set come to what its index declares.
    private static func declared(_ folder: String, _ release: ReleaseFacts) -> Int? {
        for file in release.files where file.folder == folder {
            guard let index = file.shardIndex, let total = index.totalParameters else { continue }
            let named = Set(index.files.map { folder + $0 })
            let shards = release.files.filter { named.contains($0.path) }.compactMap(\.artefact)
            let told = shards.reduce(0) { $0.saturatingSum($1.parameters ?? 0) }
            let untold = shards.reduce(0) { $0.saturatingSum($1.packing?.untoldBits ?? 0) }
            guard total > told, untold > 0 else { continue }
            let width = untold / (total - told)
            if untold % (total - told) == 0, widths.contains(width) { return width }
        }
        return nil
    }
}
