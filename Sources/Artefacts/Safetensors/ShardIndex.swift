import OpenscanBytes
import OpenscanFacts

extension ShardIndex {
    private static let nameLimit = 120

    /// `nil` when the text is no shard index.
    public static func read(_ bytes: UnsafeRawBufferPointer) -> ShardIndex? {
        guard let root = try? JSONValue.parse(bytes), let map = root["weight_map"]?.members else { return nil }
        var files = Set<String>()
        var seen = Set<String>()
        var entries: [(name: String, file: String)] = []
        var findings: [Finding] = []
        for member in map {
            let isNew = seen.insert(member.key).inserted
            if !isNew, findings.count < 3 {
                findings.append(Finding(.duplicateKey, .medium, "the index names tensor \(member.key) twice"))
            }
            guard let file = member.value.string else { continue }
            if file.hasPrefix("/") || file.split(separator: "/").contains("..") {
                if findings.count < 10 {
                    findings.append(
                        Finding(
                            .pathTraversal, .high,
                            "the index names \(file), which leads out of the release; not followed"))
                }
            } else {
                files.insert(file)
                if isNew { entries.append((member.key, file)) }
            }
        }
        let sorted = files.sorted()
        let places = Dictionary(sorted.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        let named = entries.map { entry in
            var name = entry.name
            return Tensor(
                name: Printable.text(entry.name, limit: nameLimit),
                hash: name.withUTF8 { SafetensorsWalk.hash(UnsafeRawBufferPointer($0)) },
                file: places[entry.file] ?? 0)
        }
        let metadata = root["metadata"]
        return ShardIndex(
            files: sorted, tensors: seen.count, named: named, totalSize: metadata?["total_size"]?.int,
            totalParameters: metadata?["total_parameters"]?.int, findings: findings)
    }
}
