import OpenscanFacts

/// Files of weights and data of two versions, by path and by what is known of their bytes.
struct ArtefactDifference {
    let changes: [ReleaseDifference.ArtefactChange]

    init(old: [JudgedArtefact], new: [JudgedArtefact]) {
        func table(_ artefacts: [JudgedArtefact]) -> [String: JudgedArtefact] {
            // What is of the whole release is no file.
            Dictionary(
                artefacts.filter { !$0.path.isEmpty }.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
        }
        let before = table(old)
        let after = table(new)
        var lost = before.values.filter { after[$0.path] == nil }.sorted { $0.path < $1.path }
        var changes: [ReleaseDifference.ArtefactChange] = []
        for artefact in after.values.filter({ before[$0.path] == nil }).sorted(by: { $0.path < $1.path }) {
            if let oid = artefact.pointer?.oid, let place = lost.firstIndex(where: { $0.pointer?.oid == oid }) {
                let former = lost.remove(at: place)
                changes.append(
                    .init(path: former.path, renamed: artefact.path, direction: .changed, figures: [:]))
            } else {
                changes.append(.init(path: artefact.path, direction: .gained, figures: [:]))
            }
        }
        changes += lost.map { .init(path: $0.path, direction: .lost, figures: [:]) }
        for (path, artefact) in after {
            guard let former = before[path] else { continue }
            let figures = Self.figures(former, artefact)
            if !figures.isEmpty { changes.append(.init(path: path, direction: .changed, figures: figures)) }
        }
        self.changes = changes.sorted { ($0.path, $0.renamed ?? "") < ($1.path, $1.renamed ?? "") }
    }

    private static func figures(_ old: JudgedArtefact, _ new: JudgedArtefact)
        -> [String: ReleaseDifference.Change<String>]
    {
        func types(_ artefact: JudgedArtefact) -> String {
            artefact.parametersByType.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
        }
        func number(_ value: Int?) -> String { value.map(String.init) ?? "" }
        let pairs: [(String, String, String)] = [
            ("format", old.format.rawValue, new.format.rawValue),
            ("status", old.status.rawValue, new.status.rawValue),
            ("tensors", number(old.tensors), number(new.tensors)),
            ("parameters", number(old.parameters), number(new.parameters)),
            ("type", types(old), types(new)),
            ("size", number(old.size ?? old.pointer?.size), number(new.size ?? new.pointer?.size)),
            ("digest", old.pointer?.oid ?? "", new.pointer?.oid ?? ""),
        ]
        var out: [String: ReleaseDifference.Change<String>] = [:]
        for (name, before, after) in pairs where before != after { out[name] = .init(before, after) }
        return out
    }
}
