import OpenscanFacts

/// Called free for commercial use, while the weights' licence limits it.
///
/// Guard: a limit that stands in the same sentence is honest.
struct CommercialUseLimited: FlagRule {
    let id: FlagID = "ow-07"

    func check(_ context: FlagContext) -> FlagFinding? {
        let claim = context.claims.first { claim in
            claim.isOwn && claim.category == .commercialOK && claim.subject == .model
                && !context.says(claim, "says-commercial-condition")
        }
        guard let claim else { return nil }
        for licence in context.terms.ofWeights where !licence.osd.failed.isEmpty {
            let clause = licence.clauses.first {
                context.rules.clauses.has($0.id, .limitsCommercialUse) && $0.status == .present
            }
            if let clause {
                return FlagFinding(
                    claim: claim.evidence, evidence: [clause.evidence], reasons: [context.meaning(of: clause)])
            }
            if licence.category == .nonCommercial || licence.category == .researchOnly {
                return FlagFinding(
                    claim: claim.evidence, evidence: [licence.evidence],
                    reasons: [Reason("\(licence.expressionID) is for non-commercial use", [licence.evidence])])
            }
        }
        return nil
    }
}
