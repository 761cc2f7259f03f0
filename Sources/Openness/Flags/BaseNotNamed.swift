import OpenscanFacts

/// Called open, while the weights are an adapter whose base is not named.
///
/// Guard: a base named anywhere is enough.
struct BaseNotNamed: FlagRule {
    let id: FlagID = "ow-16"

    func check(_ context: FlagContext) -> FlagFinding? {
        let adapter = context.component(.weightsAdapter)
        guard adapter.status == .present, context.component(.weightsFinal).status != .present,
            context.model.baseModels.isEmpty, context.model.hintedBases.isEmpty,
            let place = adapter.evidence.first, let claim = context.anyOpenClaim
        else { return nil }
        return FlagFinding(
            claim: claim.evidence, evidence: [place],
            reasons: [Reason("an adapter, and no field, config or sentence names its base", [place])])
    }
}
