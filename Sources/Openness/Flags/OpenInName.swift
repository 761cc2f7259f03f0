import OpenscanFacts

/// The licence of the weights is called open, and its terms fail the Open Source Definition.
///
/// Guard: a risk of the name, not of the release: its authors need not have claimed anything.
struct OpenInName: FlagRule {
    let id: FlagID = "ow-08"

    func check(_ context: FlagContext) -> FlagFinding? {
        let open = Set(context.rules.licenceWords["open-names"])
        let licence = context.terms.ofWeights.first { licence in
            !licence.osd.failed.isEmpty && licence.id != .unknown
                && licence.name.lowercased().split { !$0.isLetter }.contains { open.contains(String($0)) }
        }
        guard let licence else { return nil }
        return FlagFinding(
            claim: licence.evidence,
            evidence: [context.clause(of: licence, .listedUses)?.evidence ?? licence.evidence],
            reasons: [
                Reason("the licence's name is \(licence.name)", [licence.evidence]), context.failure(of: licence),
            ])
    }
}
