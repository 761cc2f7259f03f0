import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What `openscan licence` says of one file.
public struct LicenceReport: Sendable, Encodable {
    /// A licence that was found.
    public struct Licence: Sendable, Encodable {
        /// SPDX id or `LicenseRef-`.
        public var id: LicenceID
        /// Part of the licence's text that was found, 0...1.
        public var coverage: Double
        /// Where.
        public var lines: LineRange
        /// How it was recognised.
        public var method: LicenceMatch.Method
        /// Whether the text differs from the standard in what matters.
        public var modified: Bool
        /// Words that the standard text does not have.
        public var added: [Evidence]?
        /// Words of the standard text that are not there.
        public var missingWords: Int?
        /// The words that name it, for short forms.
        public var quote: String?

        init(_ match: LicenceMatch) {
            id = match.id
            coverage = (match.coverage * 1000).rounded() / 1000
            lines = match.lines
            method = match.method
            modified = match.isModified
            added = match.modification?.added
            missingWords = match.modification?.missingWords
            quote = match.quote.map { Printable.text($0, limit: Evidence.quoteLimit) }
        }
    }

    /// A clause that was found.
    public struct Clause: Sendable, Encodable {
        /// The kind of term.
        public var id: ClauseID
        /// How much of the term there is.
        public var status: ClauseMatch.Status
        /// Where.
        public var lines: LineRange?
        /// The sentence that carries it.
        public var quote: String?
        /// What it says in figures and names.
        public var params: [String: String]

        init(_ clause: ClauseMatch) {
            id = clause.id
            status = clause.status
            lines = clause.evidence.lines
            quote = clause.evidence.quote
            params = clause.parameters
        }
    }

    /// The file as it was named.
    public var path: String
    /// Its licences, in order of place.
    public var licences: [Licence]
    /// The same as an SPDX expression.
    public var expression: String?
    /// Its clauses.
    public var clauses: [Clause]
    /// The Open Source Definition, the weakest verdict of each criterion.
    public var osd: OSDTable
    /// Freedoms of the Open Source AI Definition that the terms limit; absent where nothing is licensed.
    public var limitedFreedoms: [String]?
    /// Whether the Open Weights Definition takes these terms: it asks for what the Open Source Definition asks.
    public var openWeights: OSDJudgement.Verdict?
    /// Kind of each licence: permissive, copyleft, openrail, llama-style ...
    public var categories: [LicenceCategory]
    /// Words of a licence-like text that no known licence explains.
    public var unknownText: [Evidence]?
    /// The known text that is most like the unknown words.
    public var nearest: LicenceID?
    /// May something under it be used; answered as for weights that lie beside it.
    public var use: [ReportUse]
    /// What it asks.
    public var duties: [ReportDuty]

    /// The licences of a text as those of a release are judged; what a choice leaves open is not chosen here.
    private static func judged(_ scan: LicenceScan, _ path: String, _ rules: RuleSet) -> [JudgedLicence] {
        var out = scan.matches.filter { $0.method != .mentioned }.map { match in
            let record = rules.licences.record(match.id)
            return JudgedLicence(
                id: match.id, name: record?.name ?? match.id.rawValue, category: record?.category ?? .unclear,
                path: path, lines: match.lines, method: match.method, isModified: match.isModified,
                clauses: match.method != .text
                    ? []
                    : scan.clauses.filter { match.isModified || $0.evidence.lines.map(match.lines.holds) ?? true })
        }
        if !scan.unknownText.isEmpty {
            out.append(
                JudgedLicence(
                    id: .unknown, name: LicenceID.unknown.rawValue, category: .unclear, path: path,
                    lines: scan.unknownText.first?.lines, method: .text, clauses: scan.clauses))
        }
        return out
    }

    /// What a scan of the file found, judged by the rules.
    public init(path: String, scan: LicenceScan, rules: RuleSet) {
        self.path = path
        licences = scan.matches.map(Licence.init)
        expression = ConcludedExpression.of(
            scan.matches, hasUnknownText: !scan.unknownText.isEmpty, licences: rules.licences)
        clauses = scan.clauses.map(Clause.init)
        let licensing = scan.matches.filter { $0.method != .mentioned }
        categories = Set(licensing.compactMap { rules.licences.record($0.id)?.category }).sorted {
            $0.rawValue < $1.rawValue
        }
        let judge = OSDJudge(rules)
        func judged(_ id: LicenceID, _ match: LicenceMatch?) -> JudgedLicence {
            let record = rules.licences.record(id)
            let isModified = match?.isModified ?? false
            return JudgedLicence(
                id: id, name: "", category: record?.category ?? .unclear, path: path, method: match?.method ?? .text,
                isModified: isModified, osd: judge.assess(record, isModified: isModified, clauses: scan.clauses),
                statement: match?.statement)
        }
        var seen = Set<JudgedLicence>()
        var found = licensing.map { judged($0.id, $0) }.filter { seen.insert($0).inserted }
        if !scan.unknownText.isEmpty { found.append(judged(.unknown, nil)) }
        // Of a choice the terms of the branch that asks least are those that bind.
        let binding = LicenceChoice.binding(found)
        let assessment = OSDAssessment.weakest(binding.map(\.osd))
        osd = OSDTable(assessment)
        openWeights = assessment.verdict
        if !binding.isEmpty {
            let limits = Set(
                binding.flatMap {
                    judge.limitedFreedoms(
                        rules.licences.record($0.id), isModified: $0.isModified, clauses: scan.clauses)
                })
            limitedFreedoms = rules.definition.freedoms.filter(limits.contains)
        }
        unknownText = scan.unknownText.isEmpty ? nil : scan.unknownText
        nearest = scan.nearest?.id
        let answers = Judge(rules).use(Self.judged(scan, path, rules))
        use = answers.use.map(ReportUse.init)
        duties = answers.duties.map(ReportDuty.init)
    }
}
