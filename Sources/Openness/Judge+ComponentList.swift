import OpenscanFacts

extension Judge {
    /// A list that somebody wrote by hand: terms by name alone, nothing that it does not name.
    public func dossier(_ list: ComponentList) -> Dossier {
        let components = rules.components.all.map { description in
            var component = Component(id: description.id)
            if let entry = list.entries.first(where: { $0.id == description.id }) {
                component.status = entry.status
                component.licences = entry.licences
                component.confidence = .medium
            }
            return component
        }
        let licences = licences(list)
        let ofWeights = licences.filter { $0.covers(.weightsFinal) }
        let terms = Terms(licences: licences, others: [], declared: [], ofWeights: ofWeights, parts: [:])
        let inputs = inputs(list, components, terms)
        let gradient = GradientJudge(rules: rules, components: components, terms: terms).judge(inputs)
        var subject = YardstickSubject(
            components: components, licences: licences, documents: [], model: ModelDescription(),
            osd: .weakest(ofWeights.map(\.osd)), disclosures: nil, readReports: [])
        subject.general = list.licences
        subject.openness = list.openness
        subject.hasFiles = false
        // What a base model's licence passes down is known by its id.
        for licence in ofWeights {
            let known = rules.models.models.first { $0.licence == licence.id }
            subject.clauses.formUnion(known?.passesDown ?? [])
        }
        let yardsticks = YardstickJudge(rules: rules).judge(subject, gradient)
        var byComponent: [ComponentID: String] = [:]
        for component in components { byComponent[component.id] = ConcludedExpression.joined(component.licences) }
        let expression = ConcludedLicences(
            concluded: ConcludedExpression.joined(list.licences), byComponent: byComponent)
        let dossier = Dossier(
            release: ReleaseIdentity(name: list.name),
            verdict: VerdictJudge(rules: rules).judge(
                gradient: gradient, yardsticks: yardsticks, terms: [:], licences: licences, expression: expression,
                flags: []),
            components: components, terms: [:], licences: licences, otherLicences: [], expression: expression,
            artefacts: [], model: ModelDescription(), claims: [], documents: [], parts: [], gradient: gradient,
            yardsticks: yardsticks, flags: [], errors: [])
        return UseJudge(rules: rules).judged(dossier, UseJudge.Access())
    }

    /// Each licence that the list names, with what it covers.
    private func licences(_ list: ComponentList) -> [JudgedLicence] {
        var covers: [LicenceID: [ComponentID]] = [:]
        for entry in list.entries where entry.status == .present || entry.status == .linked {
            for id in entry.licences.isEmpty ? list.licences : entry.licences {
                covers[id, default: []].append(entry.id)
            }
        }
        let judge = OSDJudge(rules)
        return covers.sorted { $0.key < $1.key }.map { id, components in
            let record = rules.licences.record(id)
            return JudgedLicence(
                id: id, name: record?.name ?? id.rawValue, category: record?.category ?? .unclear, path: "",
                lines: nil, method: .metadata, coverage: 1, isModified: false, additions: [], missingWords: 0,
                appliesTo: components, clauses: [],
                osd: judge.assess(record, isModified: false, clauses: []),
                isOSIApproved: record?.isOSIApproved ?? false)
        }
    }

    private func inputs(_ list: ComponentList, _ components: [Component], _ terms: Terms) -> GradientInputs {
        func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }
        func isThere(_ id: ComponentID) -> Bool { component(id).isThereOrLinked }
        let classes = LicenceClasses(rules: rules)
        let parts: [ComponentID] = [.weightsFinal, .trainingCode, .inferenceCode, .dataset]
        let covering = terms.licences.filter { !Set($0.appliesTo).isDisjoint(with: parts.filter(isThere)) }
        let weights: GradientInputs.Weights =
            switch component(.weightsFinal).status {
            case .present: .full
            case .linked: .linked
            default: isThere(.weightsAdapter) ? .adapter : .none
            }
        var out = GradientInputs(
            weights: weights, trainingCode: isThere(.trainingCode) ? .full : .none,
            inferenceCode: isThere(.inferenceCode) ? .full : .none,
            trainingData: isThere(.dataset) ? .full : isThere(.dataCard) ? .described : .none,
            licenceClass: classes.of(terms.ofWeights), classesOfAllParts: Set(covering.map(classes.of)))
        out.gate = list.isGated ? .unknown : .none
        out.api = isThere(.hostedAPI) ? .inference : .unknown
        out.hosted = isThere(.demo) ? .yes : .unknown
        return out
    }
}
