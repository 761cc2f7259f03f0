import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Plain words for the ids that reports use, with the place of the rule behind each.
public struct Explanation: Sendable {
    /// What can be listed.
    public enum Kind: String, Sendable, CaseIterable {
        case licences, clauses, flags, formats, components, levels, frameworks
    }

    private let rules: RuleSet
    private let formats: [(id: FormatID, words: String)]
    private let words: Words

    /// - Parameters:
    ///   - rules: everything that has an id.
    ///   - formats: the formats that are read, with a few words on each.
    ///   - words: the language.
    public init(_ rules: RuleSet, formats: [(id: FormatID, words: String)] = [], words: Words = .english) {
        self.rules = rules
        self.formats = formats
        self.words = words
    }

    /// What an id means; `nil` where nothing has it.
    public func of(_ id: String) -> String? {
        let lower = id.lowercased()
        if let text = flag(FlagID(lower)) ?? clause(ClauseID(lower)) ?? component(lower) { return text }
        if let text = finding(lower) { return text }
        if let text = level(lower) ?? rule(lower) ?? criterion(lower) ?? framework(lower) { return text }
        return use(UseID(lower)) ?? format(FormatID(lower)) ?? licence(id)
    }

    /// Sentences one below the other, the last with the place of the rule.
    private func text(_ lines: [Wording?], _ kind: String, _ id: String) -> String {
        let place: Wording? = rules.definition(kind, id).map { "Its rule: \($0)" }
        return (lines + [place]).compactMap { $0.map { words($0) } }.joined(separator: "\n")
    }

    private func flag(_ id: FlagID) -> String? {
        guard let flag = rules.flag(id) else { return nil }
        let severity = Wording(flag.severity.rawValue)
        return text(
            [
                "\(flag.id) (flag, \(severity)): \(Wording(flag.title)).", "What clears it: \(Wording(flag.remedy))",
                flag.guardWords.map { "What keeps it from a false alarm: \(Wording($0))" },
            ], "flag", flag.id.rawValue)
    }

    private func finding(_ id: String) -> String? {
        guard let meaning = FindingID(rawValue: id).flatMap(rules.finding) else { return nil }
        return text(["\(id) (finding about a file): \(Wording(meaning))."], "finding", id)
    }

    private func clause(_ id: ClauseID) -> String? {
        guard let clause = rules.clauses[id] else { return nil }
        let answers = rules.use.clauses.filter { $0.id == id }.map { Wording($0.says) }
        return text(
            [
                "\(clause.id) (clause, \(Wording(clause.group))): \(Wording(clause.meaning)).",
                clause.fails.isEmpty
                    ? nil : "A licence with it fails the Open Source Definition on \(names(clause.fails)).",
                clause.concern.isEmpty ? nil : "It needs a person's look on \(names(clause.concern)).",
                clause.freedoms.isEmpty
                    ? nil : "It limits the freedom to \(list(clause.freedoms.map { Wording($0) })).",
                answers.isEmpty ? nil : "Of use it says: \(list(answers)).",
            ], "clause", clause.id.rawValue)
    }

    private func component(_ id: String) -> String? {
        guard let component = ComponentID(rawValue: id).flatMap({ rules.components[$0] }) else { return nil }
        return text(
            ["\(id) (component, \(Wording(component.group))): \(Wording(component.meaning))"], "component", id)
    }

    private func level(_ id: String) -> String? {
        guard let level = rules.gradient.level(id) else { return nil }
        let place: Wording =
            level.rank > 0
            ? "level \(level.rank) of 7 on the Stanford scale, Solaiman \(level.solaiman)" : "no level on the scale"
        let given = rules.gradient.rules.filter { $0.level == id }.map { Wording("rule-\($0.number)") }
        return text(
            [
                "\(level.id) (\(place)): \(Wording(level.meaning))",
                given.isEmpty ? nil : "Given by \(list(given)).",
            ], "level", level.id)
    }

    /// A row of the table that decides the level.
    private func rule(_ id: String) -> String? {
        guard id.hasPrefix("rule-"), let number = Int(id.dropFirst(5)),
            let rule = rules.gradient.rules.first(where: { $0.number == number })
        else { return nil }
        let conditions = rule.conditions.map { condition -> Wording in
            "\(Wording(condition.question.rawValue)): \(list(condition.answers.sorted().map { Wording($0) }, by: "; "))"
        }
        return text(
            [
                "\(id) (rule of the gradient): level \(rule.level), confidence \(Wording(rule.confidence.rawValue)).",
                conditions.isEmpty ? "It holds where no rule before it does." : nil,
            ] + conditions.map { "- \($0)" }, "rule", String(number))
    }

    private func use(_ id: UseID) -> String? {
        if let answer = rules.use.answer(id) {
            let limits = rules.use.clauses.filter { $0.answers[id] != nil }.map { Wording($0.id.rawValue) }
            let silence: Wording =
                switch answer.silence {
                case .approved: "Where terms do not speak of it, licences on the Open Source Initiative's list give it."
                case .free: "Where terms do not speak of it, licences without restriction give it."
                case .known: "Where terms do not speak of it, terms that are known as a whole give it."
                }
            return text(
                [
                    "\(id) (question on use): \(Wording(answer.name)).",
                    answer.givenBy.isEmpty
                        ? nil
                        : "Given by \(list(answer.givenBy.map { Wording($0.rawValue) }.sorted { $0.form < $1.form })).",
                    limits.isEmpty ? nil : "Limited or denied by \(list(limits)).", silence,
                ], "use", id.rawValue)
        }
        guard let territory = rules.use.territory(id) else { return nil }
        return text(["\(id) (question on use): use in \(Wording(territory.name))."], "use", id.rawValue)
    }

