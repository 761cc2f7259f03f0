import OpenscanFacts

/// The weights are linked and not there. A note: they were not inspected.
struct WeightsOnlyLinked: FlagRule {
    let id: FlagID = "weights-only-linked"

    func check(_ context: FlagContext) -> FlagFinding? {
        let weights = context.component(.weightsFinal)
        guard !context.hasWeights, weights.status == .linked else { return nil }
        return FlagFinding(evidence: Array(weights.evidence.prefix(2)))
    }
}
