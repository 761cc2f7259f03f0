import OpenscanFacts

/// Called open source, while parts are only promised.
///
/// Guard: without a date nobody can say that a promise is broken, hence a note only.
struct PartsOnlyPromised: FlagRule {
    let id: FlagID = "ow-29"

    func check(_ context: FlagContext) -> FlagFinding? {
        let parts = context.components.filter { $0.status == .promised }
        guard !parts.isEmpty, let claim = context.openClaim else { return nil }
        return FlagFinding(
            claim: claim.evidence, evidence: parts.compactMap(\.evidence.first),
            reasons: parts.map(context.promise))
    }
}