    private func criterion(_ id: String) -> String? {
        if id.hasPrefix("osd-"), let criterion = Int(id.dropFirst(4)).flatMap(OSDCriterion.init(rawValue:)) {
            let failing = rules.clauses.all.filter { $0.fails.contains(criterion) }.map { Wording($0.id.rawValue) }
            return text(
                [
                    "\(id) (criterion of the Open Source Definition): \(Wording(rules.definition.name(criterion))).",
                    failing.isEmpty ? "No clause by itself fails it." : "Failed by: \(list(failing)).",
                ], "osd", String(criterion.rawValue))
        }
        for framework in rules.frameworks {
            if let criterion = framework.criterion(id) { return explain(criterion, of: framework) }
        }
        return nil
    }

    private func explain(_ criterion: Framework.Criterion, of framework: Framework) -> String {
        func ids(_ ids: [String]) -> Wording? { ids.isEmpty ? nil : list(ids.map { Wording($0) }) }
        let tests: [Wording] = [
            ids(criterion.all.map(\.rawValue)).map { "each of \($0)" },
            ids(criterion.any.map(\.rawValue)).map { "one of \($0)" },
            criterion.licence.map { $0 == .osi ? "under an OSI-approved licence" : "under open terms" },
            ids(criterion.freeOf.map(\.rawValue)).map { "no clause of \($0)" },
            ids(criterion.sections).map { "sections \($0)" },
            criterion.osd.map { "criterion \(names([$0])) of the Open Source Definition" },
            criterion.computeLimit.map { "at most \($0) FLOP of training compute" },
            criterion.unknown.map { "not decided by files: \(Wording($0))" },
        ].compactMap { $0 }
        return text(
            [
                "\(criterion.id) (criterion of the \(Wording(framework.name))): \(Wording(criterion.name)).",
                "Looks for: \(list(tests, by: "; ")).", "What would change it: \(Wording(criterion.change))",
            ], "criterion", criterion.id)
    }

    private func framework(_ id: String) -> String? {
        if id == "osd" {
            return text(
                [
                    "osd (framework): the Open Source Definition, ten criteria, osd-1 to osd-10, for the licence of the weights (of the code where there are none)."
                ], "framework", id)
        }
        if id == "mof" {
            return text(
                [
                    "mof (framework): Model Openness Framework \(rules.openness.version). Classes III, II and I, each on top of the one before: every required component is there under an open licence.",
                    "Source: \(rules.openness.source).",
                ], "framework", id)
        }
        guard let framework = rules.frameworks.first(where: { $0.id == id }) else { return nil }
        return text(
            [
                "\(framework.id) (framework): \(Wording(framework.name)) \(framework.version).",
                "Source: \(framework.source).",
                "Criteria: \(list(framework.criteria.map { Wording($0.id) })).",
                framework.notes.isEmpty ? nil : Wording(framework.notes),
            ], "framework", framework.id)
    }

    private func format(_ id: FormatID) -> String? {
        formats.first { $0.id == id }.map { words("\($0.id) (format): \(Wording($0.words))." as Wording) }
    }

    private func licence(_ id: String) -> String? {
        let named = rules.licences.value(id).ids
        guard
            let record = rules.licences.record(LicenceID(id))
                ?? (named.count == 1 ? named.first : nil).flatMap({
                    rules.licences.record($0)
                })
        else { return nil }
        let failed = OSDJudge(rules).assess(record, isModified: false, clauses: []).failed
        let kind = Wording(record.category.rawValue)
        return text(
            [
                record.isDeprecated
                    ? "\(record.id): \(record.name) (\(kind), deprecated id)."
                    : "\(record.id): \(record.name) (\(kind)).",
                record.isOSIApproved
                    ? "Approved by the Open Source Initiative." : "Not on the Open Source Initiative's list.",
                failed.isEmpty ? nil : "Fails by its kind: \(names(failed)).",
            ], "licence", record.id.rawValue)
    }

    private func names(_ criteria: [OSDCriterion]) -> Wording {
        list(criteria.map { "\($0.rawValue) (\(Wording(rules.definition.name($0))))" })
    }

    private func list(_ parts: [Wording], by separator: String = ", ") -> Wording {
        // A long list has no form of its own in the words: its parts are put together here.
        Wording(parts.map { words($0) }.joined(separator: words(separator)))
    }

    /// One line an item, id first.
    public func list(_ kind: Kind) -> [String] {
        func row(_ id: String, _ text: String) -> String { Columns.padded(id, max(34, id.count)) + " " + text }
        switch kind {
        case .licences:
            return rules.licences.records.map {
                row(
                    $0.id.rawValue, "\(words($0.category.rawValue))\($0.isOSIApproved ? ", OSI" : "")  \($0.name)")
            }
        case .clauses: return rules.clauses.all.map { row($0.id.rawValue, words($0.meaning)) }
        case .flags:
            return (rules.flags + rules.changeFlags).map {
                row($0.id.rawValue, "\(words($0.severity.rawValue))  \(words($0.title))")
            }
        case .formats: return formats.map { row($0.id.rawValue, words($0.words)) }
        case .components: return rules.components.all.map { row($0.id.rawValue, words($0.meaning)) }
        case .levels: return rules.gradient.levels.map { row($0.id, "\($0.rank)  \(words($0.name))") }
        case .frameworks:
            return [
                row("osd", words("Open Source Definition, ten criteria")),
                row("mof", words("Model Openness Framework, classes III to I")),
            ]
                + rules.frameworks.map {
                    row($0.id, words("{0} {1}, {2} criteria", words($0.name), $0.version, String($0.criteria.count)))
                }
        }
    }
}
