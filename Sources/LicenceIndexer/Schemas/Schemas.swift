/// Every document of Licenses/.
enum Schemas {
    /// - Parameters:
    ///   - frameworks: the files of frameworks, as `frameworks/` and the name without the ending.
    ///   - policies: those of policies, as `policies/` and the name.
    static func all(frameworks: [String], policies: [String] = []) -> [DocumentSchema] {
        [
            // Files of a release.
            places, components, roles, links, cards, claims, disclosures, lineage,
            // Licences.
            clauses, clauseRecords, licenceWords, languages, models, aliases, aiLicences, spdxLicences, categories,
            approved,
            // Judgement and words.
            flags, findings, bills, gradient, definition, use, words, openness,
        ] + frameworks.filter { $0 != openness.name }.map(framework) + policies.map(policy)
    }

    /// What the index is made from.
    static let ofIndex = [aliases, aiLicences, spdxLicences, categories, approved]
}
