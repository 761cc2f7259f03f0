import OpenscanFacts
import OpenscanRules

/// Called open source, while the weights' licence shuts out users by number, revenue or territory.
///
/// Guards: those of `LicenceWashing`; a licence for research only has a flag of its own.
struct LicenceShutsOutUsers: LicenceWashing {
    let id: FlagID = "ow-03"

    func speaks(of licence: JudgedLicence, _ clauses: ClauseRules) -> Bool {
        licence.shutsOutUsers(clauses) && !licence.isForResearchOnly(clauses)
    }
}
