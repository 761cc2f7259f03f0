import OpenscanFacts
import OpenscanRules

/// Holds a release against a policy, rule by rule. What is unclear keeps no rule; a part that is not there is asked for by `components` and `files` alone.
struct PolicyJudge: Sendable {
    let rules: RuleSet
    let policy: Policy
    let dossier: Dossier

    private typealias Failure = PolicyResult.Failure

    /// - Parameters:
    ///   - issues: flags and findings with what was decided of them and what is known from before.
    ///   - today: the day by which exceptions hold; none holds where it is not known.
    func judge(_ issues: [Issue], today: StatedDate?) -> PolicyResult {
        let asked = PolicyRules.ids(policy)
        var failures = openSource() + level() + terms() + use()
        failures += components(policy.components, "components") { $0.isThereOrLinked }
        failures += components(policy.files, "files") { $0.status == .present }
        failures += policy.yardsticks.compactMap(yardstick)
        failures += flags(issues)
        // Of what could not be read nothing is known, and that keeps no policy.
        if dossier.gradient.subject == .unread, failures.isEmpty, !asked.isEmpty {
            failures.append(
                Failure(rule: asked[0], reason: Reason("nothing of the release could be read"), line: nil))
        }
        var open: [Failure] = []
        var waivers: [PolicyResult.Waiver] = []
        for failure in failures {
            let fitting = policy.exceptions.filter { fits($0, failure) }
            if let today, let exception = fitting.first(where: { !($0.expires < today) }) {
                waivers.append(
                    PolicyResult.Waiver(
                        failure: failure, reason: exception.reason, owner: exception.owner, expires: exception.expires))
            } else {
                var failure = failure
                failure.expired = fitting.map(\.expires).max()?.description
                open.append(failure)
            }
        }
        return PolicyResult(name: policy.name, rules: asked, failures: open, waivers: waivers)
    }

    private func fits(_ exception: Policy.Exception, _ failure: Failure) -> Bool {
        guard exception.release.map({ $0 == dossier.release.name }) ?? true else { return false }
        return failure.rule == exception.rule || failure.rule.hasPrefix(exception.rule + ".")
    }

    private func failure<Value>(
        _ rule: String, _ stated: Policy.Stated<Value>?, _ reason: Reason, part: ReleasePart? = nil
    ) -> Failure {
        Failure(rule: rule, part: part, reason: reason, line: stated?.line)
    }

    // MARK: The whole

    private func openSource() -> [Failure] {
        guard let asked = policy.openSource, asked.value, dossier.verdict.answer != .yes else { return [] }
        let answer = Wording(dossier.verdict.answer.rawValue)
        return [
            failure(
                "open-source", asked,
                Reason(
                    "open source: \(answer); \(dossier.verdict.sentence.words)", dossier.verdict.sentence.evidence))
        ]
    }

    private func level() -> [Failure] {
        guard let asked = policy.level, let least = rules.gradient.level(asked.value) else { return [] }
        if let rank = dossier.gradient.rank, rank >= least.rank { return [] }
        let found =
            rules.gradient.level(dossier.gradient.level).map { Wording($0.name) } ?? Wording(dossier.gradient.level)
        let places = dossier.gradient.next.flatMap(\.evidence)
        return [failure("level", asked, Reason("level \(found), not \(Wording(least.name)) or more", places))]
    }

    private func components(
        _ asked: Policy.Stated<[ComponentID]>?, _ key: String, _ isEnough: (Component) -> Bool
    ) -> [Failure] {
        guard let asked else { return [] }
        return asked.value.compactMap { id in
            let component = dossier.component(id)
            guard !isEnough(component) else { return nil }
            let name = Wording(rules.components[id]?.name ?? id.rawValue)
            return failure(
                "\(key).\(id.rawValue)", asked,
                Reason("\(name): \(Wording(component.status.rawValue))", component.evidence))
        }
    }

