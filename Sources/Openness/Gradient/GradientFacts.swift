import OpenscanFacts
import OpenscanRules

/// Brings the facts of a release into the form that the decision table looks at.
struct GradientFacts {
    let release: ReleaseFacts
    let components: [Component]
    let terms: Terms
    /// Components to which a statement of the release leads, not only a program that gets them.
    let stated: Set<ComponentID>
    let hasPretrainingCode: Bool
    let model: ModelDescription
    let rules: RuleSet

    private func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }
    private func isThere(_ id: ComponentID) -> Bool { component(id).isThereOrLinked }

    var inputs: GradientInputs {
        let classes = LicenceClasses(rules: rules)
        let hasData = component(.dataset).status == .present
        let parts: [ReleasePart] = hasData ? [.code, .weights, .data] : [.code, .weights]
        let covered = Set(parts.components)
        let all = terms.licences.filter { $0.method != .mentioned && !covered.isDisjoint(with: $0.appliesTo) }
        let ofWeights = classOfWeights(classes)
        var out = GradientInputs(
            weights: weights, trainingCode: trainingCode, inferenceCode: isThere(.inferenceCode) ? .full : .none,
            trainingData: trainingData, licenceClass: ofWeights,
            classesOfAllParts: Set((all + terms.ofWeights).map(classes.of) + [ofWeights]))
        out.gate = gate
        out.areWeightsPartial = areWeightsPartial
        out.api = api
        out.hosted = isThere(.demo) ? .yes : isSaidClosed ? .no : .unknown
        out.isDerivative = model.baseModels.contains { rules.lineage.derivatives.contains($0.relation) }
        return out
    }

    /// Weights whose terms are only inferred are not open by it; what limits the rest of the release may limit them as well.
    private func classOfWeights(_ classes: LicenceClasses) -> LicenceClass {
        let found = classes.of(terms.ofWeights)
        let isSaid = terms.parts[.weights]?.basis.isSaidHere ?? true
        return !isSaid && rules.gradient.isOpen(found) ? .customUnclear : found
    }

    private var weights: GradientInputs.Weights {
        let final = component(.weightsFinal)
        let adapter = component(.weightsAdapter)
        switch final.status {
        case .present:
            if release.files.contains(where: { $0.findings.contains { $0.id == .missingShard } }) { return .partial }
            let pointers = Set(release.files.filter { $0.artefact?.pointer != nil }.map(\.path))
            if final.paths.allSatisfy(pointers.contains) { return .pointerOnly }
            return model.baseModels.contains { $0.relation == .quantized } ? .quantisedDerivative : .full
        case .linked where !adapter.isThereOrLinked: return .linked
        default: break
        }
        if adapter.status == .present { return .adapter }
        if adapter.status == .linked { return .delta }
        if component(.weightsIntermediate).status != .absent { return .full }
        return final.status == .promised || final.status == .claimed ? .announced : .none
    }

    private var areWeightsPartial: Bool {
        let paths = Set(component(.weightsFinal).paths)
        let files = release.files.filter { paths.contains($0.path) }
        return !files.isEmpty && files.allSatisfy { $0.unseenBytes > 0 }
    }

    private var trainingCode: GradientInputs.Extent {
        switch component(.trainingCode).status {
        case .present: hasPretrainingCode ? .full : .partial
        case .linked: .full
        default: .none
        }
    }

    private var trainingData: GradientInputs.Extent {
        // What a program gets is a recipe: that the model was made from it has to be said.
        if component(.dataset).status == .present || isThere(.dataset) && stated.contains(.dataset) { return .full }
        if isThere(.dataset) || component(.dataCard).status == .present { return .described }
        return model.datasets.isEmpty ? .none : .namedOnly
    }

    private var statements: [AccessStatement] {
        release.files.lazy.filter { $0.place.area == .main }.flatMap { $0.card?.access ?? [] }
    }
    private var isSaidClosed: Bool { statements.contains { $0.kind == .closed } }

    /// What the texts say of a programming interface; closed only where they say so outright.
    private var api: GradientInputs.Access {
        if statements.contains(where: { $0.kind == .fineTuning }) { return .fineTuning }
        if isThere(.hostedAPI) || statements.contains(where: { $0.kind == .api }) { return .inference }
        return isSaidClosed ? .none : .unknown
    }

    /// What the release says stands before the weights; a field of the hub asks for something without saying who decides.
    private var gate: GradientInputs.Gate {
        let speaking = release.files.filter { $0.place.area == .main && $0.place.depth == 0 && $0.place.isReadme }
        for sentence in speaking.flatMap({ $0.card?.gates ?? [] }) {
            let text = (sentence.quote ?? "").lowercased()
            let kind = rules.cards.gateKinds.first { $0.words.areIn(text) }?.kind
            if let gate = kind.flatMap(GradientInputs.Gate.init(rawValue:)) { return gate }
        }
        let isAsked = release.files.contains { file in
            file.card?.frontMatter.map { rules.cards.gateFields.matches(any: $0.fields.keys) } ?? false
        }
        switch release.gate {
        case .manual: return .formManual
        case .automatic: return .formAutomatic
        case .none, .unknown: break
        }
        let isRefused = release.files.contains { $0.findings.contains { $0.id == .gated } }
        return isAsked || isRefused ? .unknown : .none
    }
}
