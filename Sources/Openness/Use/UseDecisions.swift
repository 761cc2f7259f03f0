import OpenscanFacts
import OpenscanRules

/// Answers questions on use: from each licence by itself, then over all that hold together, the strictest first.
struct UseDecisions {
    let rules: RuleSet
    private var limits: UseLimits { UseLimits(rules: rules.use) }

    init(rules: RuleSet) { self.rules = rules }

    /// What one licence answers.
    private struct Opinion {
        var answer: UseAnswer
        var reason: Reason
        var conditions: [Reason] = []
        var thresholds: [UseThreshold] = []
        var fields: [UseField] = []
    }

    /// How much terms deny altogether, to compare the branches of a choice by.
    func strictness(_ terms: [UseTerms]) -> Int {
        var stack = UseStack()
        stack.terms = terms
        let ranks = UseID.ofEveryPart.map { id in
            let answer = decide(id, stack, part: .weights).answer
            return UseAnswer.allCases.firstIndex(of: answer) ?? 0
        }
        return ranks.reduce(0, +) * 100 + terms.reduce(0) { $0 + $1.clauses.count }
    }

    /// The answer for a part.
    func decide(_ id: UseID, _ stack: UseStack, part: ReleasePart) -> UseDecision {
        if stack.isUnlicensed {
            let isDenied = rules.use.byDefault.contains(id)
            return UseDecision(
                id: id, answer: isDenied ? .no : .unclear, part: part,
                reason: Reason(
                    isDenied
                        ? "no permission is given: no licence was found, and without one nothing is permitted"
                        : "ask whoever made it: no licence was found"))
        }
        let needed = needed(id, stack)
        let opinions = stack.terms.map { opinion(id, $0) } + needed.opinions
        let conflicts =
            conflicts(id, stack.terms) + (rules.use.trainedOnOutput.answers.contains(id) ? stack.outputBans : [])
        // What only a hint connects it with makes an answer unclear, never worse.
        let hinted = (stack.hinted + stack.others).map { (terms: $0, opinion: opinion(id, $0)) }.filter {
            $0.opinion.answer > .yes
        }
        .map { hint in
            let limit = hint.opinion.answer == .conditions ? hint.opinion.conditions.first : nil
            return Reason(
                "settle whether this binds it: \((limit ?? hint.opinion.reason).words)", [hint.terms.place])
        }
        let gaps = stack.gaps + hinted
        var answer = opinions.map(\.answer).max() ?? .unclear
        let policies = policies(id, stack)
        if !policies.isEmpty { answer = max(answer, .conditions) }
        if !gaps.isEmpty { answer = max(answer, .unclear) }
        if !conflicts.isEmpty { answer = .no }
        let reason =
            conflicts.first ?? deciding(answer, opinions, gaps)
            ?? Reason("find a licence for the \(Wording(part.rawValue)): none is stated here")
        var conditions = opinions.flatMap(\.conditions) + policies + needed.unknown
        conditions += opinions.filter { $0.answer == .no && $0.reason != reason }.map(\.reason)
        conditions += conflicts.dropFirst()
        if answer == .unclear {
            conditions += (opinions.filter { $0.answer == .unclear }.map(\.reason) + gaps).filter { $0 != reason }
        }
        if let choice = stack.choice { conditions.append(Reason(choice)) }
        var seen = Set<Reason>()
        conditions = conditions.filter { $0 != reason && seen.insert($0).inserted }
        if conditions.count > Self.mostConditions {
            let rest = conditions.count - Self.mostConditions
            conditions = conditions.prefix(Self.mostConditions) + [Reason("and \(rest) more")]
        }
        return UseDecision(
            id: id, answer: answer, part: part, reason: reason, conditions: conditions,
            thresholds: Array(opinions.flatMap(\.thresholds).prefix(Self.mostConditions)),
            fields: Array(opinions.flatMap(\.fields).prefix(Self.mostConditions)))
    }

    /// What the terms of other makers' models say that have to be got besides. A name that may be another's settles nothing, and
    /// terms that are not known are listed beside the answer for this release, which is not theirs to change.
    private func needed(_ id: UseID, _ stack: UseStack) -> (opinions: [Opinion], unknown: [Reason]) {
        guard rules.use.ofNeeds.contains(UseID.ofEveryPart.contains(id) ? id : .useInEU) else { return ([], []) }
        let sure = stack.needed.filter { !$0.isProbable }.map { opinion(id, $0) }
        let unsure = stack.needed.filter(\.isProbable).map { opinion(id, $0) }.filter { $0.answer > .yes }
        return (
            sure.filter { $0.answer != .unclear && $0.answer > .yes },
            (sure.filter { $0.answer == .unclear } + unsure).map(\.reason) + stack.unknownNeeds
        )
    }

    /// Conditions of an answer that are listed; a text with a thousand licences has thousands.
    private static let mostConditions = 60

    /// The reason of the strictest opinion; of an unclear answer what would settle it.
    private func deciding(_ answer: UseAnswer, _ opinions: [Opinion], _ gaps: [Reason]) -> Reason? {
        if let opinion = opinions.first(where: { $0.answer == answer })
            ?? (answer == .conditions ? opinions.first : nil)
        {
            if answer == .unclear, let gap = gaps.first { return gap }
            return opinion.reason
        }
        return gaps.first
    }

    // MARK: One licence