    private func yardstick(_ asked: Policy.Stated<Policy.Yardstick>) -> Failure? {
        let rule = PolicyRules.yardstick(asked.value)
        switch asked.value {
        case .openness(let level):
            let found = dossier.yardsticks.mof
            guard found.class == 0 || found.class > level else { return nil }
            let missing = found.missing[String(level)] ?? []
            let list = Wording.joined(missing.prefix(Self.mostNamed).map { Wording($0) }, by: ", ")
            return failure(
                rule, asked,
                Reason(
                    missing.isEmpty
                        ? "\(Wording(found.className)), not class \(level)"
                        : "\(Wording(found.className)), not class \(level): \(missing.count) lack: \(list)"))
        case .met(Self.definition):
            guard !dossier.yardsticks.osd.isOpen else { return nil }
            let failed = dossier.yardsticks.osd.failed.map { Wording(rules.definition.name($0)) }
            return failure(
                rule, asked,
                failed.isEmpty
                    ? Reason("no terms that pass the Open Source Definition are known")
                    : Reason(
                        "fails the Open Source Definition: \(Wording.joined(failed.prefix(Self.mostNamed).map { $0 }, by: ", "))"
                    ))
        case .met(let id):
            guard let result = dossier.yardsticks.framework(id) else {
                return failure(rule, asked, Reason("it was not judged by \(id)"))
            }
            let open = result.criteria.filter { $0.required && $0.status != .met }
            guard !open.isEmpty else { return nil }
            let list = Wording.joined(
                open.prefix(Self.mostNamed).map { "\(Wording($0.name)) (\(Wording($0.status.rawValue)))" }, by: "; ")
            return failure(
                rule, asked,
                Reason(
                    "\(Wording(result.name)): \(open.count) required criteria are not met: \(list)",
                    open.flatMap(\.evidence)))
        }
    }

    private static let definition = "osd"
    private static let mostNamed = 6

    private func flags(_ issues: [Issue]) -> [Failure] {
        guard let asked = policy.flags else { return [] }
        return issues.filter { issue in
            guard issue.counts, issue.kind == .flag || issue.kind == .finding else { return false }
            return asked.value.ids.contains(issue.id) || asked.value.least.map { issue.severity >= $0 } ?? false
        }.map { issue in
            let places = [issue.place].compactMap { $0 } + issue.related
            return failure(
                PolicyRules.flagPrefix + issue.id, asked,
                Reason(
                    issue.details.isEmpty
                        ? issue.title
                        : "\(issue.title): \(Wording.joined(Array(issue.details.prefix(Self.mostNamed)), by: "; "))",
                    places))
        }
    }

    // MARK: Use

    private func use() -> [Failure] {
        policy.use.flatMap { asked -> [Failure] in
            let rule = "use.\(asked.value.id)"
            let name = name(asked.value.id)
            let answers = dossier.use.filter { decision in
                decision.id == asked.value.id
                    && (asked.value.parts.isEmpty
                        ? dossier.terms[decision.part] != nil : asked.value.parts.contains(decision.part))
            }
            // A part that was named and that nothing answers for.
            let unanswered = asked.value.parts.filter { part in !answers.contains { $0.part == part } }
            if answers.isEmpty, unanswered.isEmpty {
                return [failure(rule, asked, Reason("\(name): nothing answers it"))]
            }
            return answers.filter { $0.answer > asked.value.least }.map { decision in
                let said = Wording.joined(
                    [decision.reason.words] + decision.conditions.prefix(Self.mostNamed).map(\.words), by: "; ")
                return failure(
                    rule, asked,
                    Reason(
                        "\(name), \(Wording(decision.part.rawValue)): \(Wording(decision.answer.rawValue)); \(said)",
                        decision.reason.evidence + decision.conditions.flatMap(\.evidence)), part: decision.part)
            }
                + unanswered.map { part in
                    failure(
                        rule, asked, Reason("\(name), \(Wording(part.rawValue)): nothing answers it"), part: part)
                }
        }
    }

    private func name(_ id: UseID) -> Wording {
        if let answer = rules.use.answer(id) { return Wording(answer.name) }
        return rules.use.territory(id).map { "use in \(Wording($0.name))" } ?? Wording(id.rawValue)
    }

    // MARK: Terms

    private func terms() -> [Failure] {
        policy.terms.sorted { PolicyRules.name($0.key) < PolicyRules.name($1.key) }.flatMap { part, asked in
            // What is asked of every part is asked of those that are there.
            let parts =
                part.map { [$0] } ?? ReleasePart.allCases.filter { dossier.terms[$0] != nil && $0 != .documents }
            return parts.flatMap { failures(asked, of: $0, under: PolicyRules.name(part)) }
        }
    }

