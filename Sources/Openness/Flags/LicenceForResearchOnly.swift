import OpenscanFacts
import OpenscanRules

/// Called open source, while the weights are for non-commercial or research use only.
///
/// Guards: those of `LicenceWashing`.
struct LicenceForResearchOnly: LicenceWashing {
    let id: FlagID = "ow-02"

    func speaks(of licence: JudgedLicence, _ clauses: ClauseRules) -> Bool { licence.isForResearchOnly(clauses) }
}