    private func opinion(_ id: UseID, _ terms: UseTerms) -> Opinion {
        let found = limits.limits(on: id, in: terms)
        var out = judged(id, terms, found)
        out.thresholds = id == .atScale ? found.compactMap(\.threshold) : []
        out.fields = found.compactMap(\.field)
        if terms.isProbable, out.answer > .yes || !terms.isApproved {
            // A name that may be another's settles nothing.
            out.conditions.insert(out.reason, at: 0)
            out.answer = .unclear
            out.reason = Reason(
                "make sure of \(terms.title): it was only found by a name that may be a copy's", [terms.place])
        }
        return out
    }

    private func judged(_ id: UseID, _ terms: UseTerms, _ found: [UseLimits.Limit]) -> Opinion {
        if let denial = found.first(where: { $0.answer == .no }) {
            return Opinion(
                answer: .no, reason: denial.reason, conditions: found.filter { $0 != denial }.map(\.reason))
        }
        if let kind = rules.use.kinds[terms.category], kind.denied.contains(id) {
            return Opinion(
                answer: .no, reason: Reason("\(Wording(kind.says)) (\(terms.title))", [terms.place]),
                conditions: found.map(\.reason))
        }
        let conditions = found.map(\.reason)
        guard let grant = grant(id, terms) else {
            return Opinion(answer: .unclear, reason: notSpokenOf(id, terms), conditions: conditions)
        }
        if found.contains(where: { $0.answer == .unclear }) {
            return Opinion(
                answer: .unclear,
                reason: found.first { $0.answer == .unclear }?.reason ?? grant, conditions: conditions)
        }
        if terms.reading == .foreign {
            let read = Reason(
                "read \(terms.title) as a whole: it is no known text, or one with changes", [terms.place])
            return conditions.isEmpty
                ? Opinion(answer: .unclear, reason: read)
                : Opinion(answer: .conditions, reason: grant, conditions: conditions + [read])
        }
        return Opinion(answer: conditions.isEmpty ? .yes : .conditions, reason: grant, conditions: conditions)
    }

    private func notSpokenOf(_ id: UseID, _ terms: UseTerms) -> Reason {
        let name = Wording(rules.use.answer(id)?.name ?? id.rawValue)
        switch terms.reading {
        case .kind:
            return Reason(
                "read \(terms.title): only its name is here, and there is no record of its terms", [terms.place])
        case .foreign:
            return Reason("read \(terms.title) as a whole: it is no known text, or one with changes", [terms.place])
        case .text, .approved, .named:
            return Reason("ask the licensor: \(terms.title) says nothing that permits \(name)", [terms.place])
        }
    }

    /// What permits it, with the words or the record that say so.
    private func grant(_ id: UseID, _ terms: UseTerms) -> Reason? {
        let question = UseID.ofEveryPart.contains(id) ? id : .useInEU
        guard let answer = rules.use.answer(question) else { return nil }
        let giving = terms.clauses.first { clause in
            clause.status == .present && !clause.isBeside
                && (answer.expressly.contains(clause.id) || terms.isTrusted && answer.givenBy.contains(clause.id))
        }
        if let giving { return permitted(terms, giving.evidence) }
        let isSilentlyGiven =
            switch answer.silence {
            case .approved: terms.isApproved
            case .free: terms.isApproved || terms.isFree
            case .known:
                terms.isApproved
                    || terms.isKnown
                        && terms.clauses.contains {
                            $0.status == .present && !$0.isBeside && answer.restsOn.contains($0.id)
                        }
            }
        return isSilentlyGiven ? permitted(terms, terms.place) : nil
    }

    private func permitted(_ terms: UseTerms, _ place: Evidence) -> Reason {
        switch terms.reading {
        case .text, .foreign: Reason("\(terms.title) permits it", [place])
        case .approved: Reason("\(terms.title) permits it; its text is here as it was approved", [place])
        case .named, .kind:
            Reason("\(terms.title) permits it, by the record of its terms; its text is not here", [place])
        }
    }

    // MARK: Several licences

    /// A policy of use that lies beside licences which do not speak of any: a list of uses is expected in it.
    private func policies(_ id: UseID, _ stack: UseStack) -> [Reason] {
        let lists = rules.clauses.with(.listedUses)
        guard !stack.policies.isEmpty,
            rules.use.clauses.contains(where: { lists.contains($0.id) && $0.answers[id] != nil }),
            !stack.terms.flatMap(\.clauses).contains(where: { rules.clauses.has($0.id, .useList) })
        else { return [] }
        return [Reason("a policy of use lies beside the licence", stack.policies)]
    }

    /// Terms that cannot be kept together, each with both places.
    private func conflicts(_ id: UseID, _ terms: [UseTerms]) -> [Reason] {
        guard terms.count > 1 else { return [] }
        var out: [Reason] = []
        for rule in rules.use.conflicts where rule.denied.contains(id) {
            for asking in terms {
                guard let asked = asking.clauses.first(where: { rule.asks.contains($0.id) && $0.status == .present })
                else { continue }
                for other in terms where other.id != asking.id {
                    guard
                        let limit = other.clauses.first(where: {
                            rule.against.contains($0.id) && $0.status == .present && !asking.has($0.id)
                        })
                    else { continue }
                    out.append(
                        Reason(
                            "\(asking.title) and \(other.title): \(Wording(rule.says))",
                            [asked.evidence, limit.evidence]))
                }
            }
        }
        return out
    }
}
