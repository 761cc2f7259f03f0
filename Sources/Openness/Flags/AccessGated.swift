import OpenscanFacts
import OpenscanRules

/// Called open, while the hub puts a gate before the files.
///
/// Guard: only fields that make a gate count; whether it selects cannot be seen from files.
struct AccessGated: FlagRule {
    let id: FlagID = "ow-17"

    func check(_ context: FlagContext) -> FlagFinding? {
        let claim = context.anyOpenClaim ?? context.claims.first { $0.isOwn && $0.category == .openSource }
        guard let claim else { return nil }
        for file in context.release.files {
            guard let head = file.card?.frontMatter, let field = gate(head, context.rules.cards) else { continue }
            let place = head.evidence(field, value: head.first(field), path: file.path)
            return FlagFinding(
                claim: claim.evidence, evidence: [place],
                reasons: [Reason("a field of the card puts a gate before the files", [place])])
        }
        return nil
    }

    /// The first field of a gate, in order of name; those that shut a territory out have a flag of their own.
    private func gate(_ head: FrontMatter, _ rules: CardRules) -> String? {
        head.fields.keys.filter { rules.gateFields.matches($0) && rules.territoryFields[$0] == nil }.min()
    }
}
