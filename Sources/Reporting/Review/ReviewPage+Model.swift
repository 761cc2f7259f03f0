import OpenscanFacts
import OpenscanOpenness

/// What the model was made from, and its weights.
extension ReviewPage {
    mutating func lineage() -> PageView {
        let model = dossier.model
        let named = model.baseModels.isEmpty ? model.hintedBases : model.baseModels
        var bases: [PageView] = []
        for base in named.prefix(40) {
            var duties: [PageView] = []
            for duty in base.duties {
                cards.use(duty.clause.rawValue)
                let tone: Tone = duty.status == .kept ? .good : duty.status == .missing ? .bad : .open
                duties.append([
                    "id": duty.clause.rawValue, "rule": cards.link(duty.clause.rawValue),
                    "meaning": rules.clauses[duty.clause].map { words($0.meaning) } ?? duty.clause.rawValue,
                    "mark": mark(tone, words(duty.status.rawValue)),
                    "note": some(duty.note.map { view($0) }),
                ])
            }
            bases.append([
                "name": base.name, "relation": words(base.relation.rawValue),
                "isHint": base.source == .prose || base.source == .config,
                "licence": licence(base.licence, base.certainty), "evidence": places.views([base.evidence]),
                "duties": duties, "hasDuties": !duties.isEmpty,
            ])
        }
        var needs: [PageView] = []
        for need in model.needs.prefix(40) {
            needs.append([
                "name": need.name, "licence": licence(need.licence, need.certainty),
                "evidence": places.views([need.evidence]),
            ])
        }
        let known = Set(model.datasetTerms.map(\.name))
        let data =
            model.datasetTerms.map { entry -> PageView in
                ["name": entry.name, "terms": terms(entry)]
            } + model.datasets.filter { !known.contains($0) }.prefix(60).map { ["name": $0, "terms": ""] }
        return [
            "bases": bases, "hasBases": !bases.isEmpty, "needs": needs, "hasNeeds": !needs.isEmpty, "data": data,
            "hasData": !data.isEmpty, "isEmpty": bases.isEmpty && needs.isEmpty && data.isEmpty,
            "here": dossier.release.name, "terms": dossier.expression.ofWeights ?? words("no licence"),
        ]
    }

    private func licence(_ licence: LicenceID?, _ certainty: ModelDescription.Certainty?) -> String {
        guard let licence = licence?.rawValue else { return words("licence not known") }
        return certainty == .verified ? licence : words("probably ") + licence
    }

    private func terms(_ data: ModelDescription.DatasetTerms) -> String {
        let commercial: String =
            switch data.commercial {
            case .yes: words("commercial use allowed")
            case .no: words("no commercial use")
            case .conditional: words("commercial use conditional")
            case .unclear: words("commercial use unclear")
            }
        let facts = [
            data.licence?.rawValue ?? words("no licence stated"), commercial,
            data.generatedBy.map { words("outputs of {0}", $0) }, data.isWithdrawn ? words("withdrawn") : nil,
        ]
        return (data.certainty == .verified ? "" : words("probably "))
            + facts.compactMap { $0 }.joined(separator: " · ")
    }

    private static let mostFiles = 300

    mutating func weights() -> PageView {
        let model = dossier.model
        var byType: [String: Int] = [:]
        for artefact in dossier.artefacts where artefact.component.map(ComponentID.weights.contains) ?? false {
            for (type, count) in artefact.parametersByType {
                byType[type] = byType[type, default: 0].saturatingSum(count)
            }
        }
        let total = byType.values.reduce(0) { $0.saturatingSum($1) }
        var start = 0.0
        let bars = byType.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(8).enumerated().map {
            index, entry -> PageView in
            let share = total > 0 ? Double(entry.value) / Double(total) * 100 : 0
            defer { start += share }
            return [
                "type": entry.key, "count": Amounts.count(entry.value), "share": Self.short(share),
                "x": Self.short(start), "series": String(index + 1),
            ]
        }
        let files = dossier.artefacts.prefix(Self.mostFiles).map { artefact -> PageView in
            [
                "path": artefact.path.isEmpty ? words("the whole release") : artefact.path,
                "format": artefact.format.rawValue,
                "mark": mark(
                    artefact.status == .ok ? .good : artefact.status == .malformed ? .bad : .open,
                    words(artefact.status.rawValue)),
                "tensors": artefact.tensors.map(String.init) ?? "",
                "parameters": artefact.parameters.map(Amounts.count) ?? "",
                "size": artefact.size.map(Amounts.bytes) ?? "",
                "findings": artefact.findings.prefix(8).map { finding -> PageView in
                    let tone: Tone = finding.severity == .high ? .bad : finding.severity == .medium ? .fair : .open
                    return [
                        "mark": mark(tone, words(finding.severity.rawValue)),
                        "human": human(Review.ID.finding(finding.id, artefact.path)), "id": finding.id.rawValue,
                        "words": words(finding.detail),
                    ]
                },
            ]
        }
        var facts: [PageView] = []
        func fact(_ name: String, _ value: String?) {
            if let value { facts.append(["name": words(name), "value": value]) }
        }
        fact("architecture", model.architecture)
        fact("parameters", model.parameters.map(Amounts.count))
        fact("quantisation", model.quantization)
        fact("training compute", model.trainingCompute.map { Self.power($0) + " FLOP" })
        let rest = dossier.artefacts.count - files.count
        return [
            "facts": facts, "hasFacts": !facts.isEmpty, "bars": bars, "hasBars": total > 0, "files": files,
            "hasFiles": !files.isEmpty, "isEmpty": files.isEmpty && facts.isEmpty,
            "more": some(rest > 0 ? words("… and {0} more (--format json)", String(rest)) : nil),
        ]
    }

    private static func short(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    /// `6e21` as people write it.
    private static func power(_ value: Double) -> String {
        guard value.isFinite, value > 0 else { return "0" }
        var exponent = 0
        var rest = value
        while rest >= 10 {
            rest /= 10
            exponent += 1
        }
        return "\(short(rest))e\(exponent)"
    }
}
