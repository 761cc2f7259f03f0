import OpenscanFacts

/// Called open, while something stands before the files.
///
/// Guard: terms that whoever comes may agree to select nobody, and are a note only; what is asked for without a word on who decides, and who is
/// chosen, is more. A form that asks for feedback is no gate, and a territory that is shut out has a flag of its own.
struct AccessGated: FlagRule {
    let id: FlagID = "ow-17"

    func check(_ context: FlagContext) -> FlagFinding? {
        let claim = context.anyOpenClaim ?? context.claims.first { $0.isOwn && $0.category == .openSource }
        guard let claim else { return nil }
        let (gate, who) = (context.access.gate, context.access.who)
        switch (gate.value, who.value) {
        // A sentence on asking may speak of one model of several where others are here or linked.
        case (.unknown, .applicants) where context.hasWeightsOrLink: return nil
        case (_, .applicants), (_, .insiders):
            return FlagFinding(claim: claim.evidence, evidence: who.reason.evidence, reasons: [who.reason])
        case (.form, _):
            return FlagFinding(claim: claim.evidence, evidence: gate.reason.evidence, reasons: [gate.reason])
        case (.prompt, _):
            return FlagFinding(
                severity: .info, claim: claim.evidence, evidence: gate.reason.evidence, reasons: [gate.reason])
        default: return nil
        }
    }
}
