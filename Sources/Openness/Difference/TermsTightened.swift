import OpenscanFacts
import OpenscanRules

/// Terms got stricter between two versions while the release calls itself open as before. Only what both versions
/// tell counts: an answer that became unclear is no limit, and a clause limits where it fails the Open Source
/// Definition or has a role that limits.
struct TermsTightened {
    static let id: FlagID = "terms-tightened"
    let rules: RuleSet

    private static let categories: Set<Claim.Category> = [.openSource, .openWeights, .commercialOK]

    func flag(_ difference: ReleaseDifference, _ old: Dossier, _ new: Dossier) -> Flag? {
        guard let text = rules.flag(Self.id) else { return nil }
        let before = Set(old.claims.filter(counts).map(ClaimKey.init))
        for claim in new.claims where counts(claim) && before.contains(ClaimKey(claim)) {
            // A claim on the code says nothing of the weights' terms; where its part has none, it speaks of the whole.
            let part = claim.subject.part.flatMap { old.terms[$0] == nil && new.terms[$0] == nil ? nil : $0 }
            let tighter = difference.use.filter { $0.isTighter && (part == nil || $0.part == part) }
            let clauses = difference.terms.filter { part == nil || $0.part == part }.flatMap(\.clauses).filter {
                $0.direction == .gained && $0.limits
            }
            if tighter.isEmpty, clauses.isEmpty { continue }
            var seen = Set<Reason>()
            let reasons = (clauses.map(reason) + tighter.map(reason)).filter { seen.insert($0).inserted }
            return Flag(
                id: Self.id, severity: text.severity, title: text.title, claim: claim.evidence, evidence: [],
                reasons: Array(reasons.prefix(12)), remedy: text.remedy)
        }
        return nil
    }

    private func counts(_ claim: Claim) -> Bool { claim.isOwn && Self.categories.contains(claim.category) }

    private func reason(_ change: ReleaseDifference.ClauseChange) -> Reason {
        // Prescribed words are no figures.
        let short = change.figures.new.filter { $0.value.utf8.count <= 40 }
        let figures = short.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return Reason(
            figures.isEmpty
                ? "added: \(change.id)" : "added: \(change.id) (\(figures.joined(separator: ", ")))", [change.evidence])
    }

    private func reason(_ change: ReleaseDifference.UseChange) -> Reason {
        let name = rules.use.answer(change.id)?.name ?? change.id.rawValue
        return Reason(
            "\(Wording(change.part.rawValue)), \(Wording(name)): \(Wording(change.answer.old?.rawValue ?? "")) became \(Wording(change.answer.new?.rawValue ?? ""))",
            change.reason.evidence)
    }
}
