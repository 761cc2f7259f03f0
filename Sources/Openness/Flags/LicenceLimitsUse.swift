import OpenscanFacts
import OpenscanRules

/// Called open source, while the weights' licence limits what they may be used for.
///
/// Guards: those of `LicenceWashing`; limits to research and thresholds have flags of their own.
struct LicenceLimitsUse: LicenceWashing {
    let id: FlagID = "ow-01"

    func speaks(of licence: JudgedLicence, _ clauses: ClauseRules) -> Bool {
        guard !licence.isForResearchOnly(clauses) else { return false }
        guard licence.shutsOutUsers(clauses) else { return true }
        // Beside a threshold another clause may limit use by itself: a list of forbidden uses.
        return licence.clauses.contains { clause in
            clause.status == .present && clauses[clause.id]?.fails.contains(.noDiscriminationAgainstFields) ?? false
                && !clauses.has(clause.id, .limitsPersons) && !clauses.has(clause.id, .limitsTerritory)
        }
    }
}
