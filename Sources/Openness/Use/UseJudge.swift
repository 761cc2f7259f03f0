import OpenscanFacts
import OpenscanRules

/// "May I use it, and what must I do?", from the terms of every part of a judged release.
struct UseJudge {
    let rules: RuleSet

    /// What stands before the files, which no licence says.
    struct Access: Sendable {
        /// Sentences and fields that ask for something first.
        var gates: [Evidence] = []
        /// Fields that shut a territory out, with its name.
        var shutOut: [(territory: String, place: Evidence)] = []
    }

    /// Answers and duties; of a release that was not read none.
    func judged(_ dossier: Dossier, _ access: Access) -> Dossier {
        guard dossier.gradient.subject.isJudged else { return dossier }
        var dossier = dossier
        let stacks = UseStacks(dossier, rules: rules)
        let decisions = UseDecisions(rules: rules)
        var use: [UseDecision] = []
        var duties: [UseDuty] = []
        for part in Self.parts {
            guard let stack = stacks.stack(part) else { continue }
            let named = access.shutOut.map(\.territory)
            for id in UseID.ofEveryPart + territories(of: stack.terms + stack.hinted, and: named) {
                use.append(shutOut(decisions.decide(id, stack, part: part), access))
            }
            duties += UseDuties(rules: rules.use).duties(stack, part: part)
        }
        if let part = use.first?.part, !access.gates.isEmpty {
            duties.append(
                UseDuty(
                    id: .acceptGate, moment: .always, part: part,
                    words: Self.gateWords,
                    evidence: UseStack.unique(access.gates)))
        }
        dossier.use = use
        dossier.duties = Self.ordered(duties)
        return dossier
    }

    static let gateWords: Wording = "something is asked for before the files can be had"

    /// Documents are not what people ask about.
    private static let parts: [ReleasePart] = [.weights, .code, .data]

    /// Questions for the territories that terms and fields name, beside the one that is always answered.
    func territories(of terms: [UseTerms], and fields: [String] = []) -> [UseID] {
        let limits = UseLimits(rules: rules.use)
        let named = Set(terms.flatMap(\.clauses).flatMap(limits.names) + fields)
        return rules.use.territories.filter { !$0.called.isDisjoint(with: named) }.map { UseID.territory($0.id) }
            .filter { !UseID.ofEveryPart.contains($0) }
    }

    /// A field of the card that shuts a territory out binds beside every licence.
    private func shutOut(_ decision: UseDecision, _ access: Access) -> UseDecision {
        guard decision.part != .code, let territory = rules.use.territory(decision.id) else { return decision }
        let places = access.shutOut.filter { territory.called.contains($0.territory) }.map(\.place)
        guard !places.isEmpty else { return decision }
        var decision = decision
        decision.conditions.insert(decision.reason, at: 0)
        decision.answer = .no
        decision.reason = Reason("a field of the card shuts out \(Wording(territory.name))", places)
        return decision
    }

    private static let mostDuties = 500

    /// By moment, then as found; the same words once a part, with all their places.
    private static func ordered(_ duties: [UseDuty]) -> [UseDuty] {
        var out: [UseDuty] = []
        for moment in DutyMoment.allCases {
            for duty in duties where duty.moment == moment && out.count < mostDuties {
                if let known = out.firstIndex(where: {
                    $0.id == duty.id && $0.moment == moment && $0.part == duty.part && $0.words == duty.words
                }) {
                    out[known].evidence = UseStack.unique(out[known].evidence + duty.evidence)
                } else {
                    out.append(duty)
                }
            }
        }
        return out
    }
}

extension UseJudge.Access {
    /// What the cards of a release say.
    init(_ release: ReleaseFacts, _ rules: CardRules) {
        for file in release.files where file.place.area == .main {
            guard let card = file.card else { continue }
            if file.place.depth == 0, file.place.isReadme { gates += card.gates.filter { Self.isGate($0, rules) } }
            guard let head = card.frontMatter else { continue }
            for field in head.fields.keys.sorted() {
                if let territory = rules.territoryFields[field] {
                    guard head.first(field) == "true" else { continue }
                    shutOut.append((territory, head.evidence(field, path: file.path)))
                } else if rules.gateFields.matches(field) {
                    gates.append(head.evidence(field, value: head.first(field), path: file.path))
                }
            }
        }
    }

    /// Whether a sentence asks for something before the files, and not for a key of some service.
    private static func isGate(_ sentence: Evidence, _ rules: CardRules) -> Bool {
        let text = (sentence.quote ?? "").lowercased()
        return rules.gateKinds.contains { $0.words.areIn(text) }
    }

    /// What a report that was saved before says of it: the places are those that its answers rest on.
    init(_ saved: Dossier, _ rules: CardRules) {
        gates = saved.duties.filter { $0.words.description == UseJudge.gateWords.description }.flatMap(\.evidence)
        let places = UseStack.unique(saved.use.flatMap(\.reason.evidence))
        for (field, territory) in rules.territoryFields.sorted(by: { $0.key < $1.key }) {
            shutOut += places.filter { $0.quote?.contains(field) ?? false }.map { (territory, $0) }
        }
    }
}

extension Judge {
    /// The answers and duties of one text, as if it covered weights that lie beside it.
    public func use(_ licences: [JudgedLicence]) -> (use: [UseDecision], duties: [UseDuty]) {
        var stack = UseStack()
        let reader = UseTermsReader(rules: rules)
        var seen = Set<LicenceID>()
        stack.terms = licences.filter { seen.insert($0.expressionID).inserted }.map {
            reader.terms(of: $0, among: licences)
        }
        guard !stack.terms.isEmpty else { return ([], []) }
        let decisions = UseDecisions(rules: rules)
        let territories = UseJudge(rules: rules).territories(of: stack.terms)
        return (
            (UseID.ofEveryPart + territories).map { decisions.decide($0, stack, part: .weights) },
            UseDuties(rules: rules.use).duties(stack, part: .weights)
        )
    }
}
