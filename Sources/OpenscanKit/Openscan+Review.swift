import OpenscanBytes
import OpenscanLicensing
import OpenscanUnpacking

extension Openscan {
    /// What a reviewer's page needs besides the dossier: the cited files of the release, read again within bounds.
    /// - Parameters:
    ///   - dossier: the release, judged.
    ///   - path: where it lies.
    ///   - limits: bounds on what is read.
    ///   - options: words of the call that change what is read.
    /// - Throws: `ScanRefusal` where the release cannot be opened.
    public func reviewContext(
        _ dossier: Dossier, path: String, limits: Limits = Limits(), options: [String] = []
    ) throws(ScanRefusal) -> ReviewContext {
        var context = reviewContext(options: options)
        let survey: ReleaseFiles.Survey
        do throws(ReadError) {
            survey = try ReleaseFiles.survey(
                SourceTexts.cited(dossier), of: try ReleaseLocation.find(path), limits: limits)
        } catch { throw .unreadable(error) }
        for (path, bytes) in survey.found {
            bytes.withUnsafeBytes { bytes in
                if let decoded = Decoding.utf8(bytes) {
                    decoded.withUnsafeBytes { context.sources.add(path, utf8: $0) }
                } else {
                    context.sources.add(path, utf8: bytes)
                }
            }
        }
        context.inventory = survey.inventory
        return context
    }

    /// The same without files, as of a saved report.
    public func reviewContext(options: [String] = []) -> ReviewContext {
        ReviewContext(tool: tool, options: options)
    }

    /// Every answer of a dossier with what a person decided of it.
    /// - Parameters:
    ///   - dossier: the release, judged.
    ///   - context: its cited files, whose words decisions rest on.
    ///   - decisions: a file of decisions; `nil` for none.
    /// - Throws: `ReviewFileProblem` with line and column.
    public func review(_ dossier: Dossier, context: ReviewContext, decisions: [UInt8]? = nil)
        throws(ReviewFileProblem) -> Review
    {
        let questions = ReviewQuestions.of(dossier, rules: rules) { context.sources.words(at: $0) }
        return try Review(
            questions,
            try decisions.map { bytes throws(ReviewFileProblem) in
                try ReviewFileReader().read(bytes)
            } ?? [])
    }

    /// A file of decisions to be filled in.
    public func reviewFile(_ dossier: Dossier, _ review: Review, language: Language = .en) -> String {
        ReviewFileText.text(
            review, release: dossier.release.name, tool: tool, words: Words(language, rules: rules))
    }

    /// The reviewer's page of a dossier.
    /// - Throws: `PageProblem` where the templates that are linked in are damaged.
    public func reviewPage(_ dossier: Dossier, context: ReviewContext, language: Language = .en)
        throws(PageProblem) -> String
    {
        try ReviewPage.text(
            dossier, rules: rules, language: language, context: context, templates: try templates.wrapped.get())
    }

    /// The reviewer's dossier for an issue, as Markdown.
    public func reviewMarkdown(_ dossier: Dossier, context: ReviewContext, language: Language = .en) -> String {
        ReviewMarkdown.text(dossier, rules: rules, context: context, words: Words(language, rules: rules))
    }

    /// What a review consists of, to be kept together and signed: page, Markdown, report and decisions, and their sums.
    /// - Parameter decisions: the file of decisions as it was given; what is left open where there is none.
    /// - Throws: the encoder's error, `PageProblem` where a template is damaged.
    public func reviewBundle(
        _ dossier: Dossier, context: ReviewContext, decisions: [UInt8]?, language: Language = .en
    ) throws -> [ShippedFile] {
        let review = try context.review ?? review(dossier, context: context)
        let texts = [
            ("dossier.html", try reviewPage(dossier, context: context, language: language)),
            ("dossier.md", reviewMarkdown(dossier, context: context, language: language)),
            ("report.json", try JSON.text(report(dossier, review: review), isPretty: true) + "\n"),
        ]
        var files = texts.map { ShippedFile(name: $0.0, bytes: Array($0.1.utf8)) }
        files.append(
            ShippedFile(
                name: ReviewFileReader.fileName,
                bytes: decisions ?? Array(reviewFile(dossier, review, language: language).utf8)))
        files.sort { $0.name < $1.name }
        // As sha256sum reads them.
        let sums = files.map { "\(SHA256.hex($0.bytes))  \($0.name)\n" }.joined()
        return files + [ShippedFile(name: "SHA256SUMS", bytes: Array(sums.utf8))]
    }
}
