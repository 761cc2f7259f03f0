import OpenscanFacts

/// Called open, while nothing in the release licenses anything.
///
/// Guard: a licence anywhere in the release counts, and so do terms that the release says stand in another place.
struct OpenWithoutLicence: FlagRule {
    let id: FlagID = "ow-09"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeightsOrLink, context.terms.ofWeights.isEmpty, context.terms.licences.isEmpty,
            context.terms.parts[.weights]?.basis != .elsewhere, let claim = context.anyOpenClaim
        else { return nil }
        let count = context.release.fileCount
        return FlagFinding(
            claim: claim.evidence,
            reasons: [Reason("no licence file, field, header or sentence found in \(count) files")])
    }
}
