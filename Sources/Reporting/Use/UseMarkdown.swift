import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Answers on use and duties as tables.
struct UseMarkdown {
    let names: UseWords

    private var words: Words { names.words }

    init(_ rules: RuleSet, words: Words) { names = UseWords(rules: rules.use, words: words) }

    func write(_ decisions: [UseDecision], _ duties: [UseDuty], to out: inout Markdown) {
        guard !decisions.isEmpty else { return }
        out.title(words("May I use it?"), level: 2)
        out.paragraph(words("This informs; it is no legal advice."))
        out.table(
            [words("part"), words("what"), words("answer"), words("why")],
            UseWords.groups(decisions).flatMap { group in
                group.decisions.map { decision in
                    [
                        group.parts.map(names.name).joined(separator: words(", ")),
                        Markdown.escaped(names.name(decision.id)), "**\(names.name(decision.answer))**",
                        ([decision.reason] + decision.conditions).map(reason).joined(separator: "<br>"),
                    ]
                }
            })
        guard !duties.isEmpty else { return }
        out.title(words("What has to be done"), level: 2)
        out.table(
            [words("when"), words("part"), words("what"), words("why")],
            UseWords.merged(duties).map { parts, duty in
                [
                    names.name(duty.moment), parts.map(names.name).joined(separator: words(", ")), names.name(duty.id),
                    reason(Reason(duty.words, duty.evidence)),
                ]
            })
    }

    private func reason(_ reason: Reason) -> String {
        Markdown.escaped(words(reason.words)) + reason.evidence.prefix(2).map { Markdown.place($0) }.joined()
    }
}
