import OpenscanFacts

/// The text of an approved licence was changed in what matters.
///
/// Guard: copyright lines, formatting and typography are no difference; the comparison of texts leaves them out.
struct StandardLicenceChanged: FlagRule {
    let id: FlagID = "ow-06"

    func check(_ context: FlagContext) -> FlagFinding? {
        let changed = context.terms.licences.first { licence in
            licence.isModified && licence.method == .text
                && (licence.isOSIApproved || context.rules.licences.record(licence.id)?.isOSIApproved == true)
        }
        guard let changed else { return nil }
        let place = changed.evidence
        let change: Reason =
            changed.additions.isEmpty
            ? Reason("\(changed.missingWords) words of the standard text are missing", [place])
            : Reason("words that the standard text does not have", Array(changed.additions.prefix(3)))
        return FlagFinding(
            claim: place, evidence: change.evidence,
            reasons: [Reason("text of \(changed.name), with changes", [place]), change])
    }
}
