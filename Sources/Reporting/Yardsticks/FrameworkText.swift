import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The yardsticks as text of 80 columns: a paragraph a verdict, and the criteria that are not met.
enum FrameworkText {
    static func text(_ dossier: Dossier, only: String?, rules: RuleSet, words: Words) -> String {
        let yardsticks = dossier.yardsticks
        var out = TextWriter(.plain)
        func wants(_ id: String) -> Bool { only == nil || only == id }
        func title(_ text: String) { out.title(words(text).uppercased()) }
        func line(_ text: String) { out.paragraph(text, indent: 2, limit: .max) }
        func row(_ head: String, column: Int, _ text: String) { out.entry(head, column: column, text, indent: 2) }
        out.paragraph(dossier.release.name, indent: 0)
        if only == nil {
            title("Gradient")
            line(YardstickWords.level(dossier.gradient, rules, words))
        }
        if wants("osd"), !yardsticks.osd.isEmpty {
            title("Open Source Definition")
            for criterion in OSDCriterion.allCases {
                guard let judgement = yardsticks.osd.criteria[criterion] else { continue }
                row(
                    Columns.padded("\(criterion.rawValue)", 3) + words(judgement.verdict.rawValue), column: 15,
                    words(rules.definition.name(criterion)))
            }
        }
        if wants("mof") {
            title("Model Openness Framework")
            line(YardstickWords.openness(yardsticks.mof, words))
            for lack in YardstickWords.lacks(yardsticks.mof, words) { line(lack) }
        }
        for result in yardsticks.frameworks where wants(result.id) {
            out.title((words(result.name) + " " + result.version).uppercased())
            line(YardstickWords.verdict(result, words))
            for criterion in result.criteria where criterion.status != .met || only != nil {
                row(
                    words(criterion.status.rawValue), column: 12,
                    words(criterion.name) + words(": ") + words(criterion.reason))
            }
        }
        if only == nil, !yardsticks.differences.isEmpty {
            title("Where the yardsticks differ")
            for difference in yardsticks.differences { line(words(difference)) }
        }
        return out.text
    }
}
