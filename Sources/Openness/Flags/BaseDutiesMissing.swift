import OpenscanFacts

/// What the base's licence asks of those who pass a derivative on is not done: its copy, the notice, the mark, the
/// name.
///
/// Guard: only duties that apply when weights are passed on and that can be seen in files, of licences that were read
/// in a source.
struct BaseDutiesMissing: FlagRule {
    let id: FlagID = "ow-28"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.hasWeights else { return nil }
        for base in context.model.baseModels {
            guard let model = context.known(base),
                context.rules.licences.record(model.licence)?.isOSIApproved != true
            else { continue }
            let missing = base.duties.filter {
                context.rules.clauses.has($0.clause, .visibleDuty) && $0.status == .missing
            }
            guard !missing.isEmpty else { continue }
            return FlagFinding(claim: base.evidence, reasons: missing.map(reason))
        }
        return nil
    }

    private func reason(_ duty: ModelDescription.Duty) -> Reason {
        Reason("\(duty.clause): \(duty.note?.words ?? "missing")", duty.note?.evidence ?? [])
    }
}
