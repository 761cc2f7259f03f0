import OpenscanFacts

/// The weights are under an open licence, and a policy beside it forbids uses.
///
/// Guard: wishes are no terms; the policy's own clauses have to forbid.
struct PolicyForbidsUses: FlagRule {
    let id: FlagID = "ow-05"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.terms.areWeightsApproved, let licence = context.terms.ofWeights.first else { return nil }
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
