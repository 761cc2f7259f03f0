import OpenscanOpenness
import OpenscanRules

/// Everything that a dossier says, for people: what is met with its evidence, each row, each criterion.
struct DetailReport: TextSection {
    let dossier: Dossier
    let rules: RuleSet
    let words: Words
    var out: TextWriter

    static func text(_ dossier: Dossier, rules: RuleSet, style: Style, words: Words) -> String {
        var report = DetailReport(dossier: dossier, rules: rules, words: words, out: TextWriter(style))
        report.write()
        return report.out.text
    }

    private mutating func write() {
        head()
        out.line()
        level()
        verdict()
        if dossier.gradient.subject == .several {
            flags()
            parts(most: 1000) { $0 }
            artefacts()
            return errors()
        }
        guard dossier.gradient.subject != .unread else { return errors() }
        use()
        terms()
        components()
        licences()
        flags()
        lineage()
        parts(most: 100) { $0 }
        artefacts()
        errors()
        FrameworkText.write(dossier, only: nil, showsMet: true, rules: rules, words: words, to: &out)
    }

    private mutating func use() {
        guard !dossier.use.isEmpty else { return }
        let writer = UseText(rules, words: words)
        out.title(words("MAY I USE IT?"), style.paint(words("This informs; it is no legal advice."), .dim))
        writer.answers(dossier.use, to: &out)
        writer.duties(dossier.duties, to: &out)
    }
}
