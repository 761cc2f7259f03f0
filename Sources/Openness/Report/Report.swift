import Artefacts
import Cards
import Licensing
import Unpacking

/// The report: the contract that `openscan schema` states. Keys are in camelCase and come out sorted.
public struct Report: Sendable, Codable {
    public var schemaVersion = 1
    public var tool: ReportTool
    public var release: ReportRelease
    public var components: [Component]
    public var licences: [ReportLicence]
    /// Licences of single files or of other people's parts, which do not cover a component of the release.
    public var otherLicences: [OtherLicence]
    public var licenceExpression: ReportExpression
    public var artefacts: [ReportArtefact]
    public var model: ReportModel
    public var claims: [ReportClaim]
    /// Model and data cards with the sections that they have.
    public var documents: [ReportDocument]
    /// Models in folders of their own, each judged by itself.
    public var parts: [ReportPart]
    public var gradient: Gradient
    public var frameworks: ReportFrameworks
    public var flags: [Flag]
    public var errors: [ReportError]
}

public struct ReportTool: Sendable, Codable {
    public var name: String
    public var version: String
    /// Digest of the compiled licence data.
    public var licenceData: String
}

public struct ReportRelease: Sendable, Codable {
    public var name: String
    public var kind: String
    public var path: String
    public var revision: String?
    public var fileCount: Int
    public var byteCount: Int
}

/// A part that a release can have, with what was found of it.
public struct Component: Sendable, Codable, Hashable {
    public enum Status: String, Sendable, Codable, CaseIterable {
        case present, linked, promised, claimed, absent, unknown
    }
    public enum Confidence: String, Sendable, Codable { case high, medium, low }

    public var id: String
    public var status: Status
    public var paths: [String]
    public var links: [String]
    public var licences: [String]
    public var confidence: Confidence
    public var evidence: [Evidence]

    public init(id: String, status: Status = .absent) {
        self.id = id
        self.status = status
        paths = []
        links = []
        licences = []
        confidence = .high
        evidence = []
    }
}

public struct ReportClause: Sendable, Codable {
    public var id: String
    public var status: ClauseMatch.Status
    public var lines: LineRange?
    public var quote: String?
    public var params: [String: String]
}

public struct ReportLicence: Sendable, Codable {
    public var id: String
    public var name: String
    public var category: String
    public var path: String
    public var lines: LineRange?
    public var method: LicenceMatch.Method
    public var coverage: Double
    public var modified: Bool
    /// Words that the standard text does not have.
    public var additions: [Evidence]
    public var missingWords: Int
    public var appliesTo: [String]
    public var clauses: [ReportClause]
    public var osd: [String: OSDAssessment.Criterion]
    public var osiApproved: Bool
    /// The known text that an unknown one is most like.
    public var nearest: String?

    public var isOpen: Bool { osd.values.allSatisfy { $0.verdict == .pass } && !osd.isEmpty }
    public var failedCriteria: [Int] { osd.filter { $0.value.verdict == .fail }.compactMap { Int($0.key) }.sorted() }
    /// Id for expressions: changed texts are not the standard's.
    public var expressionID: String { modified ? ConcludedExpression.modified(id) : id }
    public var place: String { Evidence(path: path, lines: lines).place }
}

public struct OtherLicence: Sendable, Codable, Hashable {
    public var id: String
    public var method: LicenceMatch.Method
    /// `third-party`, `file` (a header in some of the files), `policy` (a policy beside a licence) or `mentioned`.
    public var reason: String
    public var paths: [String]
    public var count: Int
}

public struct ReportExpression: Sendable, Codable {
    /// What the card and the metadata say.
    public var declared: String?
    /// What the texts and notices come to.
    public var concluded: String?
    public var byComponent: [String: String]
}

public struct ReportArtefact: Sendable, Codable {
    public var path: String
    public var component: String?
    public var format: String
    public var status: ArtefactStatus
    public var tensors: Int?
    public var parameters: Int?
    public var parametersByType: [String: Int]
    public var metadata: [String: String]
    public var findings: [Finding]
    public var pointer: ArtefactFacts.Pointer?
    public var size: Int?
}

public struct ReportModel: Sendable, Codable {
    /// How sure a licence is that was looked up by name.
    public enum Certainty: String, Sendable, Codable, Hashable { case verified, probable }

    /// Something that a base's licence asks of a derivative, by clause id.
    public struct Duty: Sendable, Codable, Hashable {
        public enum Status: String, Sendable, Codable { case kept, missing, unknown }

        public var clause: String
        public var status: Status
        public var note: String?
    }

