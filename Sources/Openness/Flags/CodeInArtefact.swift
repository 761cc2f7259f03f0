import OpenscanFacts

/// A file of the model would run code when it is loaded, or a program fetches code and runs it. A danger: no claim is
/// needed.
///
/// Guard: only grave findings count, and none of test files.
struct CodeInArtefact: FlagRule {
    let id: FlagID = "code-in-artefact"

    func check(_ context: FlagContext) -> FlagFinding? {
        let found = context.release.files.lazy.compactMap { (file: FileFacts) -> Reason? in
            guard file.place.area != .test, let finding = file.allFindings.first(where: runsCode) else { return nil }
            return Reason(finding.detail, [Evidence(path: file.path, offset: finding.offset)])
        }
        let shown = Array(found.prefix(5))
        return shown.isEmpty ? nil : FlagFinding(evidence: shown.flatMap(\.evidence), reasons: shown)
    }

    private func runsCode(_ finding: Finding) -> Bool {
        finding.severity == .high
            && (finding.id.isGlobal || finding.id == .embeddedCode || finding.id == .fetchAndRun)
    }
}
