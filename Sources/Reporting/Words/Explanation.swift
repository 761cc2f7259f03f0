import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Plain words for the ids that reports use.
public struct Explanation: Sendable {
    /// What can be listed.
    public enum Kind: String, Sendable, CaseIterable {
        case licences, clauses, flags, formats, components, levels, frameworks
    }

    private let rules: RuleSet
    private let formats: [(id: FormatID, words: String)]

    /// - Parameters:
    ///   - rules: everything that has an id.
    ///   - formats: the formats that are read, with a few words on each.
    public init(_ rules: RuleSet, formats: [(id: FormatID, words: String)] = []) {
        self.rules = rules
        self.formats = formats
    }

    /// What an id means; `nil` where nothing has it.
    public func of(_ id: String) -> String? {
        let lower = id.lowercased()
        return flag(FlagID(lower)) ?? clause(ClauseID(lower)) ?? component(lower) ?? level(lower) ?? criterion(lower)
            ?? framework(lower) ?? format(FormatID(lower)) ?? licence(id)
    }

    private func flag(_ id: FlagID) -> String? {
        guard let flag = rules.flag(id) else { return nil }
        return "\(flag.id) (flag, \(flag.severity.rawValue)): \(flag.title).\nWhat clears it: \(flag.remedy)"
            + (flag.guardWords.map { "\nWhat keeps it from a false alarm: \($0)" } ?? "")
    }

    private func clause(_ id: ClauseID) -> String? {
        guard let clause = rules.clauses[id] else { return nil }
        var text = "\(clause.id) (clause, \(clause.group)): \(clause.meaning)."
        if !clause.fails.isEmpty {
            text += "\nA licence with it fails the Open Source Definition on \(names(clause.fails))."
        }
        if !clause.concern.isEmpty { text += "\nIt needs a person's look on \(names(clause.concern))." }
        if !clause.freedoms.isEmpty {
            text += "\nIt limits the freedom to \(clause.freedoms.joined(separator: ", "))."
        }
        return text
    }

    private func component(_ id: String) -> String? {
        guard let component = ComponentID(rawValue: id).flatMap({ rules.components[$0] }) else { return nil }
        return "\(id) (component, \(component.group)): \(component.meaning)"
    }

    private func level(_ id: String) -> String? {
        guard let level = rules.gradient.level(id) else { return nil }
        let place =
            level.rank > 0
            ? "level \(level.rank) of 7 on the Stanford scale, Solaiman \(level.solaiman)" : "no level on the scale"
        return "\(level.id) (\(place)): \(level.meaning)"
    }

    private func criterion(_ id: String) -> String? {
        if id.hasPrefix("osd-"), let criterion = Int(id.dropFirst(4)).flatMap(OSDCriterion.init(rawValue:)) {
            let failing = rules.clauses.all.filter { $0.fails.contains(criterion) }.map(\.id.rawValue)
            return "\(id) (criterion of the Open Source Definition): \(rules.definition.name(criterion)).\nFailed by: "
                + (failing.isEmpty ? "no clause by itself" : failing.joined(separator: ", ")) + "."
        }
        for framework in rules.frameworks {
            if let criterion = framework.criterion(id) { return explain(criterion, of: framework) }
        }
        return nil
    }

    private func explain(_ criterion: Framework.Criterion, of framework: Framework) -> String {
        func list(_ ids: [String]) -> String? { ids.isEmpty ? nil : ids.joined(separator: ", ") }
        let tests = [
            list(criterion.all.map(\.rawValue)).map { "each of " + $0 },
            list(criterion.any.map(\.rawValue)).map { "one of " + $0 },
            criterion.licence.map { $0 == .osi ? "under an OSI-approved licence" : "under open terms" },
            list(criterion.freeOf.map(\.rawValue)).map { "no clause of " + $0 },
            list(criterion.sections).map { "sections " + $0 },
            criterion.osd.map { "criterion \(names([$0])) of the Open Source Definition" },
            criterion.computeLimit.map { "at most \($0) FLOP of training compute" },
            criterion.unknown.map { "not decided by files: " + $0 },
        ].compactMap { $0 }
        return "\(criterion.id) (criterion of the \(framework.name)): \(criterion.name).\n"
            + "Looks for: \(tests.joined(separator: "; ")).\nWhat would change it: \(criterion.change)"
    }

    private func framework(_ id: String) -> String? {
        if id == "osd" {
            return
                "osd (framework): the Open Source Definition, ten criteria, osd-1 to osd-10, for the licence of the "
                + "weights (of the code where there are none)."
        }
        if id == "mof" {
            return
                "mof (framework): Model Openness Framework \(rules.openness.version). Classes III, II and I, "
                + "each on top of the one before: every required component is there under an open licence.\n"
                + "Source: \(rules.openness.source)."
        }
        guard let framework = rules.frameworks.first(where: { $0.id == id }) else { return nil }
        return
            "\(framework.id) (framework): \(framework.name) \(framework.version).\nSource: \(framework.source).\n"
            + "Criteria: \(framework.criteria.map(\.id).joined(separator: ", "))."
            + (framework.notes.isEmpty ? "" : "\n" + framework.notes)
    }

    private func format(_ id: FormatID) -> String? {
        formats.first { $0.id == id }.map { "\($0.id) (format): \($0.words)." }
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
        let kind = record.category.rawValue + (record.isDeprecated ? ", deprecated id" : "")
        return "\(record.id): \(record.name) (\(kind)).\n"
            + (record.isOSIApproved
                ? "Approved by the Open Source Initiative." : "Not on the Open Source Initiative's list.")
            + (failed.isEmpty ? "" : " Fails by its kind: \(names(failed)).")
    }

    private func names(_ criteria: [OSDCriterion]) -> String {
        criteria.map { "\($0.rawValue) (\(rules.definition.name($0)))" }.joined(separator: ", ")
    }

    /// One line an item, id first.
    public func list(_ kind: Kind) -> [String] {
        func row(_ id: String, _ text: String) -> String { Columns.padded(id, max(34, id.count)) + " " + text }
        switch kind {
        case .licences:
            return rules.licences.records.map {
                row($0.id.rawValue, "\($0.category.rawValue)\($0.isOSIApproved ? ", OSI" : "")  \($0.name)")
            }
        case .clauses: return rules.clauses.all.map { row($0.id.rawValue, $0.meaning) }
        case .flags: return rules.flags.map { row($0.id.rawValue, "\($0.severity.rawValue)  \($0.title)") }
        case .formats: return formats.map { row($0.id.rawValue, $0.words) }
        case .components: return rules.components.all.map { row($0.id.rawValue, $0.meaning) }
        case .levels: return rules.gradient.levels.map { row($0.id, "\($0.rank)  \($0.name)") }
        case .frameworks:
            return [
                row("osd", "Open Source Definition, ten criteria"),
                row("mof", "Model Openness Framework, classes III to I"),
            ] + rules.frameworks.map { row($0.id, "\($0.name) \($0.version), \($0.criteria.count) criteria") }
        }
    }
}
