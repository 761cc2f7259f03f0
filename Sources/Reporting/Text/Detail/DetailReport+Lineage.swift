import OpenscanFacts
import OpenscanOpenness

/// What the model was made from.
extension DetailReport {
    mutating func lineage() {
        let model = dossier.model
        let bases = model.baseModels.isEmpty ? model.hintedBases.prefix(20) : model.baseModels.prefix(20)
        let data = model.datasetTerms.prefix(20).filter {
            $0.commercial != .yes || $0.generatedBy != nil || $0.isWithdrawn
        }
        guard !bases.isEmpty || !data.isEmpty || !model.needs.isEmpty else { return }
        out.title(words("LINEAGE"))
        for base in bases {
            let mark = base.source == .prose || base.source == .config ? "?" : ""
            let facts = [
                base.name, words(base.relation.rawValue) + mark, words.licence(base.licence, base.certainty),
                base.evidence.shownPlace,
            ]
            out.paragraph(facts.compactMap { $0 }.joined(separator: " · "), indent: 2)
            let missing = base.duties.filter { $0.status == .missing }.map(\.clause.rawValue)
            if !missing.isEmpty {
                out.paragraph(
                    style.paint(words("not kept: "), .yellow) + missing.joined(separator: words(", ")), indent: 6)
            }
        }
        for need in model.needs.prefix(20) {
            let facts = [words("also needed: {0}", need.name), words.licence(need.licence, need.certainty)]
            out.paragraph(
                (facts + [need.evidence.shownPlace].compactMap { $0 }).joined(separator: " · "), indent: 2)
        }
        more(model.needs.count - 20)
        for entry in data { out.paragraph(words("data {0}", entry.name) + " · " + words.terms(entry), indent: 2) }
    }
}
