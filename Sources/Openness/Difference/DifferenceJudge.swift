import OpenscanFacts
import OpenscanRules

/// Holds two dossiers against each other.
struct DifferenceJudge {
    let rules: RuleSet
    let old: Dossier
    let new: Dossier

    typealias Change = ReleaseDifference.Change

    func judge() -> ReleaseDifference {
        var out = ReleaseDifference(
            release: Change(old.release, new.release),
            verdict: changed(old.verdict.answer, new.verdict.answer),
            level: changed(old.gradient.level, new.gradient.level), rank: Change(old.gradient.rank, new.gradient.rank),
            components: components(), terms: terms(), use: use(), flagsGained: [], flagsLost: [],
            claimsGained: claims(in: new, notIn: old), claimsLost: claims(in: old, notIn: new),
            artefacts: ArtefactDifference(old: old.artefacts, new: new.artefacts).changes, flags: [],
            untold: untold())
        let ids = (old: Set(old.flags.map(\.id)), new: Set(new.flags.map(\.id)))
        out.flagsGained = new.flags.filter { !ids.old.contains($0.id) }
        out.flagsLost = old.flags.filter { !ids.new.contains($0.id) }
        if let flag = TermsTightened(rules: rules).flag(out, old, new) { out.flags = [flag] }
        return out
    }

    private func changed<Value: Hashable>(_ old: Value, _ new: Value) -> Change<Value>? {
        old == new ? nil : Change(old, new)
    }

    /// Reports before 0.3 say nothing of use, and those of schema 1 nothing of terms.
    private func untold() -> [Wording] {
        var out: [Wording] = []
        for (dossier, other) in [(old, new), (new, old)] {
            if dossier.use.isEmpty, !other.use.isEmpty {
                out.append("answers on use: \(dossier.release.name) does not tell")
            }
            if dossier.terms.isEmpty, !other.terms.isEmpty {
                out.append("terms by part: \(dossier.release.name) does not tell")
            }
        }
        return out
    }

    private func components() -> [ReleaseDifference.ComponentChange] {
        rules.components.all.compactMap { rule in
            let before = old.component(rule.id)
            let after = new.component(rule.id)
            guard before.status != after.status else { return nil }
            let telling = after.status == .absent ? before : after
            return .init(
                id: rule.id, status: Change(before.status, after.status),
                evidence: Array((telling.evidence + telling.links.map(\.evidence)).prefix(3)))
        }
    }

    // MARK: Terms

    private func terms() -> [ReleaseDifference.TermsChange] {
        // What one side does not tell did not change.
        guard !old.terms.isEmpty, !new.terms.isEmpty else { return [] }
        return ReleasePart.allCases.compactMap { part in
            let before = old.terms[part]
            let after = new.terms[part]
            guard before != nil || after != nil else { return nil }
            let clauses = clauses(part)
            guard before?.expression != after?.expression || before?.basis != after?.basis || !clauses.isEmpty else {
                return nil
            }
            return .init(
                part: part, expression: Change(before?.expression, after?.expression),
                basis: Change(before?.basis, after?.basis),
                isOpen: Change(before?.isOpen ?? false, after?.isOpen ?? false),
                evidence: Array((after ?? before)?.evidence.prefix(3) ?? []), clauses: clauses)
        }
    }

    private func clauses(_ part: ReleasePart) -> [ReleaseDifference.ClauseChange] {
        let before = clauses(of: part, in: old)
        let after = clauses(of: part, in: new)
        let changes = rules.clauses.all.compactMap { rule -> ReleaseDifference.ClauseChange? in
            let direction: ReleaseDifference.Direction
            switch (before[rule.id], after[rule.id]) {
            case (nil, .some): direction = .gained
            case (.some, nil): direction = .lost
            case (let left?, let right?) where left.parameters != right.parameters: direction = .changed
            default: return nil
            }
            guard let telling = after[rule.id] ?? before[rule.id] else { return nil }
            return .init(
                id: rule.id, meaning: Wording(rule.meaning), direction: direction,
                figures: Change(before[rule.id]?.parameters ?? [:], after[rule.id]?.parameters ?? [:]),
                limits: !rule.fails.isEmpty || rule.roles.contains(where: Self.limiting.contains),
                evidence: telling.evidence)
        }
        // What limits comes first.
        return changes.filter(\.limits) + changes.filter { !$0.limits }
    }

    private static let limiting: Set<ClauseRule.Role> = [
        .limitsCommercialUse, .limitsPurpose, .limitsPersons, .limitsTerritory, .useList, .restrictsDerivatives,
    ]

    /// Clauses of all licences that cover something of a part; of one whose text says none, those that its record has.
    private func clauses(of part: ReleasePart, in dossier: Dossier) -> [ClauseID: ClauseMatch] {
        var out: [ClauseID: ClauseMatch] = [:]
        for licence in dossier.licences where part.components.contains(where: licence.covers) {
            let found =
                licence.clauses.isEmpty
                ? rules.clauseRecords.clauses(of: licence.id, at: licence.evidence) ?? [] : licence.clauses
            for clause in found where out[clause.id] == nil { out[clause.id] = clause }
        }
        return out
    }

    private func use() -> [ReleaseDifference.UseChange] {
        guard !old.use.isEmpty, !new.use.isEmpty else { return [] }
        struct Key: Hashable {
            let part: ReleasePart
            let id: UseID
        }
        func table(_ dossier: Dossier) -> [Key: UseDecision] {
            Dictionary(dossier.use.map { (Key(part: $0.part, id: $0.id), $0) }, uniquingKeysWith: { first, _ in first })
        }
        let before = table(old)
        let after = table(new)
        var seen = Set<Key>()
        return (new.use + old.use).compactMap { decision in
            let key = Key(part: decision.part, id: decision.id)
            guard seen.insert(key).inserted, before[key]?.answer != after[key]?.answer else { return nil }
            // A territory that only one version names is no change where the part has no terms at all.
            return .init(
                id: decision.id, part: decision.part, answer: Change(before[key]?.answer, after[key]?.answer),
                reason: Self.telling(after[key] ?? decision))
        }
    }

    /// What a person has to know of an answer.
    private static func telling(_ decision: UseDecision) -> Reason {
        decision.answer == .conditions ? decision.conditions.first ?? decision.reason : decision.reason
    }

    // MARK: Claims

    private func claims(in dossier: Dossier, notIn other: Dossier) -> [Claim] {
        let known = Set(other.claims.map(ClaimKey.init))
        var seen = Set<ClaimKey>()
        return dossier.claims.filter { claim in
            let key = ClaimKey(claim)
            return claim.isOwn && !known.contains(key) && seen.insert(key).inserted
        }
    }
}

/// What a claim says, wherever and in whichever words.
struct ClaimKey: Hashable {
    let category: Claim.Category
    let subject: Claim.Subject
    let polarity: Claim.Polarity

    init(_ claim: Claim) {
        category = claim.category
        subject = claim.subject
        polarity = claim.polarity
    }
}

extension Judge {
    /// What changed from one dossier to another.
    public func difference(_ old: Dossier, _ new: Dossier) -> ReleaseDifference {
        DifferenceJudge(rules: rules, old: old, new: new).judge()
    }
}
