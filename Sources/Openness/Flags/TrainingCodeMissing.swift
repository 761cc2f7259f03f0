import OpenscanFacts

/// Called open source, while the code that trained the weights is not there.
///
/// Guard: training code that is linked cannot be seen from files, and is not called missing.
struct TrainingCodeMissing: FlagRule {
    let id: FlagID = "ow-11"

    func check(_ context: FlagContext) -> FlagFinding? {
        let code = context.component(.trainingCode)
        guard context.hasWeightsOrLink, let claim = context.openClaim, code.status != .linked else { return nil }
        let evidence = Array(code.evidence.prefix(1))
        switch context.inputs.trainingCode {
        case .partial:
            return FlagFinding(
                claim: claim.evidence, evidence: evidence,
                reasons: [Reason("the training code only tunes a finished model", evidence)])
        case .none:
            let count = context.release.fileCount
            let missing = Reason("no training code among \(count) files, no link to any")
            return FlagFinding(
                claim: claim.evidence, evidence: evidence,
                reasons: [missing] + (code.status == .promised ? [context.promise(of: code)] : []))
        default: return nil
        }
    }
}
