import OpenscanBytes
import OpenscanKit

/// One release scanned and written as the call asks for it: here, or in a worker process that sends the answer.
struct ScanJob: Sendable {
    let openscan: Openscan
    let format: ReportFormat
    let style: Style
    let language: Language
    let isDetailed: Bool
    let limits: Limits
    let workers: Int
    let conditions: FailCondition?
    /// Words of the call that change what is read, for pages that say how they were made.
    var options: [String] = []
    /// What a person decided.
    var decisions: DecisionFile?
    /// Whether a person watches on a terminal.
    var showsProgress = false
    /// Whether what each verdict rests on is wanted too.
    var isVerbose = false

    /// What came of a path.
    struct Answer: Sendable {
        /// The report; of what cannot be read, one that says why; empty where there is nothing at the path.
        var document = ""
        /// Why the release could not be read.
        var refusal: String?
        /// Whether a `--fail-on` condition holds.
        var isAgainstPolicy = false
        /// For `--verbose`.
        var note = ""
    }

    func run(_ path: String) throws -> Answer {
        let dossier: Dossier
        let line = showsProgress ? ProgressLine() : nil
        defer { line?.end() }
        do throws(ScanRefusal) {
            dossier = try openscan.scan(path, limits: limits, workers: workers, progress: line?.progress)
        } catch {
            return try unread(path, code: "unreadable", message: error.words, isThere: !error.isMissing)
        }
        guard format == .html || decisions != nil else {
            return Answer(
                document: try written(dossier), isAgainstPolicy: conditions?.holds(dossier) ?? false,
                note: note(dossier))
        }
        // A page shows what it cites, and decisions rest on it: files are read again.
        var context = try openscan.reviewContext(dossier, path: path, limits: limits, options: options)
        let review =
            try decisions?.review(openscan, dossier, context) ?? openscan.review(dossier, context: context)
        context.review = review
        return Answer(
            document: format == .html
                ? try openscan.reviewPage(dossier, context: context, language: language)
                : try written(dossier, review), isAgainstPolicy: conditions?.holds(dossier, review) ?? false,
            note: note(dossier))
    }

    private func note(_ dossier: Dossier) -> String {
        isVerbose ? openscan.trace(dossier, language: language) : ""
    }

    /// The answer for a release that cannot be read.
    func unread(_ path: String, code: String, message: Wording, isThere: Bool = true) throws -> Answer {
        Answer(
            document: isThere ? try written(openscan.unread(path, code: code, message: message)) : "",
            refusal: message.description)
    }

    private func written(_ dossier: Dossier, _ review: Review? = nil) throws -> String {
        try openscan.written(
            dossier, as: format, style: style, language: language, isDetailed: isDetailed, review: review)
    }
}

extension ScanJob.Answer {
    /// Flags, the lengths of refusal and note, and all texts one behind the other.
    var bytes: [UInt8] {
        let texts = [refusal ?? "", note, document].map { Array($0.utf8) }
        let flags: UInt8 = (refusal == nil ? 0 : 1) | (isAgainstPolicy ? 2 : 0)
        return [flags] + texts.dropLast().flatMap { Self.number($0.count) } + texts.joined()
    }

    /// `nil` for what no worker sends.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= 9 else { return nil }
        let lengths = [1, 5].map { start in
            (0..<4).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * $1) }
        }
        guard lengths[0] <= bytes.count - 9, lengths[1] <= bytes.count - 9 - lengths[0] else { return nil }
        let rest = bytes.dropFirst(9)
        let refused = rest.prefix(lengths[0])
        let noted = rest.dropFirst(lengths[0]).prefix(lengths[1])
        refusal = bytes[0] & 1 == 0 ? nil : String(decoding: refused, as: UTF8.self)
        note = String(decoding: noted, as: UTF8.self)
        document = String(decoding: rest.dropFirst(lengths[0] + lengths[1]), as: UTF8.self)
        isAgainstPolicy = bytes[0] & 2 != 0
    }

    private static func number(_ count: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(clamping: count).littleEndian) { Array($0) }
    }
}
