import OpenscanFacts
import OpenscanRules

/// Other makers' models that programs of a release get to run its model, with the terms that are known of them.
struct Needs {
    let rules: RuleSet

    /// - Parameters:
    ///   - fetched: what programs get that is not the release's own.
    ///   - bases: models that it was made from; they are told apart from what it needs.
    func judged(_ fetched: [OthersModel], bases: [ModelDescription.Base]) -> [ModelDescription.Need] {
        let known = Set(bases.map { rules.lineage.bare($0.name) })
        return fetched.filter { $0.isToRun && !known.contains(rules.lineage.bare($0.name)) }.map { model in
            var need = ModelDescription.Need(name: model.name, evidence: model.evidence)
            if let match = rules.models.model(named: model.name) {
                need.known = match.entry.id
                need.licence = match.entry.licence
                need.certainty = match.entry.isVerified && !match.isCopy ? .verified : .probable
            }
            return need
        }
    }
}

/// Somebody else's model that a program gets.
struct OthersModel {
    let name: String
    let evidence: Evidence
    /// Whether the program runs the model or is part of it; others train or measure.
    let isToRun: Bool
}
