import Artefacts
import Cards
import Licensing
import Unpacking

/// Brings facts into the decision table's form, and the table's answer into the report's.
struct GradientJudge {
    let release: ReleaseFacts
    let components: [Component]
    let licences: LicenceMap
    let hasPretrainingCode: Bool
    let model: ReportModel

    private func component(_ id: String) -> Component { components.first { $0.id == id } ?? Component(id: id) }
    private func isThere(_ id: String) -> Bool { component(id).status == .present }
    private func isThereOrLinked(_ id: String) -> Bool { [.present, .linked].contains(component(id).status) }

    /// What is judged.
    var subject: String {
        if ["weights-final", "weights-adapter", "weights-intermediate"].contains(where: isThereOrLinked) {
            return "model"
        }
        let hasData = isThere("dataset") || isThere("evaluation-data")
        let hasModelTalk =
            isThere("model-card") || isThere("sample-outputs") || isThere("responsible-use-guide")
            || isThere("usage-policy")
        if isThere("training-code") || (isThere("architecture") && isThere("inference-code")) {
            return hasModelTalk ? "model" : "code-only"
        }
        if hasModelTalk { return "model" }
        if hasData, !isThere("inference-code") { return "data-only" }
        if isThere("data-card") { return "data-only" }
        return "not-a-model"
    }

    static func licenceClass(_ licence: ReportLicence) -> GradientInputs.LicenceClass {
        let clauses = Set(licence.clauses.map(\.id))
        let category = LicenceCategory(id: licence.category)
        if let plain = category.flatMap(licenceClass(of:)) { return plain }
        switch category {
        case .llamaStyle:
            return clauses.contains("territorial-exclusion") && !clauses.contains("mau-threshold")
                ? .territoryRestricted : .userRestricted
        case .openData where licence.isOpen: return .openDataOrContent
        default: break
        }
        if licence.modified || licence.id == "LicenseRef-unknown" || !licence.isOpen {
            if clauses.contains("research-only") { return .researchOnly }
            if clauses.contains("non-commercial") { return .nonCommercial }
            if clauses.contains("mau-threshold") || clauses.contains("revenue-threshold") { return .userRestricted }
            if clauses.contains("territorial-exclusion") { return .territoryRestricted }
            if clauses.contains("use-restriction-list") || clauses.contains("aup-by-reference")
                || licence.failedCriteria.contains(6)
            {
                return .useRestricted
            }
            if !licence.failedCriteria.isEmpty { return .useRestricted }
            return .customUnclear
        }
        return licence.osiApproved || licence.isOpen
            ? (licence.category == LicenceCategory.openData.id ? .openDataOrContent : .osiOpen) : .customUnclear
    }

    /// The weakest class of several licences.
    static func licenceClass(_ licences: [ReportLicence]) -> GradientInputs.LicenceClass {
        weakest(licences.map(licenceClass))
    }

    /// Class of a kind of licence, where the kind alone decides it.
    static func licenceClass(of category: LicenceCategory) -> GradientInputs.LicenceClass? {
        switch category {
        case .researchOnly: .researchOnly
        case .nonCommercial: .nonCommercial
        case .noDerivatives: .noDerivatives
        case .openRAIL, .usePolicy: .useRestricted
        default: nil
        }
    }

    static func weakest(_ classes: [GradientInputs.LicenceClass]) -> GradientInputs.LicenceClass {
        classes.first(where: \.restrictsUse) ?? classes.first { $0 == .customUnclear } ?? classes.first ?? .none
    }

    var inputs: GradientInputs {
        let weights: GradientInputs.Weights
        let final = component("weights-final")
        let adapter = component("weights-adapter")
        let hasMissingShards = release.files.contains { $0.findings.contains { $0.id == "missing-shard" } }
        let pointers = release.files.filter { $0.artefact?.status == .pointer }.map(\.path)
        if final.status == .present {
            weights = hasMissingShards ? .partial : final.paths.allSatisfy(pointers.contains) ? .pointerOnly : .full
        } else if adapter.status == .present {
            weights = .adapter
        } else if adapter.status == .linked {
            weights = .delta
        } else if final.status == .linked {
            weights = .linked
        } else if component("weights-intermediate").status != .absent {
            weights = .full
        } else {
            weights = [.promised, .claimed].contains(final.status) ? .announced : .none
        }
        let isQuantised = model.baseModels.contains { $0.relation == "quantized" } && weights == .full
        let own = licences.ofWeights
        let all = licences.licences.filter { !$0.appliesTo.isEmpty && $0.method != .mentioned }
        let codeAndWeights = all.filter { licence in
            licence.appliesTo.contains {
                LicenceMap.code.contains($0) || LicenceMap.weights.contains($0)
                    || (LicenceMap.data.contains($0) && isThere("dataset"))
            }
        }
        return GradientInputs(
            weights: isQuantised ? .quantisedDerivative : weights, gate: gate, api: api,
            hasHostedInterface: isThereOrLinked("demo") ? true : isSaidClosed ? false : nil,
            trainingCode: isThereOrLinked("training-code")
                ? (hasPretrainingCode || component("training-code").status == .linked ? .full : .partial) : .none,
            inferenceCode: isThereOrLinked("inference-code") ? .full : .none,
            trainingData: isThereOrLinked("dataset")
                ? .full
                : component("data-card").status == .present ? .described : model.datasets.isEmpty ? .none : .namedOnly,
            licenceClass: Self.licenceClass(own),
            classesOfAllParts: Set((codeAndWeights + own).map(Self.licenceClass)),
            isDerivative: model.baseModels.contains {
                ["finetune", "adapter", "quantized", "merge"].contains($0.relation)
            })
    }

