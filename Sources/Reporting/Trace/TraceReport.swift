import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What each verdict rests on, with the ids that `explain` knows: a line a step, from files to answers.
public struct TraceReport {
    private let dossier: Dossier
    private let rules: RuleSet
    private let words: Words
    private var lines: [String] = []

    /// The lines, without a line end behind the last.
    public static func text(_ dossier: Dossier, rules: RuleSet, words: Words) -> String {
        var report = TraceReport(dossier: dossier, rules: rules, words: words)
        report.write()
        return report.lines.joined(separator: "\n")
    }

    private init(dossier: Dossier, rules: RuleSet, words: Words) {
        self.dossier = dossier
        self.rules = rules
        self.words = words
    }

    private mutating func write() {
        let release = dossier.release
        add("read", words("{0} files, {1}", Amounts.whole(release.fileCount), Amounts.bytes(release.byteCount)), [])
        for error in dossier.errors { add("read", words(error.message), []) }
        for licence in dossier.licences {
            add(
                licence.id.rawValue,
                words(licence.method.rawValue) + " " + Amounts.percent(licence.coverage) + " %", [licence.evidence])
            for clause in licence.clauses { add(clause.id.rawValue, clause.evidence.quote ?? "", [clause.evidence]) }
        }
        for part in ReleasePart.allCases {
            guard let terms = dossier.terms[part] else { continue }
            add(
                words(part.title), words(terms.basis.title) + (terms.expression.map { words(": ") + $0 } ?? ""),
                terms.evidence)
        }
        for component in dossier.components where component.status != .absent {
            add(component.id.rawValue, words(component.status.rawValue), component.evidence)
        }
        for criterion in OSDCriterion.allCases {
            guard let judgement = dossier.yardsticks.osd.criteria[criterion], judgement.verdict != .pass else {
                continue
            }
            add(
                "osd-\(criterion.rawValue)", words(judgement.verdict.rawValue) + words(": ") + words(judgement.reason),
                [])
        }
        level()
        for decision in dossier.use {
            add(
                decision.id.rawValue,
                words(decision.part.rawValue) + words(": ") + words(decision.answer.rawValue) + words("; ")
                    + words(decision.reason.words), decision.reason.evidence)
        }
        for flag in dossier.flags {
            add(flag.id.rawValue, words(flag.title), flag.reasons.flatMap(\.evidence) + flag.evidence)
        }
    }

    private mutating func level() {
        let gradient = dossier.gradient
        guard let rule = gradient.rule else { return }
        add("rule-\(rule)", name(gradient.level), gradient.reasons.flatMap(\.evidence))
        for reason in gradient.reasons + gradient.next { add("rule-\(rule)", words(reason.words), reason.evidence) }
    }

    private func name(_ level: String) -> String { words(rules.gradient.level(level)?.name ?? level) }

    private mutating func add(_ id: String, _ text: String, _ evidence: [Evidence]) {
        let places = evidence.compactMap(\.shownPlace).prefix(3).joined(separator: " ")
        let head = Columns.padded(id, max(24, Columns.count(id))) + " "
        lines.append(head + (places.isEmpty ? "" : places + "  ") + Printable.text(text, limit: 200))
    }
}
