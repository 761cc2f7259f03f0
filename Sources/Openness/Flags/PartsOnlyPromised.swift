import OpenscanFacts

/// Called open source, while parts are only promised.
///
/// Guard: without a date nobody can say that a promise is broken: a note only. A day that has passed by the release's own news makes it more.
struct PartsOnlyPromised: FlagRule {
    let id: FlagID = "ow-29"

    func check(_ context: FlagContext) -> FlagFinding? {
        let parts = context.components.filter { $0.status == .promised }
        guard !parts.isEmpty, let claim = context.openClaim else { return nil }
        let overdue = context.access.promises.filter(\.isOverdue).map(\.reason)
        return FlagFinding(
            severity: overdue.isEmpty ? nil : .medium, claim: claim.evidence,
            evidence: parts.compactMap(\.evidence.first), reasons: overdue + parts.map(context.promise))
    }
}
