import OpenscanFacts

/// Files of weights and data, and files with findings, as outputs list them.
enum ArtefactListing {
    private static let most = 5000

    static func of(_ facts: ReleaseFacts, _ components: [String: ComponentID]) -> [JudgedArtefact] {
        var out = Array(facts.files.lazy.compactMap { artefact($0, components) }.prefix(most))
        var places = Dictionary(out.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
        for problem in facts.problems.prefix(most) {
            if let place = places[problem.path] {
                out[place].findings.append(problem.finding)
            } else {
                places[problem.path] = out.count
                out.append(
                    JudgedArtefact(
                        path: problem.path, format: "unknown", status: .notInspected, findings: [problem.finding]))
            }
        }
        return out.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    }

    private static func artefact(_ file: FileFacts, _ components: [String: ComponentID]) -> JudgedArtefact? {
        if let artefact = file.artefact {
            return JudgedArtefact(
                path: file.path, component: components[file.path], format: artefact.format, status: artefact.status,
                tensors: artefact.tensors, parameters: artefact.parameters,
                parametersByType: artefact.parametersByType, metadata: artefact.metadata,
                findings: file.allFindings, pointer: artefact.pointer, size: file.entry.size,
                unseen: file.unseen)
        }
        if let index = file.shardIndex {
            return JudgedArtefact(
                path: file.path, component: .modelMetadata, format: "safetensors-sharded",
                status: file.findings.contains { $0.severity == .high } ? .malformed : .ok, tensors: index.tensors,
                metadata: index.totalSize.map { ["total_size": String($0)] } ?? [:], findings: file.findings,
                size: file.entry.size)
        }
        guard !file.findings.isEmpty else { return nil }
        return JudgedArtefact(
            path: file.path, format: file.config == nil ? "text" : "json-config", findings: file.findings,
            size: file.entry.size, unseen: file.unseen)
    }
}

extension FileFacts {
    /// Bytes that were not fetched, of a file of which some or all were not.
    fileprivate var unseen: Int? { isPartial || isListedOnly ? unseenBytes : nil }
}
