import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The yardsticks as tables of Markdown, every criterion with what would change it.
enum FrameworkMarkdown {
    static func write(_ dossier: Dossier, only: String?, rules: RuleSet, words: Words, to out: inout Markdown) {
        let yardsticks = dossier.yardsticks
        func wants(_ id: String) -> Bool { only == nil || only == id }
        if only == nil {
            out.title(words("Gradient"), level: 2)
            out.items([Markdown.escaped(YardstickWords.level(dossier.gradient, rules, words))])
        }
        if wants("osd"), !yardsticks.osd.isEmpty {
            out.title(words("Open Source Definition"), level: 2)
            out.table(
                [words("criterion"), words("verdict"), words("reason")],
                OSDCriterion.allCases.compactMap { criterion in
                    yardsticks.osd.criteria[criterion].map { judgement in
                        [
                            "\(criterion.rawValue) \(words(rules.definition.name(criterion)))",
                            words(judgement.verdict.rawValue), Markdown.escaped(words(judgement.reason)),
                        ]
                    }
                })
        }
        if wants("mof") {
            out.title(words("Model Openness Framework"), level: 2)
            out.items(
                ([YardstickWords.openness(yardsticks.mof, words)] + YardstickWords.lacks(yardsticks.mof, words)).map(
                    Markdown.escaped))
        }
        for result in yardsticks.frameworks where wants(result.id) {
            out.title(words(result.name) + " " + result.version, level: 2)
            out.items([Markdown.escaped(YardstickWords.verdict(result, words))])
            out.table(
                [words("criterion"), words("status"), words("reason"), words("what would change it")],
                result.criteria.map { criterion in
                    [
                        Markdown.escaped(words(criterion.name)), words(criterion.status.rawValue),
                        Markdown.escaped(words(criterion.reason)) + Markdown.place(criterion.evidence.first),
                        Markdown.escaped(criterion.change.map { words($0) } ?? ""),
                    ]
                })
        }
        if only == nil, !yardsticks.differences.isEmpty {
            out.title(words("Where the yardsticks differ"), level: 2)
            out.items(yardsticks.differences.map { Markdown.escaped(words($0)) })
        }
    }
}
