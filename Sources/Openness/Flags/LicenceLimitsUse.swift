import OpenscanFacts
import OpenscanRules

/// Called open source, while the weights' licence limits what they may be used for.
///
/// Guards: those of `LicenceWashing`; limits to research and thresholds have flags of their own.
struct LicenceLimitsUse: LicenceWashing {
    let id: FlagID = "ow-01"

    func speaks(of licence: JudgedLicence, _ clauses: ClauseRules) -> Bool {
        !licence.isForResearchOnly(clauses) && !licence.shutsOutUsers(clauses)
    }
}
