import OpenscanBytes

extension Openscan {
    /// What changed from one version of a release to another.
    public func difference(_ old: Dossier, _ new: Dossier) -> ReleaseDifference { Judge(rules).difference(old, new) }

    /// A difference in a format, with a line end.
    /// - Throws: the encoder's error, `PageProblem` where a template is damaged.
    public func written(
        _ difference: ReleaseDifference, as format: DocumentFormat, style: Style = .plain, language: Language = .en
    ) throws -> String {
        let words = Words(language, rules: rules)
        switch format {
        case .text: return DifferenceReport.text(difference, rules: rules, style: style, words: words)
        case .markdown: return DifferenceReport.markdown(difference, rules: rules, words: words)
        case .json, .jsonl: return try JSON.text(DifferenceValue(difference), isPretty: format == .json) + "\n"
        case .html:
            return try DifferenceReport.page(
                difference, rules: rules, language: language, templates: try templates.wrapped.get())
        }
    }
}
