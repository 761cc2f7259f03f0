import OpenscanFacts
import OpenscanRules

/// Puts the decision table's answer into words.
struct GradientJudge {
    let rules: RuleSet
    let components: [Component]
    let terms: Terms

    private func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }
    private func isPresent(_ id: ComponentID) -> Bool { component(id).status == .present }

    /// What is judged.
    var subject: Gradient.Subject {
        if ComponentID.weights.contains(where: { component($0).isThereOrLinked }) { return .model }
        let modelTalk: [ComponentID] = [.modelCard, .sampleOutputs, .responsibleUseGuide, .usagePolicy]
        let speaksOfModel = modelTalk.contains(where: isPresent)
        if isPresent(.trainingCode) || isPresent(.architecture) && isPresent(.inferenceCode) {
            return speaksOfModel ? .model : .codeOnly
        }
        if speaksOfModel { return .model }
        let hasData = isPresent(.dataset) || isPresent(.evaluationData)
        return hasData && !isPresent(.inferenceCode) || isPresent(.dataCard) ? .dataOnly : .notAModel
    }

    func judge(_ inputs: GradientInputs) -> Gradient {
        let isStaged = components.contains { $0.status == .promised }
        guard subject == .model else {
            let classes = LicenceClasses(rules: rules).of(terms.licences.filter { !$0.appliesTo.isEmpty })
            return Gradient(
                subject: subject, level: Self.undetermined, licenceClass: classes, isStaged: isStaged, confidence: .high
            )
        }
        let rule = rules.gradient.rules.first { inputs.hold($0.conditions) }
        let level = rules.gradient.level(rule?.level ?? Self.undetermined)
        var confidence = rule?.confidence ?? .low
        let isUnseen =
            inputs.weights == .linked || inputs.weights == .pointerOnly || inputs.gate == .unknown
            || inputs.areWeightsPartial
        if confidence == .high, isUnseen { confidence = .medium }
        return Gradient(
            subject: subject, level: level?.id ?? Self.undetermined,
            rank: level.flatMap { $0.rank > 0 ? $0.rank : nil },
            atMost: rule?.atMost, solaiman: rule?.solaiman,
            g7: rules.gradient.labels.first { inputs.hold($0.conditions) }?.name, licenceClass: inputs.licenceClass,
            isStaged: isStaged, confidence: confidence, rule: rule?.number, reasons: reasons(inputs),
            next: level.map { next($0, inputs) } ?? [])
    }

    private static let undetermined = "undetermined"

    /// What the level rests on.
    private func reasons(_ inputs: GradientInputs) -> [Reason] {
        var out: [Reason] = []
        for id in ComponentID.weights where component(id).status != .absent {
            let evidence = component(id).evidence.prefix(1)
            out.append(Reason("\(id.rawValue) \(component(id).status.rawValue)", Array(evidence)))
        }
        if let licence = terms.ofWeights.first {
            out.append(
                Reason(
                    "licence of the weights: \(licence.expressionID), \(inputs.licenceClass.rawValue)",
                    [licence.evidence]))
        }
        return out
    }

    /// What would have to be there for the next level: parts below the sixth, terms below the seventh.
    private func next(_ level: GradientRules.Level, _ inputs: GradientInputs) -> [Reason] {
        switch level.rank {
        case 5:
            var out: [Reason] = []
            switch inputs.trainingCode {
            case .full: break
            case .partial:
                out.append(
                    Reason(
                        "training code only tunes a finished model",
                        Array(component(.trainingCode).evidence.prefix(1))))
            default: out.append(Reason("no training code found"))
            }
            if inputs.trainingData != .full { out.append(Reason("training data neither present nor linked")) }
            if inputs.isDerivative {
                out.append(Reason("built on another model: its data and code would be needed too"))
            }
            // Everything is there or linked: what lacks is to know under which terms.
            if out.isEmpty, !rules.gradient.isOpen(inputs.licenceClass), !rules.gradient.restricts(inputs.licenceClass)
            {
                out.append(Reason("the terms of the weights are not known"))
            }
            return out
        case 6:
            let classes = LicenceClasses(rules: rules)
            return terms.licences.first { rules.gradient.restricts(classes.of($0)) }.map {
                [Reason("\($0.expressionID) limits use", [$0.evidence])]
            } ?? []
        default: return []
        }
    }
}
