import OpenscanFacts

/// Called open, while shards that the index names are not there.
///
/// Guard: pointers of large files mean not fetched, not withheld.
struct OpenWeightsIncomplete: FlagRule {
    let id: FlagID = "ow-15"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard let claim = context.anyOpenClaim, var finding = context.missingShards else { return nil }
        finding.claim = claim.evidence
        return finding
    }
}
