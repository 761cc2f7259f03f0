import OpenscanFacts

/// Called open, while there are only a service or a demo and no weights.
///
/// Guard: programs that talk to a service may truthfully be open source: only what is judged as a model counts, and no
/// sentence on code alone.
struct ServiceOnly: FlagRule {
    let id: FlagID = "ow-19"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.gradient.subject == .model, !context.hasWeightsOrLink, let claim = context.openClaim,
            let service = [ComponentID.hostedAPI, .demo].first(where: { context.component($0).status != .absent }),
            let place = context.component(service).evidence.first
        else { return nil }
        return FlagFinding(
            claim: claim.evidence, evidence: [place],
            reasons: [Reason("\(service.rawValue), and no weights here or linked", [place])])
    }
}
