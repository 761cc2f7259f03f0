import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What `openscan use` prints: the answer for a case, with every decision and duty that it rests on.
public struct UseReport: Sendable {
    /// The same for programs.
    public struct Value: Sendable, Encodable {
        /// The release.
        public var name: String
        /// The answer for the case; absent where none was asked about.
        public var answer: UseAnswer?
        /// Answers by part.
        public var use: [ReportUse]
        /// What has to be done.
        public var duties: [ReportDuty]

        /// The answers for a case.
        public init(_ dossier: Dossier, _ useCase: UseCase, _ answer: UseCaseAnswer) {
            name = dossier.release.name
            self.answer = useCase.isOpen ? nil : answer.answer
            use = answer.decisions.map(ReportUse.init)
            duties = answer.duties.map(ReportDuty.init)
        }
    }

    /// The answers as text.
    public static func text(
        _ dossier: Dossier, _ useCase: UseCase, _ answer: UseCaseAnswer, rules: RuleSet, style: Style, words: Words
    ) -> String {
        let writer = UseText(rules, words: words)
        var out = TextWriter(style)
        out.line(
            style.paint(dossier.release.name, .bold)
                + (useCase.isOpen
                    ? "" : "  " + style.paint(writer.names.name(answer.answer), UseText.colour(answer.answer))))
        if answer.decisions.isEmpty { out.paragraph(words("Nothing of it is known that could be used."), indent: 2) }
        writer.answers(answer.decisions, to: &out)
        writer.duties(answer.duties, to: &out)
        out.line()
        out.line(style.paint(words("This informs; it is no legal advice."), .dim))
        return out.text
    }

    /// The answers as Markdown.
    public static func markdown(
        _ dossier: Dossier, _ useCase: UseCase, _ answer: UseCaseAnswer, rules: RuleSet, words: Words
    ) -> String {
        let writer = UseMarkdown(rules, words: words)
        var out = Markdown()
        out.title(dossier.release.name, level: 1)
        if !useCase.isOpen { out.paragraph("**\(writer.names.name(answer.answer))**") }
        writer.write(answer.decisions, answer.duties, to: &out)
        return out.text
    }
}
