import OpenscanFacts

/// Said to be trained on public data, while the release itself says that the data cannot be had, or a set that it names was withdrawn.
///
/// Guard: whether a named set can be had is not to be seen offline; only sentences of the release and sets that are known to be withdrawn count.
struct DataNotToBeHad: FlagRule {
    let id: FlagID = "ow-21"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeightsOrLink,
            let claim = context.claims.first(where: { $0.isOwn && $0.category == .openData })
        else { return nil }
        if let said = context.disclosures[.dataWithheld]?.first(where: { $0 != claim.evidence }) {
            return FlagFinding(
                claim: claim.evidence, evidence: [said],
                reasons: [Reason("a sentence says that the data cannot be had", [said])])
        }
        let withdrawn = context.model.datasetTerms.first { $0.isWithdrawn && $0.certainty == .verified }
        return withdrawn.map { data in
            FlagFinding(claim: claim.evidence, reasons: [Reason("\(data.name) was withdrawn by its makers")])
        }
    }
}
