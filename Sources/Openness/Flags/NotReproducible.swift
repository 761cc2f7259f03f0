import OpenscanFacts

/// Called reproducible, while there is neither training nor evaluation code.
///
/// Guard: code for evaluation alone is enough, for the claim may speak of evaluation alone.
struct NotReproducible: FlagRule {
    let id: FlagID = "ow-25"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeightsOrLink, !context.isThere(.trainingCode), !context.isThere(.evaluationCode),
            let claim = context.claims.first(where: { $0.isOwn && $0.category == .reproducible })
        else { return nil }
        return FlagFinding(
            claim: claim.evidence, reasons: [Reason("neither training nor evaluation code found")])
    }
}