    public struct Base: Sendable, Codable, Hashable {
        public enum Source: String, Sendable, Codable {
            case card, artefact, config, prose
            case adapterConfig = "adapter-config"
            case mergeConfig = "merge-config"
        }

        public var name: String
        /// finetune, adapter, quantized, merge, distilled, pruned, or what the card says.
        public var relation: String
        public var source: Source
        public var evidence: Evidence
        /// Entry of Licenses/models.yml that the name fits.
        public var known: String?
        public var licence: String?
        public var certainty: Certainty?
        public var duties: [Duty] = []
    }

    public struct DatasetTerms: Sendable, Codable, Hashable {
        public var name: String
        public var known: String
        public var licence: String?
        public var commercial: String
        public var terms: String?
        public var generatedBy: String?
        public var isWithdrawn: Bool
        public var certainty: Certainty
    }

    public var architecture: String?
    public var parameters: Int?
    public var quantization: String?
    /// Training compute in FLOP by 6 times parameters times tokens, where both are stated (Kaplan et al. 2020; dense models).
    public var trainingCompute: Double?
    /// Where the tokens are stated.
    public var trainingTokens: Evidence?
    public var baseModels: [Base]
    /// Bases that prose or a config hints at, where no field names one.
    public var hintedBases: [Base]
    public var datasets: [String]
    public var datasetTerms: [DatasetTerms]
}

public struct ReportDocument: Sendable, Codable {
    public var path: String
    /// model-card or data-card.
    public var kind: String
    /// Section id -> its line.
    public var sections: [String: LineRange]
    public var missing: [String]
    public var words: Int
}

/// One model of a collection.
public struct ReportPart: Sendable, Codable {
    public var path: String
    public var components: [String: Component.Status]
    public var gradient: Gradient
    /// What the weights are under, `nil` where nothing says.
    public var licenceOfWeights: String?
    public var flags: [String]
}

public struct ReportClaim: Sendable, Codable {
    public var category: Claim.Category
    public var subject: Claim.Subject
    public var polarity: Claim.Polarity
    public var path: String
    public var lines: LineRange?
    public var quote: String?

    public var evidence: Evidence { Evidence(path: path, lines: lines, quote: quote) }
}

/// Where the release stands on the gradient (Solaiman 2023, as modified by Bommasani et al. 2023).
public struct Gradient: Sendable, Codable, Hashable {
    /// model, code-only, data-only or not-a-model.
    public var subject: String
    /// Level id, `undetermined` where files cannot tell.
    public var level: String
    public var rank: Int?
    /// Highest level possible where it is undetermined.
    public var atMost: String?
    public var solaiman: String?
    public var g7: String?
    public var licenceClass: String
    public var staged: Bool
    public var confidence: Component.Confidence
    /// What the level rests on, and what holds it below the next.
    public var reasons: [Evidence]
    /// Number of the rule of the decision table.
    public var rule: Int?
}

public struct ReportFrameworks: Sendable, Codable {
    /// Criterion number -> verdict for the licence of the weights (of the code where there are none).
    public var osd: [String: OSDAssessment.Criterion]
    public var mof: MOFResult
    public var osaid, openWeights, europeanIndex, euAiAct, responsibleRelease, transparency: FrameworkResult?

    public init(_ release: JudgedRelease) {
        osd = release.osd
        mof = release.mof
        let results = Dictionary(
            Framework.all.map { ($0.id, $0.judge(release)) }, uniquingKeysWith: { first, _ in first })
        osaid = results["osaid"]
        openWeights = results["open-weights"]
        europeanIndex = results["european-index"]
        euAiAct = results["eu-ai-act"]
        responsibleRelease = results["responsible-release"]
        transparency = results["transparency"]
    }

    init(osd: [String: OSDAssessment.Criterion]) {
        self.osd = osd
        mof = MOF.shared.judge([])
    }

    /// Those whose criteria are data, in the order of the catalogue.
    public var results: [FrameworkResult] {
        [osaid, openWeights, europeanIndex, euAiAct, responsibleRelease, transparency].compactMap { $0 }
    }
}

/// A disagreement between a claim and the evidence, or a gap that a reader should know.
public struct Flag: Sendable, Codable, Hashable {
    public var id: String
    public var severity: Severity
    public var title: String
    public var claim: Evidence?
    public var evidence: [Evidence]
    public var remedy: String
}

public struct ReportError: Sendable, Codable, Hashable {
    public var path: String
    public var code: String
    public var message: String

    public init(path: String, code: String, message: String) {
        self.path = path
        self.code = code
        self.message = message
    }
}
