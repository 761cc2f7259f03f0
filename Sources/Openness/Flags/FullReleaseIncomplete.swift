import OpenscanFacts

/// Called fully open, while parts of a full release are missing.
///
/// Guards: open to some is not what the words promise, and says so itself; a paper cannot be seen in files and is not
/// asked for.
struct FullReleaseIncomplete: FlagRule {
    let id: FlagID = "ow-13"
    /// What a full release has.
    static let parts: [ComponentID] = [
        .weightsFinal, .trainingCode, .inferenceCode, .evaluationCode, .dataProcessingCode, .dataset, .modelCard,
        .evaluationResults,
    ]

    func check(_ context: FlagContext) -> FlagFinding? {
        let claim = context.claims.first { claim in
            claim.isOwn && claim.category == .openSource && context.says(claim, "says-fully-open")
                && !context.says(claim, "says-open-to-some")
        }
        let missing = Self.parts.filter { !context.isThere($0) }
        guard context.hasWeightsOrLink, let claim, !missing.isEmpty else { return nil }
        let names = Wording.joined(missing.map { Wording($0.rawValue) }, by: ", ")
        return FlagFinding(claim: claim.evidence, reasons: [Reason("not found: \(names)")])
    }
}
