import OpenscanBytes
import OpenscanKit
import OpenscanMirror
import OpenscanStore

/// One release scanned and written as the call asks for it: here, or in a worker process that sends the answer.
struct ScanJob: Sendable {
    let openscan: Openscan
    let format: ReportFormat
    let style: Style
    let language: Language
    let isDetailed: Bool
    let limits: Limits
    let workers: Int
    /// The small policy of `--fail-on`.
    let failOn: Policy?
    /// What else the release has to keep.
    var policy = Source.none
    /// Words of the call that change what is read, for pages that say how they were made.
    var options: [String] = []
    /// What a person decided.
    var decisions: DecisionFile?
    /// What is known from before.
    var baseline: Baseline?
    /// Whether a person watches on a terminal.
    var showsProgress = false
    /// Whether what each verdict rests on is wanted too.
    var isVerbose = false
    /// What a store knows, where the answer is to be kept in it.
    var known: ContentReader?
    /// Whether a report is wanted, beside what is to be kept.
    var hasDocument = true

    /// Where a policy comes from.
    enum Source: Sendable {
        case none, above
        case given(Policy)
    }

    /// What came of a path.
    struct Answer: Sendable, Codable {
        /// The report; of what cannot be read, one that says why; empty where there is nothing at the path.
        var document = ""
        /// Why the release could not be read.
        var refusal: String?
        /// Whether a `--fail-on` condition holds.
        var isAgainstPolicy = false
        /// For `--verbose`.
        var note = ""
        /// For a store.
        var scanned: ScannedRelease?
    }

    /// - Parameter name: what the report is to call the release.
    func run(_ path: String, name: String? = nil) throws -> Answer {
        if let known { return try run(path, name, keeping: known) }
        var dossier: Dossier
        let line = showsProgress ? ProgressLine() : nil
        defer { line?.end() }
        do throws(ScanRefusal) {
            dossier = openscan.judge(try facts(path, progress: line?.progress))
            if let name { dossier.release.name = Printable.text(name, limit: 300) }
        } catch {
            return try unread(path, code: "unreadable", message: error.words, isThere: !error.isMissing)
        }
        let policy = try policy(for: path)
        guard format == .html || decisions != nil else {
            return try answer(dossier, policy)
        }
        // A page shows what it cites, and decisions rest on it: files are read again.
        var context = try openscan.reviewContext(dossier, path: path, limits: limits, options: options)
        let review =
            try decisions?.review(openscan, dossier, context) ?? openscan.review(dossier, context: context)
        context.review = review
        var answer = try answer(dossier, policy, review)
        if format == .html {
            answer.document = try openscan.reviewPage(dossier, context: context, language: language)
        }
        return answer
    }

    /// What is at a path; of a bare repository what its HEAD holds, which git gives.
    private func facts(_ path: String, progress: ScanProgress? = nil, known: ContentReader? = nil) throws(ScanRefusal)
        -> ReleaseFacts
    {
        do throws(ScanRefusal) {
            return try openscan.facts(path, limits: limits, workers: workers, progress: progress, known: known)
        } catch {
            guard case .bareRepository = error else { throw error }
            return try GitRepository(path).headFacts(openscan, limits: limits, workers: workers, known: known)
        }
    }

    /// The policy that a release is held against.
    private func policy(for path: String) throws(Stop) -> Policy? {
        switch policy {
        case .none: nil
        case .given(let policy): policy
        case .above:
            if let file = PolicyFile.above(path) { try PolicyFile.read(file, openscan) } else { nil }
        }
    }

    private func answer(_ dossier: Dossier, _ policy: Policy?, _ review: Review? = nil) throws -> Answer {
        func judged(_ policy: Policy) -> PolicyResult {
            openscan.judged(dossier, by: policy, review: review, baseline: baseline, today: PolicyFile.today)
        }
        let result = policy.map(judged)
        let isFailed = [result, failOn.map(judged)].contains { !($0?.isKept ?? true) }
        return Answer(
            document: format == .html ? "" : try written(dossier, review, result), isAgainstPolicy: isFailed,
            note: note(dossier))
    }

    private func run(_ path: String, _ name: String?, keeping known: ContentReader) throws -> Answer {
        known.forget()
        let begin = ContinuousClock.now
        do {
            var facts = try facts(path, known: known)
            if let name { facts.name = Printable.text(name, limit: 300) }
            let dossier = openscan.judge(facts)
            var scanned = try ScannedRelease(
                facts, dossier, reading: openscan.readingEdition, isStored: known.isStored)
            scanned.seconds = (ContinuousClock.now - begin) / .seconds(1)
            return Answer(document: hasDocument ? try written(dossier) : "", scanned: scanned)
        } catch let refusal as ScanRefusal {
            return try unread(path, code: "unreadable", message: refusal.words, isThere: !refusal.isMissing)
        }
    }

    private func note(_ dossier: Dossier) -> String {
        isVerbose ? openscan.trace(dossier, language: language) : ""
    }

    /// The answer for a release that cannot be read.
    func unread(_ path: String, code: String, message: Wording, isThere: Bool = true) throws -> Answer {
        let dossier = openscan.unread(path, code: code, message: message)
        return Answer(
            document: isThere && hasDocument ? try written(dossier) : "", refusal: message.description,
            scanned: known.map { _ in ScannedRelease(dossier) })
    }

    private func written(_ dossier: Dossier, _ review: Review? = nil, _ policy: PolicyResult? = nil) throws -> String {
        try openscan.written(
            dossier, as: format, style: style, language: language, isDetailed: isDetailed, review: review,
            baseline: baseline, policy: policy, time: SourceDate.seconds)
    }
}

extension ScanJob.Answer {
    /// What a worker sends.
    /// - Throws: the encoder's error.
    func bytes() throws -> [UInt8] { try CompactEncoder.bytes(of: self) }

    /// `nil` for what no worker sends.
    init?(_ bytes: [UInt8]) {
        let answer = bytes.withUnsafeBytes { try? CompactDecoder.value(Self.self, from: $0) }
        guard let answer else { return nil }
        self = answer
    }
}
