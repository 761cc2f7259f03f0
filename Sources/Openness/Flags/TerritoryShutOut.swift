import OpenscanFacts

/// Called open, while a field of the card or a clause of the weights' licence shuts a territory out.
///
/// Guard: a reminder of export law is no bar; it has a clause of its own.
struct TerritoryShutOut: FlagRule {
    let id: FlagID = "ow-18"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard let claim = context.anyOpenClaim else { return nil }
        let fields = context.rules.cards.territoryFields
        for file in context.release.files {
            guard let head = file.card?.frontMatter,
                let field = fields.keys.sorted().first(where: { head.first($0) == "true" }),
                let territory = fields[field]
            else { continue }
            let place = head.evidence(field, path: file.path)
            return FlagFinding(
                claim: claim.evidence, evidence: [place],
                reasons: [Reason("a field of the card shuts out \(territory)", [place])])
        }
        for licence in context.terms.ofWeights {
            guard let clause = context.clause(of: licence, .limitsTerritory) else { continue }
            return FlagFinding(
                claim: claim.evidence, evidence: [clause.evidence], reasons: [context.meaning(of: clause)])
        }
        return nil
    }
}
