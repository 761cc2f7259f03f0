import OpenscanFacts
import OpenscanRules

/// A class of the Model Openness Framework is claimed, and the files come to a lower one or to none.
///
/// Guard: another version may have earned it, so both are stated; a higher class than the claimed one is no matter.
struct OpennessClassBeyond: FlagRule {
    let id: FlagID = "ow-30"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard let own = context.opennessClass else { return nil }
        for (number, id) in context.rules.disclosures.opennessClasses {
            guard let claim = context.disclosures[id]?.first, own == 0 || own > number else { continue }
            let found: Wording = own == 0 ? "no class" : "class \(own)"
            return FlagFinding(
                claim: claim, evidence: [claim],
                reasons: [Reason("class \(number) is claimed, the files come to \(found)", [claim])])
        }
        return nil
    }
}
