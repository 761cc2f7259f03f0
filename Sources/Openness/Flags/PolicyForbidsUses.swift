import OpenscanFacts

/// The weights are under an open licence, and a policy, the card or the gate beside it limits uses.
///
/// Guard: wishes are no terms; the policy's own clauses, or the sentence, have to forbid.
struct PolicyForbidsUses: FlagRule {
    let id: FlagID = "ow-05"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.terms.areWeightsApproved, let licence = context.terms.ofWeights.first else { return nil }
        if let limit = licence.clauses.first(where: \.isBeside) {
            return FlagFinding(
                claim: licence.evidence, evidence: [limit.evidence],
                reasons: [context.licenceOfWeights(licence), context.meaning(of: limit)])
        }
        for file in context.files(of: .usagePolicy) {
            let clause = file.licence?.clauses.first {
                context.rules.clauses.has($0.id, .policyTerm) && $0.status == .present
            }
            guard let clause else { continue }
            return FlagFinding(
                claim: licence.evidence, evidence: [clause.evidence],
                reasons: [context.licenceOfWeights(licence), context.meaning(of: clause)])
        }
        return nil
    }
}
