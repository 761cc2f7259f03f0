import OpenscanFacts
import OpenscanRules

/// One place that puts something under a licence, or says so.
struct TermsStatement: Sendable {
    /// What makes it.
    enum Source: Sendable, Hashable {
        /// A file that is there to license.
        case licenceFile
        /// A field of a card's head.
        case field
        /// A sentence or a text inside a card or README.
        case prose
        /// Package metadata, artefact metadata, heads of source files.
        case metadata
        /// Terms that stand in another place or cannot be read.
        case unread
    }

    let id: LicenceID
    let source: Source
    let method: LicenceMatch.Method
    let path: String
    let lines: LineRange?
    var quote: String?
    /// What a licence calls itself of which nothing else is known.
    var name: String?
    /// Components that it covers.
    var appliesTo: [ComponentID]
    /// Whether it names the part that it covers, instead of covering all there is.
    var isExpress = false
    var coverage = 1.0
    var modification: LicenceMatch.Modification?
    /// Clauses of the text.
    var clauses: [ClauseMatch] = []
    /// The known text that an unknown one is most like.
    var nearest: LicenceID?
    /// The models that it speaks of, where it speaks of some of them.
    var models: [String] = []
    /// What the whole statement says, where it names several licences ("MIT OR Apache-2.0").
    var whole: LicenceExpression?

    func covers(_ id: ComponentID) -> Bool { appliesTo.contains(id) }
}

extension TermsStatement {
    /// A licence that the scanner found in a file.
    init(_ match: LicenceMatch, _ source: Source, path: String, clauses: [ClauseMatch], appliesTo: [ComponentID]) {
        // Clauses that stand in this licence's own lines.
        let own = clauses.filter { clause in clause.evidence.lines.map(match.lines.holds) ?? true }
        let additions = (match.modification?.added ?? []).compactMap(\.lines)
        let added = clauses.filter { clause in
            clause.evidence.lines.map { lines in additions.contains(where: lines.overlaps) } ?? false
        }
        self.init(
            id: match.id, source: source, method: match.method, path: path, lines: match.lines,
            quote: match.method == .text ? nil : match.quote, appliesTo: appliesTo,
            isExpress: !match.subjects.isEmpty, coverage: match.coverage, modification: match.modification,
            clauses: match.isModified ? own + added.filter { !own.contains($0) } : own, models: match.models,
            whole: match.statement)
    }

    /// What another statement's licence covers, as a sentence says it.
    init(_ other: TermsStatement, saidAt evidence: Evidence, of parts: [ReleasePart]) {
        self = TermsStatement(
            named: other.id, .prose, evidence, method: .notice, appliesTo: parts.components, isExpress: true)
        coverage = other.coverage
        modification = other.modification
        clauses = other.clauses
        nearest = other.nearest
    }

    /// A licence that only a name stands for.
    init(
        named id: LicenceID, _ source: Source, _ evidence: Evidence, method: LicenceMatch.Method,
        appliesTo: [ComponentID], isExpress: Bool = false, whole: LicenceExpression? = nil
    ) {
        self.init(
            id: id, source: source, method: method, path: evidence.path, lines: evidence.lines, quote: evidence.quote,
            appliesTo: appliesTo, isExpress: isExpress, whole: whole)
    }

    /// A statement for each licence that a field's value names, with what the value says of them together.
    static func each(
        _ value: LicenceValue, _ source: Source, _ evidence: Evidence, method: LicenceMatch.Method = .metadata,
        appliesTo: [ComponentID], isExpress: Bool = false
    ) -> [TermsStatement] {
        value.ids.map { id in
            // A licence that the value gives to a part is part of no common statement.
            let named = value.parts[id].map { $0.sorted().components }
            return TermsStatement(
                named: id, source, evidence, method: method, appliesTo: named ?? appliesTo,
                isExpress: isExpress || named != nil,
                whole: value.ids.count > 1 && value.parts.isEmpty ? value.expression : nil)
        }
    }
}

/// What the sources of statements have found so far.
struct TermsFindings: Sendable {
    var statements: [TermsStatement] = []
    private(set) var others: [OtherLicence] = []
    var declared: [DeclaredTerms] = []

    private static let mostPaths = 5

    mutating func addOther(_ id: LicenceID, _ method: LicenceMatch.Method, _ reason: OtherLicence.Why, _ path: String) {
        if let place = others.firstIndex(where: { $0.id == id && $0.reason == reason }) {
            others[place].count += 1
            if others[place].paths.count < Self.mostPaths, !others[place].paths.contains(path) {
                others[place].paths.append(path)
            }
        } else {
            others.append(OtherLicence(id: id, method: method, reason: reason, paths: [path], count: 1))
        }
    }
}

/// What sources of statements look at.
struct TermsContext: Sendable {
    let release: ReleaseFacts
    let folders: FolderIndex
    let rules: RuleSet
    /// Whether data are in the release.
    let hasData: Bool
    /// What single files are under, where the release says so.
    var reuse: ReuseTerms?

    /// A general licence's text in the release's own folder.
    var hasTopLicence: Bool {
        folders.licenceTexts.contains { $0.split(separator: "/").count - 1 <= folders.sharedDepth }
    }

    /// What a licence of the whole covers.
    var everything: [ComponentID] {
        [ReleasePart.code, .weights, .documents].flatMap(\.components) + (hasData ? ReleasePart.data.components : [])
    }

    /// What a licence of the code covers.
    var program: [ComponentID] { [ReleasePart.code, .documents].flatMap(\.components) }

    func hasLicenceText(except path: String) -> Bool {
        folders.licenceTexts.count > (folders.licenceTexts.contains(path) ? 1 : 0)
    }
}

extension [ReleasePart] {
    /// Components of all the parts.
    var components: [ComponentID] { flatMap(\.components) }
}
