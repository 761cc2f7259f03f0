import OpenscanFacts

/// One release, judged: everything that outputs print. Made once, from facts, from a saved report or from a list written by hand; no output decides anything.
public struct Dossier: Sendable {
    /// What was judged.
    public var release: ReleaseIdentity
    /// The answer first.
    public var verdict: Verdict
    /// May it be used, for each part.
    public var use: [UseDecision]
    /// What its terms ask, by moment.
    public var duties: [UseDuty]
    /// Every component, in the order of the rules.
    public var components: [Component]
    /// What covers weights, code, data and documents, and how that is known.
    public var terms: [ReleasePart: PartTerms]
    /// Licences that cover something of the release.
    public var licences: [JudgedLicence]
    /// Licences of single files or of other people's parts.
    public var otherLicences: [OtherLicence]
    /// The licences as expressions.
    public var expression: ConcludedLicences
    /// Files of weights and data, and files with findings.
    public var artefacts: [JudgedArtefact]
    /// The model itself and what it was made from.
    public var model: ModelDescription
    /// What the release says of its own openness.
    public var claims: [Claim]
    /// Model and data cards with the sections that they have.
    public var documents: [DocumentSections]
    /// Models in folders of their own, each judged by itself.
    public var parts: [PartDossier]
    /// What its documents tell of how it was made and is kept; `nil` where that is not known.
    public var disclosures: [Disclosure]?
    /// How it can be had.
    public var access: ReleaseAccess
    /// Where it stands on the gradient.
    public var gradient: Gradient
    /// What each published framework says.
    public var yardsticks: Yardsticks
    /// Disagreements and gaps, the gravest first.
    public var flags: [Flag]
    /// What could not be read.
    public var errors: [ReleaseFacts.ReadProblem]

    /// A dossier.
    public init(
        release: ReleaseIdentity, verdict: Verdict, components: [Component], terms: [ReleasePart: PartTerms],
        licences: [JudgedLicence], otherLicences: [OtherLicence], expression: ConcludedLicences,
        artefacts: [JudgedArtefact], model: ModelDescription, claims: [Claim], documents: [DocumentSections],
        parts: [PartDossier], gradient: Gradient, yardsticks: Yardsticks, flags: [Flag],
        errors: [ReleaseFacts.ReadProblem], use: [UseDecision] = [], duties: [UseDuty] = [],
        access: ReleaseAccess = .unknown, disclosures: [Disclosure]? = nil
    ) {
        self.release = release
        self.verdict = verdict
        self.use = use
        self.duties = duties
        self.components = components
        self.terms = terms
        self.licences = licences
        self.otherLicences = otherLicences
        self.expression = expression
        self.artefacts = artefacts
        self.model = model
        self.claims = claims
        self.documents = documents
        self.parts = parts
        self.access = access
        self.disclosures = disclosures
        self.gradient = gradient
        self.yardsticks = yardsticks
        self.flags = flags
        self.errors = errors
    }

    /// A component by its id; absent where nothing was found.
    public func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }
}

/// What was judged.
public struct ReleaseIdentity: Sendable, Hashable {
    /// Its name.
    public var name: String
    /// What it was read from; `nil` for a list written by hand.
    public var kind: ReleaseFacts.Kind?
    /// Its path as shown.
    public var path: String
    /// Commit or snapshot.
    public var revision: String?
    /// Number of files.
    public var fileCount: Int
    /// Their bytes together.
    public var byteCount: Int
    /// Bytes of its files that exist and are not here: what was not fetched, and what pointers stand for.
    public var unseenBytes: Int

    /// An identity.
    public init(
        name: String, kind: ReleaseFacts.Kind? = nil, path: String = "", revision: String? = nil, fileCount: Int = 0,
        byteCount: Int = 0, unseenBytes: Int = 0
    ) {
        self.unseenBytes = unseenBytes
        self.name = name
        self.kind = kind
        self.path = path
        self.revision = revision
        self.fileCount = fileCount
        self.byteCount = byteCount
    }
}

/// "Is this open source?" in a word, a sentence and what a person still has to decide.
public struct Verdict: Sendable, Hashable {
    /// The word.
    public enum Answer: String, Sendable, Codable, CaseIterable {
        case yes, no
        /// What was read does not settle it.
        case notShown = "not-shown"
    }

    /// What the sentence rests on; outputs colour by it.
    public enum Ground: String, Sendable, Codable, CaseIterable {
        /// A licence that fails the Open Source Definition.
        case limited
        /// A licence that careful readers have to look at.
        case review
        /// Terms that are open.
        case open
        /// No licence at all.
        case unlicensed
        /// Nothing of the release could be read.
        case unread
        /// Several models, each a release of its own.
        case several
    }

    /// The word.
    public var answer: Answer
    /// What the sentence rests on.
    public var ground: Ground
    /// The sentence, with where it stands.
    public var sentence: Reason
    /// What a person has to decide.
    public var needsPerson: [Reason]

    /// A verdict.
    public init(answer: Answer, ground: Ground, sentence: Reason, needsPerson: [Reason] = []) {
        self.answer = answer
        self.ground = ground
        self.sentence = sentence
        self.needsPerson = needsPerson
    }
}

/// One model of a collection.
public struct PartDossier: Sendable {
    /// Its folder.
    public var path: String
    /// Components that are there in some way.
    public var components: [ComponentID: Component.Status]
    /// Where it stands on the gradient.
    public var gradient: Gradient
    /// What the weights are under, `nil` where nothing says.
    public var licenceOfWeights: String?
    /// Its flags.
    public var flags: [FlagID]

    /// A part, judged.
    public init(
        path: String, components: [ComponentID: Component.Status], gradient: Gradient, licenceOfWeights: String?,
        flags: [FlagID]
    ) {
        self.path = path
        self.components = components
        self.gradient = gradient
        self.licenceOfWeights = licenceOfWeights
        self.flags = flags
    }
}
