/// Every document of Licenses/.
enum Schemas {
    /// - Parameter frameworks: the files of frameworks, as `frameworks/` and the name without the ending.
    static func all(frameworks: [String]) -> [DocumentSchema] {
        [
            // Files of a release.
            places, components, roles, links, cards, claims, disclosures, lineage,
            // Licences.
            clauses, clauseRecords, licenceWords, languages, models, aliases, aiLicences, spdxLicences, categories,
            approved,
            // Judgement and words.
            flags, findings, bills, gradient, definition, use, words, openness,
        ] + frameworks.filter { $0 != openness.name }.map(framework)
    }

    /// What the index is made from.
    static let ofIndex = [aliases, aiLicences, spdxLicences, categories, approved]
}
