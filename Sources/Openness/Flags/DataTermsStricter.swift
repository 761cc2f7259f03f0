import OpenscanFacts

/// Called free for commercial use, or under an approved licence, while data that the release declares allow none.
///
/// Guard: whether the terms of data bind weights is unsettled: a risk, no breach. Only terms that were read in a
/// source count.
struct DataTermsStricter: FlagRule {
    let id: FlagID = "ow-22"

    func check(_ context: FlagContext) -> FlagFinding? {
        let strict = context.model.datasetTerms.filter { $0.certainty == .verified && $0.commercial == .no }
        guard context.hasWeights, !strict.isEmpty else { return nil }
        let fields = context.release.files.compactMap { file in
            file.card?.frontMatter?.fields[CardFields.datasets].map { (path: file.path, field: $0) }
        }
        func places(_ data: ModelDescription.DatasetTerms) -> [Evidence] {
            fields.first { $0.field.values.contains(data.name) }.map {
                [Evidence(path: $0.path, lines: LineRange($0.field.line))]
            } ?? []
        }
        var seen = Set<Evidence>()
        var finding = FlagFinding(
            evidence: strict.prefix(4).flatMap(places).filter { seen.insert($0).inserted },
            reasons: strict.prefix(4).map { Reason(words(on: $0), places($0)) })
        if let claim = context.claims.first(where: { $0.isOwn && $0.category == .commercialOK }) {
            finding.claim = claim.evidence
        } else if context.terms.areWeightsApproved, let licence = context.terms.ofWeights.first {
            finding.claim = licence.evidence
            finding.reasons.insert(context.licenceOfWeights(licence), at: 0)
        } else {
            return nil
        }
        return finding
    }

    private func words(on data: ModelDescription.DatasetTerms) -> Wording {
        let terms: Wording =
            if let licence = data.licence {
                "\(data.name) is under \(licence)"
            } else if let terms = data.terms {
                "terms of \(data.name): \(terms)"
            } else {
                "\(data.name) allows no commercial use"
            }
        return data.generatedBy.map { "\(terms), outputs of \($0) inside" } ?? terms
    }
}
