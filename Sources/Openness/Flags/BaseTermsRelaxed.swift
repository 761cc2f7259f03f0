import OpenscanFacts

/// An open licence on weights that were made from a base whose terms have to travel.
///
/// Guard: only bases that a field or file names, and licences that were read in a source; the base's licence anywhere
/// in the release is enough.
struct BaseTermsRelaxed: FlagRule {
    let id: FlagID = "ow-26"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeights, let own = context.terms.ofWeights.first,
            context.terms.ofWeights.allSatisfy({ $0.isOSIApproved || $0.isOpen })
        else { return nil }
        for base in context.model.baseModels {
            guard let model = context.known(base),
                !context.terms.licences.contains(where: { $0.id == model.licence })
            else { continue }
            let limits = model.passesDown.filter { context.rules.clauses.has($0, .restrictsDerivatives) }
            guard !limits.isEmpty else { continue }
            let names = Wording.joined(limits.map { Wording($0.rawValue) }, by: ", ")
            return FlagFinding(
                severity: base.source == .config ? .medium : nil, claim: own.evidence, evidence: [base.evidence],
                reasons: [
                    context.licenceOfWeights(own),
                    Reason(
                        "\(base.name) (\(base.relation)) is under \(model.licence), which passes down: \(names)",
                        [base.evidence]),
                ])
        }
        return nil
    }
}
