import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The yardsticks as text: a paragraph a verdict, then the criteria, required ones first.
struct FrameworkText {
    private let dossier: Dossier
    private let only: String?
    /// Criteria that are met are shown too, with what shows it.
    private let showsMet: Bool
    private let rules: RuleSet
    private let words: Words

    static func text(_ dossier: Dossier, only: String?, rules: RuleSet, words: Words) -> String {
        var out = TextWriter(.plain)
        out.paragraph(dossier.release.name, indent: 0)
        write(dossier, only: only, showsMet: only != nil, rules: rules, words: words, to: &out)
        return out.text
    }

    static func write(
        _ dossier: Dossier, only: String?, showsMet: Bool, rules: RuleSet, words: Words, to out: inout TextWriter
    ) {
        FrameworkText(dossier: dossier, only: only, showsMet: showsMet, rules: rules, words: words).write(to: &out)
    }

    private func wants(_ id: String) -> Bool { only == nil || only == id }

    private func write(to out: inout TextWriter) {
        let yardsticks = dossier.yardsticks
        func title(_ text: String) { out.title(words(text).uppercased()) }
        func line(_ text: String) { out.paragraph(text, indent: 2, limit: .max) }
        if only == nil {
            title("Gradient")
            line(YardstickWords.level(dossier.gradient, rules, words))
        }
        if wants("osd"), !yardsticks.osd.isEmpty {
            title("Open Source Definition")
            definition(yardsticks.osd, to: &out)
        }
        if wants("mof") {
            title("Model Openness Framework")
            line(YardstickWords.openness(yardsticks.mof, words))
            for lack in YardstickWords.lacks(yardsticks.mof, words) { line(lack) }
        }
        for result in yardsticks.frameworks where wants(result.id) {
            out.title((words(result.name) + " " + result.version).uppercased())
            line(YardstickWords.verdict(result, words))
            for isRequired in [true, false] {
                for criterion in result.criteria
                where criterion.required == isRequired && (showsMet || criterion.status != .met) {
                    self.criterion(criterion, to: &out)
                }
            }
        }
        if only == nil, !yardsticks.differences.isEmpty {
            title("Where the yardsticks differ")
            for difference in yardsticks.differences { line(words(difference)) }
        }
    }

    private func definition(_ osd: OSDAssessment, to out: inout TextWriter) {
        for criterion in OSDCriterion.allCases {
            guard let judgement = osd.criteria[criterion] else { continue }
            out.entry(
                Columns.padded("\(criterion.rawValue)", 3) + words(judgement.verdict.rawValue), column: 15,
                words(rules.definition.name(criterion)) + words(": ") + words(judgement.reason), indent: 2)
        }
    }

    private func criterion(_ criterion: FrameworkResult.Criterion, to out: inout TextWriter) {
        let optional = criterion.required ? "" : words(" (optional)")
        out.row(
            words(criterion.status.rawValue), column: 12,
            words(criterion.name) + optional + words(": ") + words(criterion.reason),
            place: criterion.evidence.first?.shownPlace ?? "", indent: 2, limit: .max)
    }
}
