import OpenscanFacts

/// Called open source, while the code at hand only runs the model.
///
/// Guard: code that tunes is training code in part, and a linked trainer is not seen here: neither raises the flag.
struct CodeOnlyRuns: FlagRule {
    let id: FlagID = "ow-14"

    func check(_ context: FlagContext) -> FlagFinding? {
        let code = context.component(.inferenceCode)
        guard context.hasWeightsOrLink, let claim = context.openClaim, context.inputs.trainingCode == .none,
            code.status == .present, let place = code.evidence.first
        else { return nil }
        return FlagFinding(
            claim: claim.evidence, evidence: [place],
            reasons: [Reason("the code runs the model, and none trains it", [place])])
    }
}
