import OpenscanFacts

/// Weights are there, and no licence covers them. A gap: no claim is needed.
struct WeightsWithoutLicence: FlagRule {
    let id: FlagID = "weights-without-licence"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeights, context.terms.ofWeights.isEmpty else { return nil }
        let places = ComponentID.weights.flatMap { context.component($0).evidence }
        return FlagFinding(evidence: places, reasons: [Reason("no licence covers the weights", places)])
    }
}
