import OpenscanFacts
import OpenscanOpenness

/// The report as programs read it: the contract that `openscan schema` states. Keys are in camelCase and come out
/// sorted; it is made of a dossier and judges nothing.
public struct Report: Sendable, Codable, Hashable {
    /// The schema that this program writes.
    public static let schemaVersion = 2

    /// The schema that it follows.
    public var schemaVersion = Self.schemaVersion
    /// The program that made it.
    public var tool: ReportTool
    /// What was judged.
    public var release: ReportRelease
    /// The answer first.
    public var verdict: ReportVerdict
    /// May it be used; reports before 0.3 do not say.
    public var use: [ReportUse]?
    /// What its terms ask; reports before 0.3 do not say.
    public var duties: [ReportDuty]?
    /// Terms by part: weights, code, data, documents.
    public var terms: [ReleasePart: ReportTerms]
    /// Every component.
    public var components: [ReportComponent]
    /// Licences that cover something of the release.
    public var licences: [ReportLicence]
    /// Licences of single files or of other people's parts.
    public var otherLicences: [OtherLicence]
    /// The licences as expressions.
    public var licenceExpression: ReportExpression
    /// Files of weights and data, and files with findings.
    public var artefacts: [ReportArtefact]
    /// The model itself and what it was made from.
    public var model: ReportModel
    /// What the release says of its own openness.
    public var claims: [ReportClaim]
    /// Model and data cards with the sections that they have.
    public var documents: [ReportDocument]
    /// Models in folders of their own, each judged by itself.
    public var parts: [ReportPart]
    /// What its documents tell of how it was made and is kept; reports before 0.3 do not say.
    public var disclosures: [ReportDisclosure]?
    /// How it can be had; reports before 0.3 do not say.
    public var access: ReportAccess?
    /// Where it stands on the gradient.
    public var gradient: ReportGradient
    /// What each published framework says.
    public var frameworks: ReportFrameworks
    /// Disagreements and gaps, the gravest first.
    public var flags: [ReportFlag]
    /// What could not be read.
    public var errors: [ReleaseFacts.ReadProblem]
    /// What a person decided, where decisions were given.
    public var review: [ReportReview]?
    /// What a policy says, where one was held against the release.
    public var policy: ReportPolicy?

    /// The report of a judged release.
    public init(
        _ dossier: Dossier, tool: ReportTool, review: Review? = nil, policy: PolicyResult? = nil
    ) {
        self.policy = policy.map(ReportPolicy.init)
        self.review = review?.questions.compactMap(ReportReview.init)
        self.tool = tool
        release = ReportRelease(dossier.release)
        verdict = ReportVerdict(dossier.verdict)
        use = dossier.use.map(ReportUse.init)
        duties = dossier.duties.map(ReportDuty.init)
        terms = dossier.terms.mapValues(ReportTerms.init)
        components = dossier.components.map(ReportComponent.init)
        licences = dossier.licences.map(ReportLicence.init)
        otherLicences = dossier.otherLicences
        licenceExpression = ReportExpression(dossier.expression)
        artefacts = dossier.artefacts.map(ReportArtefact.init)
        model = ReportModel(dossier.model)
        claims = dossier.claims.map(ReportClaim.init)
        documents = dossier.documents.map(ReportDocument.init)
        parts = dossier.parts.map(ReportPart.init)
        disclosures = dossier.disclosures.map(ReportDisclosure.all)
        access = ReportAccess(dossier.access)
        gradient = ReportGradient(dossier.gradient)
        frameworks = ReportFrameworks(dossier.yardsticks)
        flags = dossier.flags.map(ReportFlag.init)
        errors = dossier.errors
    }

    /// The judged release that the report tells of, as far as it tells.
    public var dossier: Dossier {
        Dossier(
            release: release.identity, verdict: verdict.verdict, components: components.map(\.component),
            terms: terms.mapValues(\.terms), licences: licences.map(\.licence), otherLicences: otherLicences,
            expression: licenceExpression.licences,
            artefacts: artefacts.map(\.artefact), model: model.modelDescription, claims: claims.map(\.claim),
            documents: documents.map(\.document), parts: parts.map(\.part), gradient: gradient.gradient,
            yardsticks: frameworks.yardsticks, flags: flags.map(\.flag), errors: errors,
            use: (use ?? []).map(\.decision), duties: (duties ?? []).map(\.duty), access: access?.access ?? .unknown,
            disclosures: disclosures?.flatMap(\.disclosures))
    }
}

/// The program that made a report.
public struct ReportTool: Sendable, Codable, Hashable {
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// Digest of the licence data.
    public var licenceData: String
    /// Digest of the rules.
    public var ruleData: String

    /// A program.
    public init(name: String, version: String, licenceData: String, ruleData: String) {
        self.name = name
        self.version = version
        self.licenceData = licenceData
        self.ruleData = ruleData
    }
}
