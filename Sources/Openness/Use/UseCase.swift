import OpenscanFacts
import OpenscanRules

/// What somebody is about to do, where and how large.
public struct UseCase: Sendable, Hashable {
    /// Money that a business takes in a year.
    public struct Revenue: Sendable, Hashable {
        /// The sum.
        public var amount: Int
        /// ISO 4217; `nil` where it was not said.
        public var currency: String?

        /// A sum.
        public init(amount: Int, currency: String?) {
            self.amount = amount
            self.currency = currency
        }
    }

    /// What is about to be done; `nil` for anything.
    public var purpose: UseRules.Case?
    /// ISO 3166-1 code, or EU.
    public var territory: String?
    /// Monthly users.
    public var users: Int?
    /// Money that the business takes in a year.
    public var revenue: Revenue?

    /// A case.
    public init(
        purpose: UseRules.Case? = nil, territory: String? = nil, users: Int? = nil, revenue: Revenue? = nil
    ) {
        self.purpose = purpose
        self.territory = territory
        self.users = users
        self.revenue = revenue
    }

    /// Whether nothing was said of it.
    public var isOpen: Bool { purpose == nil && territory == nil && users == nil && revenue == nil }
}

/// The answer for a case, with what it rests on.
public struct UseCaseAnswer: Sendable, Hashable {
    /// The strictest of the decisions.
    public var answer: UseAnswer
    /// The answers that it rests on, by part.
    public var decisions: [UseDecision]
    /// What has to be done.
    public var duties: [UseDuty]
}

extension Judge {
    /// May it be done? The strictest answer of all the parts that it takes.
    public func answer(_ useCase: UseCase, _ dossier: Dossier) -> UseCaseAnswer {
        UseCaseJudge(useCase: useCase, dossier: dossier, rules: rules).answer()
    }
}

/// Decides for one case.
struct UseCaseJudge {
    let useCase: UseCase
    let dossier: Dossier
    let rules: RuleSet

    func answer() -> UseCaseAnswer {
        let need = useCase.purpose.flatMap { rules.use.cases[$0] }
        let parts = parts()
        var decisions = dossier.use.filter { decision in
            parts.contains(decision.part)
                && (need?.answers.contains(decision.id) ?? useCase.isOpen || extra.contains(decision.id))
        }
        if let territory = useCase.territory { decisions += parts.compactMap { use(in: territory, $0) } }
        decisions = decisions.map(scaled)
        let duties = dossier.duties.filter { duty in
            parts.contains(duty.part) && (need?.moments.contains(duty.moment) ?? true)
        }
        return UseCaseAnswer(
            answer: decisions.map(\.answer).max() ?? .unclear, decisions: decisions, duties: duties)
    }

    /// Questions that figures bring with them.
    private var extra: Set<UseID> {
        var out: Set<UseID> = []
        if useCase.users != nil || useCase.revenue != nil { out.insert(.atScale) }
        if useCase.revenue != nil { out.insert(.commercialUse) }
        return out
    }

    /// A model is used with its code; data beside it are asked about by themselves.
    private func parts() -> [ReleasePart] {
        let there = Set(dossier.use.map(\.part))
        return there.contains(.weights) ? [.weights, .code].filter(there.contains) : there.sorted()
    }

    /// The answer for a country, which a territory that terms name may hold.
    private func use(in code: String, _ part: ReleasePart) -> UseDecision? {
        let territory = rules.use.territories.first { $0.codes.contains(code) }
        let id = UseID.territory(territory?.id ?? code.lowercased())
        if let known = dossier.use.first(where: { $0.id == id && $0.part == part }) { return known }
        guard let stack = UseStacks(dossier, rules: rules).stack(part) else { return nil }
        return UseDecisions(rules: rules).decide(id, stack, part: part)
    }

    // MARK: Scale

    /// Takes away the thresholds that are not reached, and denies where one is passed.
    private func scaled(_ decision: UseDecision) -> UseDecision {
        let thresholds =
            dossier.use.first { $0.id == .atScale && $0.part == decision.part }?.thresholds ?? []
        var decision = decision
        for threshold in thresholds {
            let words = UseLimits.words(threshold).description
            let about = decision.conditions.filter { $0.words.description.contains(words) }
            guard !about.isEmpty else { continue }
            switch isPassed(threshold) {
            case .some(true) where threshold.effect == .deny:
                decision.conditions.removeAll(where: about.contains)
                decision.conditions.insert(decision.reason, at: 0)
                decision.answer = .no
                decision.reason = about[0]
            case .some(false): decision.conditions.removeAll(where: about.contains)
            case nil where isStated(threshold.measure):
                decision.answer = max(decision.answer, .unclear)
                decision.reason = Reason(
                    "bring the revenue and the threshold to one currency: \(about[0].words)", about[0].evidence)
            default: break
            }
        }
        if decision.answer == .conditions, decision.conditions.isEmpty { decision.answer = .yes }
        return decision
    }

    private func isStated(_ measure: UseThreshold.Measure) -> Bool {
        switch measure {
        case .monthlyUsers: useCase.users != nil
        case .revenue: useCase.revenue != nil
        }
    }

    /// `nil` where the figures do not tell.
    private func isPassed(_ threshold: UseThreshold) -> Bool? {
        switch threshold.measure {
        case .monthlyUsers: return useCase.users.map { $0 > threshold.above }
        case .revenue:
            guard let revenue = useCase.revenue else { return nil }
            if revenue.amount == 0 { return false }
            guard let currency = revenue.currency, currency == threshold.currency else { return nil }
            let yearly = threshold.above.multipliedReportingOverflow(by: threshold.period == "monthly" ? 12 : 1)
            return !yearly.overflow && revenue.amount > yearly.partialValue
        }
    }
}
