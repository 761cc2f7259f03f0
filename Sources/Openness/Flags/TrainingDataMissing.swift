import OpenscanFacts

/// Called open source, while the training data are neither there nor linked.
///
/// Guard: a data card is information on the data; a linked one may be: unknown, not missing.
struct TrainingDataMissing: FlagRule {
    let id: FlagID = "ow-12"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeightsOrLink, let claim = context.openClaim,
            !context.isThere(.dataCard),
            !context.isThere(.dataset) || !context.inputs.isTuneOnly && context.inputs.trainingData == .none
        else { return nil }
        return FlagFinding(
            claim: claim.evidence, reasons: [Reason("no training data and no link to any found")])
    }
}
