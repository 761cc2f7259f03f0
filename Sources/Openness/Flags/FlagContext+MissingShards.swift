import OpenscanFacts

extension FlagContext {
    /// Shards that an index names and that are not there: the indexes, and what each lacks. A pointer file is there:
    /// not fetched is not missing.
    var missingShards: FlagFinding? {
        let lacking = release.files.lazy.filter { $0.findings.contains { $0.id == .missingShard } }
            .map { (path: $0.path, shards: $0.findings.filter { $0.id == .missingShard }) }
        guard !lacking.isEmpty else { return nil }
        return FlagFinding(
            evidence: lacking.map { Evidence(path: $0.path) },
            reasons: lacking.flatMap { file in
                file.shards.map { Reason($0.detail, [Evidence(path: file.path)]) }
            })
    }
}
