import OpenscanRules

/// What ow-01, ow-02 and ow-03 share: the model is called open source, and a licence of its weights fails the Open
/// Source Definition. Each speaks of one kind of limit, so that no licence raises two of them.
///
/// Guards: what is said of code alone is no such claim, and the licence of data alone none of the weights.
protocol LicenceWashing: FlagRule {
    /// Whether the licence has the limit that the rule speaks of.
    func speaks(of licence: JudgedLicence, _ clauses: ClauseRules) -> Bool
}

extension LicenceWashing {
    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeightsOrLink, let claim = context.openClaim,
            let licence = context.terms.ofWeights.first(where: {
                !$0.osd.failed.isEmpty && speaks(of: $0, context.rules.clauses)
            })
        else { return nil }
        let telling = licence.clauses.filter { context.rules.clauses[$0.id]?.fails.isEmpty == false }.prefix(3)
        return FlagFinding(
            claim: claim.evidence, evidence: [licence.evidence] + telling.map(\.evidence),
            reasons: [context.failure(of: licence)] + telling.map(context.meaning))
    }
}

extension JudgedLicence {
    /// Whether it is for research or non-commercial use only: by its kind, or by a clause of a text that no record
    /// explains.
    func isForResearchOnly(_ clauses: ClauseRules) -> Bool {
        category == .researchOnly || category == .nonCommercial
            || (!isOSIApproved && (isModified || id == .unknown)
                && self.clauses.contains { clauses.has($0.id, .limitsPurpose) })
    }

    /// Whether it shuts users out by their number, revenue or place.
    func shutsOutUsers(_ clauses: ClauseRules) -> Bool {
        category == .llamaStyle
            || (!isOSIApproved && self.clauses.contains { clauses.has($0.id, .limitsPersons) })
    }
}
