import OpenscanFacts

/// Said to be trained from scratch, while a config or metadata of the weights names a known model.
///
/// Guard: the same architecture is not the same weights: only a name counts, and none where the card itself names its
/// base.
struct HiddenBase: FlagRule {
    let id: FlagID = "ow-27"

    func check(_ context: FlagContext) -> FlagFinding? {
        let model = context.model
        guard context.hasWeights, model.baseModels.allSatisfy({ $0.source != .card }),
            let claim = context.release.files.lazy.compactMap({ $0.card?.fromScratch.first }).first,
            let base = (model.baseModels + model.hintedBases.filter { $0.source == .config })
                .first(where: { $0.known != nil })
        else { return nil }
        return FlagFinding(
            claim: claim, evidence: [base.evidence],
            reasons: [Reason("the files name \(base.name)", [base.evidence])])
    }
}
