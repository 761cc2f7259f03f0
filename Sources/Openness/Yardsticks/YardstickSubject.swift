import OpenscanFacts

/// What yardsticks look at: components with their licences, the terms of the weights, and what documents say.
struct YardstickSubject: Sendable {
    /// Components by id.
    var components: [ComponentID: Component] = [:]
    /// Licences of the release as a whole, for parts that have none of their own.
    var general: [LicenceID] = []
    /// Clauses of the licences of the weights.
    var clauses: Set<ClauseID> = []
    /// The Open Source Definition for the licence of the weights.
    var osd = OSDAssessment()
    /// Sections of model and data cards.
    var sections: [String: Evidence] = [:]
    /// What documents tell; `nil` where that is not known.
    var disclosures: [DisclosureID: [Evidence]]?
    /// Reports that are there or linked, and were not read.
    var unreadReports: [Evidence] = []
    /// What the licences of its bases ask, as far as they are known.
    var duties: [ModelDescription.Duty] = []
    /// FLOP, where parameters and tokens are stated.
    var trainingCompute: Double?
    /// Where the tokens are stated.
    var trainingTokens: Evidence?
    /// Entries for the Model Openness Framework, where the source writes them itself.
    var openness: [ComponentList.OpennessEntry]?
    /// Whether files were seen; a list written by hand cannot show what it does not name.
    var hasFiles = true

    /// Components that tell how a model was made.
    static let reports: [ComponentID] = [.technicalReport, .researchPaper]

    func component(_ id: ComponentID) -> Component { components[id] ?? Component(id: id) }
}

extension YardstickSubject {
    /// From what a release, scanned now or before, came to.
    init(
        components: [Component], licences: [JudgedLicence], documents: [DocumentSections], model: ModelDescription,
        osd: OSDAssessment, disclosures: [Disclosure]?, readReports: Set<String>
    ) {
        self.components = Dictionary(components.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let weights = licences.filter { !Set($0.appliesTo).isDisjoint(with: ComponentID.weights) }
        general = Set(licences.filter { $0.method == .text && !$0.appliesTo.isEmpty }.map(\.expressionID)).sorted()
        clauses = Set(weights.flatMap { $0.clauses.filter { $0.status == .present }.map(\.id) })
        self.osd = osd
        for document in documents {
            for (id, line) in document.sections where sections[id] == nil {
                sections[id] = Evidence(path: document.path, lines: line)
            }
        }
        self.disclosures = disclosures.map { Dictionary(grouping: $0, by: \.id).mapValues { $0.map(\.evidence) } }
        unreadReports = Self.reports.map(component).filter { $0.isThereOrLinked }.flatMap { report in
            report.evidence.filter { !readReports.contains($0.path) || report.status == .linked }
        }
        duties = model.baseModels.flatMap(\.duties)
        trainingCompute = model.trainingCompute
        trainingTokens = model.trainingTokens
    }
}
