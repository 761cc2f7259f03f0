import OpenscanFacts
import OpenscanRules

/// What the clauses of one licence say against a question, each with its reason.
struct UseLimits {
    /// A clause that limits or forbids.
    struct Limit: Hashable {
        let answer: UseAnswer
        let reason: Reason
        var threshold: UseThreshold?
        var field: UseField?
    }

    let rules: UseRules

    func limits(on id: UseID, in terms: UseTerms) -> [Limit] {
        var out: [Limit] = []
        for clause in terms.clauses {
            for entry in rules.entries(clause) {
                guard let answer = entry.answers[Self.question(id)] else { continue }
                let isOfTerritory = !UseID.ofEveryPart.contains(id) || id == .useInEU
                let isInPart = clause.status == .partial
                let here =
                    entry.reading == .territories && isOfTerritory
                    ? self.answer(clause, on: rules.territory(id)) : answer == .no && isInPart ? .conditions : answer
                guard let here else { continue }
                let reason = reason(entry, clause, terms)
                out.append(
                    Limit(
                        answer: here,
                        reason: isInPart
                            ? Reason("\(reason.words) (in part, or for some)", reason.evidence) : reason,
                        threshold: threshold(entry, clause)))
            }
        }
        if id == .fieldsOfUse { out += fields(terms) }
        return out
    }

    /// Every territory has the clauses of the one that is always answered.
    private static func question(_ id: UseID) -> UseID { UseID.ofEveryPart.contains(id) ? id : .useInEU }

    /// A clause that names territories says nothing of the others; one that names none may mean any.
    private func answer(_ clause: ClauseMatch, on territory: UseRules.Territory?) -> UseAnswer? {
        let named = names(clause)
        guard !named.isEmpty else { return .unclear }
        guard let territory, !territory.called.isDisjoint(with: named) else { return nil }
        return clause.status == .partial ? .conditions : .no
    }

    /// Territories that a clause names, as clauses call them.
    func names(_ clause: ClauseMatch) -> [String] {
        (clause.parameters["territories"] ?? "").split(separator: ",").map(String.init)
    }

    private func fields(_ terms: UseTerms) -> [Limit] {
        rules.fields.compactMap { field in
            let uses = terms.clauses.filter { field.clauses.contains($0.id) }
            guard !uses.isEmpty else { return nil }
            let places = UseStack.unique(uses.map(\.evidence))
            return Limit(
                answer: .conditions,
                reason: Reason(
                    .named("not for \(Wording(field.name)): \(uses.count) of the listed uses", by: terms.title), places),
                field: UseField(name: Wording(field.name), uses: uses.count, evidence: places))
        }
    }

    // MARK: Words

    func reason(_ entry: UseRules.Clause, _ clause: ClauseMatch, _ terms: UseTerms) -> Reason {
        Reason(.named(words(entry, clause), by: terms.title), [clause.evidence])
    }

    /// The clause's words with what was read of it.
    func words(_ entry: UseRules.Clause, _ clause: ClauseMatch) -> Wording {
        let says = Wording(entry.says)
        switch entry.reading {
        case .users, .revenue: return threshold(entry, clause).map(Self.words) ?? says
        case .territories:
            let named = names(clause).map { name in
                Wording(rules.territories.first { $0.called.contains(name) }?.name ?? name)
            }
            return named.isEmpty ? says : "not for use in \(Wording.joined(named, by: ", "))"
        case .address: return clause.parameters["url"].map { "\(says): \($0)" } ?? says
        case .words: return Self.prescribed(clause).map { "\(says): \u{201C}\($0)\u{201D}" } ?? says
        case .name: return clause.parameters["name"].map { "\(says): \u{201C}\($0)\u{201D}" } ?? says
        case nil: return says
        }
    }

    /// Words that have to be shown or shipped, where they were read whole.
    static func prescribed(_ clause: ClauseMatch) -> String? {
        clause.parameters["text"].map { $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }

    private func threshold(_ entry: UseRules.Clause, _ clause: ClauseMatch) -> UseThreshold? {
        let parameters = clause.parameters
        let effect = parameters["effect"].flatMap(UseThreshold.Effect.init) ?? .deny
        switch entry.reading {
        case .users:
            guard let number = parameters["mau"].flatMap(Int.init) else { return nil }
            return UseThreshold(measure: .monthlyUsers, above: number, effect: effect)
        case .revenue:
            guard let number = parameters["amount"].flatMap(Int.init) else { return nil }
            return UseThreshold(
                measure: .revenue, above: number, currency: parameters["currency"], period: parameters["period"],
                effect: effect)
        default: return nil
        }
    }

    /// A threshold in words.
    static func words(_ threshold: UseThreshold) -> Wording {
        let number = grouped(threshold.above)
        let what: Wording =
            switch threshold.measure {
            case .monthlyUsers: "above \(number) monthly users"
            case .revenue:
                threshold.period == "monthly"
                    ? "above \(number) \(threshold.currency ?? "") of monthly revenue"
                    : "above \(number) \(threshold.currency ?? "") of yearly revenue"
            }
        return switch threshold.effect {
        case .deny: "\(what) the licence does not hold: ask the licensor for one"
        case .display: "\(what) there are words to show"
        }
    }

    /// A number with a comma every three digits.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number))
        var out = ""
        for (place, digit) in digits.enumerated() {
            if place > 0, (digits.count - place).isMultiple(of: 3), digit.isNumber, digits[place - 1].isNumber {
                out.append(",")
            }
            out.append(digit)
        }
        return out
    }
}
