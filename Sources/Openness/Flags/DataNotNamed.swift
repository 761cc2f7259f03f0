import OpenscanFacts

/// The training data are called open or public in general words, while none are named.
///
/// Guards: one name in a field, a link or a card is enough; a report in the release may name them.
struct DataNotNamed: FlagRule {
    let id: FlagID = "ow-20"

    func check(_ context: FlagContext) -> FlagFinding? {
        let mayNameThem =
            context.isThere(.dataset) || context.isThere(.dataCard)
            || context.component(.technicalReport).status == .present
            || context.component(.researchPaper).status == .present
        let claim = context.claims.first {
            $0.isOwn && $0.category == .openData && context.says($0, "says-data-in-general")
        }
        guard context.hasWeightsOrLink, context.model.datasets.isEmpty, !mayNameThem, let claim else { return nil }
        return FlagFinding(claim: claim.evidence, reasons: [Reason("no data set is named, linked or there")])
    }
}
