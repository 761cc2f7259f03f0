/// How a judged release is written. Another output is a case here, with its writer in Reporting.
public enum ReportFormat: String, Sendable, CaseIterable {
    /// For people, at a width.
    case text
    /// The contract of `openscan schema`, a member a line.
    case json
    /// The same on one line.
    case jsonl
    /// For issues and wikis.
    case markdown
    /// The reviewer's page; one release a document.
    case html

    /// What stands between the documents of several releases.
    public var separator: String {
        switch self {
        case .text, .markdown: "\n"
        case .json, .jsonl, .html: ""
        }
    }
}

extension Openscan {
    /// The report of a dossier in a format, with a line end.
    /// - Parameters:
    ///   - style: colour and width of text.
    ///   - language: of text and Markdown.
    ///   - isDetailed: text with everything that was found, in place of the answers on one screen.
    ///   - review: what a person decided.
    /// - Throws: the encoder's error.
    public func written(
        _ dossier: Dossier, as format: ReportFormat, style: Style = .plain, language: Language = .en,
        isDetailed: Bool = false, review: Review? = nil
    ) throws -> String {
        let words = Words(language, rules: rules)
        switch format {
        case .text:
            return TextReport.text(dossier, rules: rules, style: style, words: words, isDetailed: isDetailed)
                + (review.map { ReviewText.text($0, isMarkdown: false, words: words) } ?? "")
        case .markdown:
            return MarkdownReport.text(dossier, rules: rules, words: words)
                + (review.map { ReviewText.text($0, isMarkdown: true, words: words) } ?? "")
        case .json, .jsonl: return try JSON.text(report(dossier, review: review), isPretty: format == .json) + "\n"
        case .html: return try reviewPage(dossier, context: reviewContext(), language: language)
        }
    }

    /// What each verdict of a dossier rests on, with the ids that `explain` knows: a line a step.
    public func trace(_ dossier: Dossier, language: Language = .en) -> String {
        TraceReport.text(dossier, rules: rules, words: Words(language, rules: rules))
    }

    /// What the frameworks say of a dossier in a format, with a line end.
    /// - Parameters:
    ///   - only: one framework's id; `nil` for all.
    ///   - language: of text and Markdown.
    /// - Throws: the encoder's error.
    public func writtenFrameworks(
        _ dossier: Dossier, as format: ReportFormat, only: String? = nil, language: Language = .en
    ) throws -> String {
        switch format {
        case .text, .markdown:
            FrameworkReport.text(
                dossier, rules: rules, only: only, isMarkdown: format == .markdown,
                words: Words(language, rules: rules))
        case .html: try reviewPage(dossier, context: reviewContext(), language: language)
        case .json, .jsonl:
            try JSON.text(FrameworkReport.Value(dossier, only), isPretty: format == .json) + "\n"
        }
    }
}
