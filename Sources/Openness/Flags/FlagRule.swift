import OpenscanFacts

/// One rule that raises a flag. Each stands in a file of its own, with its guard against false alarms beside it.
protocol FlagRule: Sendable {
    /// Which flag of Licenses/flags.yml.
    var id: FlagID { get }
    /// The claim and what speaks against it, or the gap; `nil` where the rule does not hold.
    func check(_ context: FlagContext) -> FlagFinding?
}

/// What a rule found.
struct FlagFinding: Sendable {
    /// How grave it is where that is not what the catalogue says.
    var severity: Severity?
    /// The claim, in the release's own words.
    var claim: Evidence?
    /// Places of the release that speak against it, or show the gap, in its own words.
    var evidence: [Evidence] = []
    /// What the program says of them; the only thing where something is missing.
    var reasons: [Reason] = []
}

extension FlagRule {
    /// The flag with its words, where the rule holds.
    func flag(_ context: FlagContext) -> Flag? {
        guard let text = context.rules.flag(id), let found = check(context) else { return nil }
        return Flag(
            id: id, severity: found.severity ?? text.severity, title: text.title, claim: found.claim,
            evidence: Array(found.evidence.prefix(6)), reasons: Array(found.reasons.prefix(6)), remedy: text.remedy)
    }
}
