import OpenscanFacts

/// Weights in a format that can run code when it is loaded. A note: no claim is needed.
///
/// Guard: none of test files, and no arrays or pickles of which nothing says that they are weights.
struct PickleWeights: FlagRule {
    let id: FlagID = "pickle-weights"

    func check(_ context: FlagContext) -> FlagFinding? {
        let found = context.release.files.lazy.compactMap { (file: FileFacts) -> Reason? in
            guard file.place.area != .test, let artefact = file.artefact,
                context.rules.components.weights.areWeights(artefact, at: file.place.path),
                artefact.findings.contains(where: { $0.id == .picklePresent })
            else { return nil }
            return Reason("format \(artefact.format)", [Evidence(path: file.path)])
        }
        let shown = Array(found.prefix(3))
        return shown.isEmpty ? nil : FlagFinding(evidence: shown.flatMap(\.evidence), reasons: shown)
    }
}