    private var statements: [AccessStatement] {
        release.files.filter { $0.place.area == .main }.flatMap { $0.card?.access ?? [] }
    }
    private var isSaidClosed: Bool { statements.contains { $0.kind == .closed } }

    /// What the texts say of a programming interface; closed only where they say so outright.
    private var api: GradientInputs.Access {
        if statements.contains(where: { $0.kind == .fineTuning }) { return .fineTuning }
        if isThereOrLinked("hosted-api") || statements.contains(where: { $0.kind == .api }) { return .inference }
        return isSaidClosed ? .none : .unknown
    }

    private var gate: GradientInputs.Gate {
        for file in release.files {
            guard let head = file.card?.frontMatter else { continue }
            if head.fields.keys.contains(where: { $0.hasPrefix("extra_gated") }) { return .unknown }
        }
        return .none
    }

    func judge() -> Gradient {
        let subject = subject
        let inputs = inputs
        guard subject == "model" else {
            return Gradient(
                subject: subject, level: "undetermined", rank: nil, atMost: nil, solaiman: nil, g7: nil,
                licenceClass: Self.licenceClass(licences.licences.filter { !$0.appliesTo.isEmpty }).rawValue,
                staged: isStaged, confidence: .high, reasons: [], rule: nil)
        }
        let rule = GradientRule.decide(inputs)
        let level = Catalogue.level(rule?.level ?? "undetermined")
        var confidence = rule?.confidence ?? .low
        if confidence == .high, inputs.weights == .linked || inputs.weights == .pointerOnly || inputs.gate == .unknown {
            confidence = .medium
        }
        return Gradient(
            subject: subject, level: level?.id ?? "undetermined", rank: level.flatMap { $0.rank > 0 ? $0.rank : nil },
            atMost: rule?.number == 5 ? "fine-tuning-access" : nil,
            solaiman: rule?.solaiman, g7: g7(inputs), licenceClass: inputs.licenceClass.rawValue, staged: isStaged,
            confidence: confidence, reasons: reasons(inputs, rule), rule: rule?.number)
    }

    private var isStaged: Bool { components.contains { $0.status == .promised } }

    /// G7 labels (2026): licence first, completeness second.
    private func g7(_ inputs: GradientInputs) -> String? {
        guard [.full, .linked, .pointerOnly].contains(inputs.weights), inputs.inferenceCode == .full else { return nil }
        if inputs.licenceClass.restrictsUse { return "Weights Available AI" }
        guard inputs.licenceClass.isOpen else { return nil }
        if inputs.trainingCode == .full, inputs.trainingData == .full, inputs.classesOfAllParts.allSatisfy(\.isOpen),
            !inputs.isDerivative
        {
            return "Open Source AI with Open Data"
        }
        return "Open Weights AI"
    }

    /// What the level rests on, then what would have to be there for the next one.
    private func reasons(_ inputs: GradientInputs, _ rule: GradientRule?) -> [Evidence] {
        var out: [Evidence] = []
        for id in ["weights-final", "weights-adapter", "weights-intermediate"] {
            if let first = component(id).evidence.first, component(id).status != .absent {
                out.append(
                    Evidence(path: first.path, lines: first.lines, quote: "\(id) \(component(id).status.rawValue)"))
            }
        }
        if let licence = licences.ofWeights.first {
            out.append(
                Evidence(
                    path: licence.path, lines: licence.lines,
                    quote: "licence of the weights: \(licence.expressionID), \(inputs.licenceClass.rawValue)"))
        }
        guard let rule, ["weights-available", "open-with-restrictions"].contains(rule.level) else { return out }
        if rule.level == "weights-available" {
            if inputs.trainingCode != .full {
                out.append(
                    Evidence(
                        path: component("training-code").evidence.first?.path ?? ".",
                        lines: component("training-code").evidence.first?.lines,
                        quote: inputs.trainingCode == .partial
                            ? "training code only tunes a finished model" : "no training code found"))
            }
            if inputs.trainingData != .full {
                out.append(Evidence(path: ".", quote: "training data neither present nor linked"))
            }
            if inputs.isDerivative {
                out.append(Evidence(path: ".", quote: "built on another model: its data and code would be needed too"))
            }
        } else if let restricting = licences.licences.first(where: { Self.licenceClass($0).restrictsUse }) {
            out.append(
                Evidence(
                    path: restricting.path, lines: restricting.lines, quote: "\(restricting.expressionID) limits use"))
        }
        return out
    }
}
