import Licensing
import Unpacking

/// What `openscan licence` says of one file.
public struct LicenceReport: Sendable, Encodable {
    public struct Licence: Sendable, Encodable {
        public var id: String
        public var coverage: Double
        public var lines: LineRange
        public var method: LicenceMatch.Method
        public var modified: Bool
        public var added: [Evidence]?
        public var missingWords: Int?
        public var quote: String?
    }

    public struct ClauseEntry: Sendable, Encodable {
        public var id: String
        public var status: ClauseMatch.Status
        public var lines: LineRange?
        public var quote: String?
        public var params: [String: String]
    }

    public var path: String
    public var licences: [Licence]
    public var expression: String?
    public var clauses: [ClauseEntry]
    public var osd: [String: OSDAssessment.Criterion]
    /// Freedoms of the Open Source AI Definition that the terms limit; absent where nothing is licensed.
    public var limitedFreedoms: [String]?
    /// Whether the Open Weights Definition takes these terms: it asks for what the Open Source Definition asks.
    public var openWeights: OSDAssessment.Verdict?
    /// Kind of each licence: permissive, copyleft, openrail, llama-style ...
    public var categories: [String]
    public var unknownText: [Evidence]?
    public var nearest: String?

    public init(path: String, scan: LicenceScan, index: LicenceIndex = .embedded) {
        self.path = path
        licences = scan.matches.map { match in
            Licence(
                id: match.id, coverage: (match.coverage * 1000).rounded() / 1000, lines: match.lines,
                method: match.method, modified: match.isModified,
                added: match.modification.map(\.added), missingWords: match.modification.map(\.missingWords),
                quote: match.quote.map { Printable.text($0, limit: Evidence.quoteLimit) })
        }
        expression = ConcludedExpression.of(scan.matches, hasUnknownText: !scan.unknownText.isEmpty)
        clauses = scan.clauses.map {
            ClauseEntry(
                id: $0.id, status: $0.status, lines: $0.evidence.lines, quote: $0.evidence.quote, params: $0.parameters)
        }
        categories = Array(
            Set(scan.matches.filter { $0.method != .mentioned }.compactMap { index.record(id: $0.id)?.category.id })
        ).sorted()
        osd = [:]
        var seen = Set<String>()
        var judged = scan.matches.filter {
            $0.method != .mentioned && seen.insert($0.id + ($0.isModified ? " modified" : "")).inserted
        }.map { (record: index.record(id: $0.id), isModified: $0.isModified) }
        if !scan.unknownText.isEmpty { judged.append((record: nil, isModified: false)) }
        if !judged.isEmpty {
            // Several licences in one file: the weakest term of each criterion counts.
            let assessments = judged.map {
                OSDAssessment.of($0.record, isModified: $0.isModified, clauses: scan.clauses)
            }
            for number in 0..<10 {
                let worst = assessments.map { $0.criteria[number] }.max {
                    Self.rank($0.verdict) < Self.rank($1.verdict)
                }
                if let worst { osd[String(number + 1)] = worst }
            }
            openWeights = osd.values.map(\.verdict).max { Self.rank($0) < Self.rank($1) }
            let limits = Set(
                judged.flatMap {
                    OSDAssessment.limitedFreedoms($0.record, isModified: $0.isModified, clauses: scan.clauses)
                })
            limitedFreedoms = OSDAssessment.freedoms.filter(limits.contains)
        }
        unknownText = scan.unknownText.isEmpty ? nil : scan.unknownText
        nearest = scan.nearest?.id
    }

    private static func rank(_ verdict: OSDAssessment.Verdict) -> Int {
        switch verdict {
        case .pass: 0
        case .review: 1
        case .fail: 2
        }
    }
}
