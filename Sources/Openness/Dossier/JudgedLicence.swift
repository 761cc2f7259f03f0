import OpenscanFacts

/// A licence that covers something of the release, judged.
public struct JudgedLicence: Sendable, Hashable {
    /// SPDX id or `LicenseRef-`.
    public var id: LicenceID
    /// Its name.
    public var name: String
    /// Its kind.
    public var category: LicenceCategory
    /// The file that names or holds it.
    public var path: String
    /// Its lines there.
    public var lines: LineRange?
    /// How it was recognised.
    public var method: LicenceMatch.Method
    /// Part of the licence's text that was found, 0...1.
    public var coverage: Double
    /// Whether the text differs from the standard in what matters.
    public var isModified: Bool
    /// Words that the standard text does not have.
    public var additions: [Evidence]
    /// Words of the standard text that are not there.
    public var missingWords: Int
    /// Components that it covers.
    public var appliesTo: [ComponentID]
    /// Its clauses.
    public var clauses: [ClauseMatch]
    /// The Open Source Definition, from the final clauses.
    public var osd: OSDAssessment
    /// Whether it is on the Open Source Initiative's list, as it stands.
    public var isOSIApproved: Bool
    /// The known text that an unknown one is most like.
    public var nearest: LicenceID?
    /// The words that name it, for short forms.
    public var quote: String?
    /// What the whole statement says, where it names several licences ("MIT OR Apache-2.0").
    public var statement: LicenceExpression?
    /// The models that the words speak of, where they speak of some of them.
    public var models: [String]

    /// A judged licence.
    public init(
        id: LicenceID, name: String, category: LicenceCategory, path: String, lines: LineRange? = nil,
        method: LicenceMatch.Method, coverage: Double = 1, isModified: Bool = false, additions: [Evidence] = [],
        missingWords: Int = 0, appliesTo: [ComponentID] = [], clauses: [ClauseMatch] = [],
        osd: OSDAssessment = OSDAssessment(), isOSIApproved: Bool = false, nearest: LicenceID? = nil,
        quote: String? = nil, statement: LicenceExpression? = nil, models: [String] = []
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.path = path
        self.lines = lines
        self.method = method
        self.coverage = coverage
        self.isModified = isModified
        self.additions = additions
        self.missingWords = missingWords
        self.appliesTo = appliesTo
        self.clauses = clauses
        self.osd = osd
        self.isOSIApproved = isOSIApproved
        self.nearest = nearest
        self.quote = quote
        self.statement = statement
        self.models = models
    }

    /// Whether every criterion is met.
    public var isOpen: Bool { osd.isOpen }
    /// Id for expressions: changed texts are not the standard's.
    public var expressionID: LicenceID { isModified ? id.modified : id }
    /// Where it stands.
    public var evidence: Evidence { Evidence(path: path, lines: lines, quote: quote) }
    /// `path:3-9`.
    public var place: String { Evidence(path: path, lines: lines).place }
    /// Ids of clauses that are there, in whole or in part.
    public var clauseIDs: Set<ClauseID> { Set(clauses.map(\.id)) }
    /// Whether it covers the component.
    public func covers(_ id: ComponentID) -> Bool { appliesTo.contains(id) }
}

/// A licence of single files or of other people's parts.
public struct OtherLicence: Sendable, Hashable, Codable {
    /// Why it covers nothing of the release.
    public enum Why: String, Sendable, Codable, CaseIterable {
        /// Other people's parts.
        case thirdParty = "third-party"
        /// Some of the files.
        case file
        /// A policy beside a licence.
        case policy
        /// Named, but nothing is licensed by it.
        case mentioned
    }

    /// Which licence.
    public var id: LicenceID
    /// How it was recognised.
    public var method: LicenceMatch.Method
    /// Why it covers nothing of the release.
    public var reason: Why
    /// Some of the files.
    public var paths: [String]
    /// Number of places.
    public var count: Int

    /// An entry.
    public init(id: LicenceID, method: LicenceMatch.Method, reason: Why, paths: [String], count: Int) {
        self.id = id
        self.method = method
        self.reason = reason
        self.paths = paths
        self.count = count
    }
}

/// The licences of a release as SPDX expressions.
public struct ConcludedLicences: Sendable, Hashable {
    /// What the card and the metadata say, as written.
    public var declared: String?
    /// What the texts and notices come to.
    public var concluded: String?
    /// What covers each component.
    public var byComponent: [ComponentID: String]

    /// Expressions.
    public init(declared: String? = nil, concluded: String? = nil, byComponent: [ComponentID: String] = [:]) {
        self.declared = declared
        self.concluded = concluded
        self.byComponent = byComponent
    }

    /// What the weights are under; of the whole release where nothing says.
    public var ofWeights: String? { byComponent[.weightsFinal] ?? byComponent[.weightsAdapter] ?? concluded }
}

/// What covers a part of the release, and how that is known.
public struct PartTerms: Sendable, Hashable {
    /// How it is known, the strongest first.
    public enum Basis: String, Sendable, Codable, CaseIterable, Comparable {
        /// A licence text in the release covers this part expressly.
        case text
        /// A sentence, table row or card field names the licence for this part.
        case stated
        /// Only a field of a package, a file header or an artefact says it.
        case metadata
        /// The part is only linked; nothing but the repository's general licence could be meant.
        case inherited
        /// The release says that the terms stand in another place.
        case elsewhere
        /// Nothing at all.
        case notStated = "not-stated"

        /// By strength, `text` first.
        public static func < (left: Basis, right: Basis) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }

        /// Whether the release itself says what covers the part.
        public var isSaidHere: Bool { self < .inherited }
    }

    /// SPDX expression; `nil` where no licence is known.
    public var expression: String?
    /// How it is known.
    public var basis: Basis
    /// The weakest kind of the licences.
    public var category: LicenceCategory?
    /// The Open Source Definition, the weakest verdict of each criterion.
    public var osd: OSDAssessment
    /// Whether the part may be called open: said here, and every criterion met.
    public var isOpen: Bool
    /// Places that say it.
    public var evidence: [Evidence]
    /// A row a model, where models of the release are under different licences.
    public var models: [ModelTerms]

    /// Terms.
    public init(
        expression: String?, basis: Basis, category: LicenceCategory?, osd: OSDAssessment, isOpen: Bool,
        evidence: [Evidence], models: [ModelTerms] = []
    ) {
        self.expression = expression
        self.basis = basis
        self.category = category
        self.osd = osd
        self.isOpen = isOpen
        self.evidence = evidence
        self.models = models
    }
}