    private func failures(_ asked: Policy.Terms, of part: ReleasePart, under key: String) -> [Failure] {
        guard let terms = dossier.terms[part] else { return [] }
        let licences = dossier.licences.filter { licence in part.components.contains { licence.covers($0) } }
        let judged = PolicyLicences(rules: rules, expression: terms.expression)
        let shown = terms.expression.map { Wording($0) } ?? "no licence is known"
        var out: [Failure] = []
        func fail<Value>(_ rule: String, _ stated: Policy.Stated<Value>?, _ words: Wording, _ places: [Evidence]? = nil)
        {
            out.append(
                failure(
                    "licences.\(key).\(rule)", stated,
                    Reason("\(Wording(part.rawValue)): \(words)", places ?? terms.evidence), part: part))
        }
        if let basis = asked.basis, !basis.value.contains(terms.basis.rawValue) {
            fail("basis", basis, "its terms are known by: \(Wording(terms.basis.rawValue)); \(shown)")
        }
        if let allow = asked.allow, !judged.isAllowed({ id, _ in allow.value.contains(id) }) {
            fail("allow", allow, "\(shown) is not among the licences that are allowed")
        }
        if let deny = asked.deny, judged.isDenied({ id, _ in deny.value.contains(id) }) {
            fail("deny", deny, "\(shown) is denied")
        }
        if let kinds = asked.categories, !judged.isAllowed({ _, kind in kind.map(kinds.value.contains) ?? false }) {
            fail("categories", kinds, "\(shown) is of no kind that is allowed\(kind(judged))")
        }
        if let kinds = asked.denyCategories,
            judged.isDenied({ _, kind in kind.map(kinds.value.contains) ?? false })
                || terms.expression == nil && licences.contains(where: { kinds.value.contains($0.category) })
        {
            fail("deny-categories", kinds, "\(shown) is of a kind that is denied\(kind(judged))")
        }
        if let clauses = asked.denyClauses {
            for licence in licences {
                for clause in licence.clauses where clauses.value.contains(clause.id) {
                    fail(
                        "deny-clauses", clauses, "\(licence.expressionID) has \(clause.id)", [clause.evidence])
                }
            }
        }
        if let open = asked.open, open.value, !terms.isOpen {
            let failed = Wording.joined(
                terms.osd.failed.prefix(Self.mostNamed).map { Wording(rules.definition.name($0)) }, by: ", ")
            fail(
                "open", open,
                terms.osd.failed.isEmpty
                    ? "\(shown), known by: \(Wording(terms.basis.rawValue)), cannot be called open"
                    : "\(shown) fails the Open Source Definition: \(failed)")
        }
        if let approved = asked.approved, approved.value,
            !judged.isAllowed({ id, _ in rules.licences.record(id)?.isOSIApproved ?? false })
        {
            fail("osi-approved", approved, "\(shown) is not on the Open Source Initiative's list")
        }
        return out
    }

    private func kind(_ licences: PolicyLicences) -> Wording {
        let kinds = Set(licences.kinds).map(\.rawValue).sorted().map { Wording($0) }
        return kinds.isEmpty ? "" : " (\(Wording.joined(kinds, by: ", ")))"
    }
}

/// An expression as a policy sees it: of a choice one has to hold, of what binds together each; changed texts are none of the standard's.
struct PolicyLicences: Sendable {
    private let rules: RuleSet
    private let tree: LicenceExpression?

    init(rules: RuleSet, expression: String?) {
        self.rules = rules
        tree = expression.flatMap { try? LicenceExpression.parse($0) }
    }

    typealias Test = (LicenceID, LicenceCategory?) -> Bool

    /// Whether terms hold that all pass. Terms that are not known do not.
    func isAllowed(_ test: Test) -> Bool { tree.map { holds($0, test) } ?? false }

    /// Whether no choice is without one that is denied.
    func isDenied(_ test: Test) -> Bool { tree.map { !holds($0) { !test($0, $1) } } ?? false }

    /// Kinds of its licences.
    var kinds: [LicenceCategory] { (tree?.ids ?? []).compactMap { rules.licences.record(LicenceID($0))?.category } }

    private func holds(_ tree: LicenceExpression, _ test: Test) -> Bool {
        switch tree {
        case .licence(let id): passes(id, test)
        // An exception permits more and takes nothing away; the licence counts.
        case .exception(let licence, _): holds(licence, test)
        case .all(let parts): parts.allSatisfy { holds($0, test) }
        case .any(let parts): parts.contains { holds($0, test) }
        }
    }

    private func passes(_ id: String, _ test: Test) -> Bool {
        let record = rules.licences.record(LicenceID(id))
        return test(record?.id ?? LicenceID(id), record?.category)
    }
}

extension Judge {
    /// Holds a judged release against a policy.
    /// - Parameters:
    ///   - review: what a person decided: what was rejected fails nothing.
    ///   - baseline: what is known from before: flags and findings that it has fail nothing.
    ///   - today: the day by which exceptions hold.
    public func judged(
        _ dossier: Dossier, by policy: Policy, review: Review? = nil, baseline: Baseline? = nil,
        today: StatedDate? = nil
    ) -> PolicyResult {
        PolicyJudge(rules: rules, policy: policy, dossier: dossier).judge(
            Issues.of(dossier, review: review, baseline: baseline), today: today)
    }
}
