import OpenscanFacts
import OpenscanRules

/// What the terms of a stack ask, each duty once a licence.
struct UseDuties {
    let rules: UseRules

    func duties(_ stack: UseStack, part: ReleasePart) -> [UseDuty] {
        // What has to be got besides is used, and not passed on or changed.
        let ofNeeds = stack.needed.filter { !$0.isProbable }.flatMap { terms in
            terms.clauses.flatMap { duties($0, terms, part) }.filter { Self.ofUse.contains($0.moment) }
        }
        return stack.terms.flatMap { terms in terms.clauses.flatMap { duties($0, terms, part) } } + ofNeeds
    }

    private static let ofUse: Set<DutyMoment> = [.serve, .display, .always]

    private func duties(_ clause: ClauseMatch, _ terms: UseTerms, _ part: ReleasePart) -> [UseDuty] {
        rules.entries(clause).flatMap { entry -> [UseDuty] in
            guard let duty = entry.duty else { return [] }
            let limits = UseLimits(rules: rules)
            let text = entry.reading == .words ? UseLimits.prescribed(clause) : nil
            let worded = text == nil ? nil : entry.wordedDuty
            let reason = limits.reason(entry, clause, terms)
            let words: Wording = clause.status == .partial ? "\(reason.words) (in part, or for some)" : reason.words
            return (worded == nil ? entry.moments : [.display]).map {
                UseDuty(
                    id: worded ?? duty, moment: $0, part: part, words: words, evidence: reason.evidence, text: text)
            }
        }
    }
}
