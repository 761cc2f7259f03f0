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
    /// FLOP, where parameters and tokens are stated.
    var trainingCompute: Double?
    /// Where the tokens are stated.
    var trainingTokens: Evidence?
    /// Entries for the Model Openness Framework, where the source writes them itself.
    var openness: [ComponentList.OpennessEntry]?
    /// Whether files were seen; a list written by hand cannot show what it does not name.
    var hasFiles = true

    func component(_ id: ComponentID) -> Component { components[id] ?? Component(id: id) }
}

extension YardstickSubject {
    /// From what a release, scanned now or before, came to.
    init(
        components: [Component], licences: [JudgedLicence], documents: [DocumentSections], model: ModelDescription,
        osd: OSDAssessment
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
        trainingCompute = model.trainingCompute
        trainingTokens = model.trainingTokens
    }
}
