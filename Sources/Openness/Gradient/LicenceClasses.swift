import OpenscanFacts
import OpenscanRules

/// What licences come to for the gradient.
struct LicenceClasses {
    let rules: RuleSet

    /// The class of a licence with its clauses.
    func of(_ licence: JudgedLicence) -> LicenceClass {
        let gradient = rules.gradient
        if let plain = gradient.licenceClass(of: licence.category) { return plain }
        if let kind = gradient.licenceClass(of: licence.category, clauses: licence.clauseIDs) { return kind }
        guard licence.isOpen, licence.id != .unknown else {
            if let telling = gradient.licenceClass(clauses: licence.clauseIDs) { return telling }
            return licence.osd.failed.isEmpty ? .customUnclear : gradient.otherwise
        }
        guard !licence.isModified else {
            return gradient.licenceClass(clauses: licence.clauseIDs) ?? .customUnclear
        }
        return gradient.openClass(of: licence.category)
    }

    /// The weakest class of several licences over one thing.
    func of(_ licences: [JudgedLicence]) -> LicenceClass { rules.gradient.weakest(licences.map(of)) }
}
