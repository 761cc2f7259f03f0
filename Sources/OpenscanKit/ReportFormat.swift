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
    /// SARIF 2.1.0, for code hosts and editors.
    case sarif
    /// A line a release, for spreadsheets.
    case csv
    /// Annotations of GitHub Actions, a line an issue.
    case github
    /// Code quality of GitLab.
    case gitlab
    /// Test results as JUnit writes them.
    case junit
    /// Bill of materials: CycloneDX 1.7 with the model's card.
    case cyclonedx
    /// The same in the edition before.
    case cyclonedx16 = "cyclonedx-1.6"
    /// Bill of materials: SPDX 3.0.1 with the profiles for AI and data sets.
    case spdx

    /// The same, where it is one of those that are read as a document; others list issues.
    public var document: DocumentFormat? { DocumentFormat(rawValue: rawValue) }

    /// Whether a document is of one release.
    public var isOfOneRelease: Bool {
        switch self {
        case .text, .json, .jsonl, .markdown, .csv, .github: false
        case .html, .sarif, .gitlab, .junit, .cyclonedx, .cyclonedx16, .spdx: true
        }
    }

    /// A document without what stands once above the documents of several releases.
    public func isolatedLine(_ document: String) -> String {
        guard self == .csv, document.hasPrefix(CSVReport.header) else { return document }
        return String(document.dropFirst(CSVReport.header.count))
    }

    /// The documents of several releases as one text.
    public func joined(_ documents: [String]) -> String {
        switch self {
        case .text, .markdown: documents.joined(separator: "\n")
        // One header stands above all lines.
        case .csv: CSVReport.header + documents.map(isolatedLine).joined()
        default: documents.joined()
        }
    }
}

/// Forms in which answers, differences and histories are written.
public enum DocumentFormat: String, Sendable, CaseIterable {
    /// For people, at a width.
    case text
    /// For programs, a member a line.
    case json
    /// The same on one line.
    case jsonl
    /// For issues and wikis.
    case markdown
    /// A page.
    case html
}

extension Openscan {
    /// The report of a dossier in a format, with a line end.
    /// - Parameters:
    ///   - style: colour and width of text.
    ///   - language: of what people read.
    ///   - isDetailed: text with everything that was found, in place of the answers on one screen.
    ///   - review: what a person decided.
    ///   - baseline: what is known from before, for formats that list issues.
    ///   - policy: what a policy says.
    ///   - time: seconds since 1970 that bills of materials carry as the time they were made; they state none by themselves.
    /// - Throws: the encoder's error.
    public func written(
        _ dossier: Dossier, as format: ReportFormat, style: Style = .plain, language: Language = .en,
        isDetailed: Bool = false, review: Review? = nil, baseline: Baseline? = nil, policy: PolicyResult? = nil,
        time: Int? = nil
    ) throws -> String {
        let words = Words(language, rules: rules)
        var issues: [Issue] { Issues.of(dossier, review: review, baseline: baseline, policy: policy) }
        switch format {
        case .text:
            return TextReport.text(dossier, rules: rules, style: style, words: words, isDetailed: isDetailed)
                + (review.map { ReviewText.text($0, isMarkdown: false, words: words) } ?? "")
                + (policy.map { PolicyText.text($0, isMarkdown: false, words: words) } ?? "")
        case .markdown:
            return MarkdownReport.text(dossier, rules: rules, words: words)
                + (review.map { ReviewText.text($0, isMarkdown: true, words: words) } ?? "")
                + (policy.map { PolicyText.text($0, isMarkdown: true, words: words) } ?? "")
        case .json, .jsonl:
            return try JSON.text(report(dossier, review: review, policy: policy), isPretty: format == .json) + "\n"
        case .html: return try reviewPage(dossier, context: reviewContext(), language: language)
        case .sarif:
            return try SARIFReport.text(
                dossier, issues: issues, tool: tool, rules: rules, words: words, hasBaseline: baseline != nil) + "\n"
        case .csv: return CSVReport.header + CSVReport.row(dossier, issues: issues)
        case .github: return GitHubReport.text(dossier, issues: issues, words: words)
        case .gitlab: return try GitLabReport.text(dossier, issues: issues, words: words) + "\n"
        case .junit:
            return JUnitReport.text(dossier, issues: issues, policy: policy, rules: rules, words: words) + "\n"
        case .cyclonedx, .cyclonedx16:
            return try CycloneDXReport.text(
                dossier, edition: format == .cyclonedx ? .v17 : .v16, tool: tool, rules: rules,
                time: time.flatMap(UTCTime.text)) + "\n"
        case .spdx:
            return try SPDXReport.text(dossier, tool: tool, rules: rules, time: time.flatMap(UTCTime.text)) + "\n"
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
        _ dossier: Dossier, as format: DocumentFormat, only: String? = nil, language: Language = .en
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
