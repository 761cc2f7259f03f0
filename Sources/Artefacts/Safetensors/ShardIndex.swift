import OpenscanBytes
import OpenscanFacts

extension ShardIndex {
    /// `nil` when the text is no shard index.
    public static func read(_ bytes: UnsafeRawBufferPointer) -> ShardIndex? {
        guard let root = try? JSONValue.parse(bytes), let map = root["weight_map"]?.members else { return nil }
        var files = Set<String>()
        var seen = Set<String>()
        var findings: [Finding] = []
        for member in map {
            if !seen.insert(member.key).inserted, findings.count < 3 {
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
            }
        }
        return ShardIndex(
            files: files.sorted(), tensors: seen.count, totalSize: root["metadata"]?["total_size"]?.int,
            findings: findings)
    }
}
