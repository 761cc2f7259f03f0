import OpenscanFacts
import OpenscanRules

/// What is known of the model itself: architecture, size, what it was made from.
enum ModelDescriber {
    static func describe(_ release: ReleaseFacts, rules: RuleSet) -> ModelDescription {
        let lineage = Lineage(release, rules: rules)
        var model = ModelDescription()
        model.baseModels = lineage.bases
        model.hintedBases = lineage.hinted
        model.datasets = lineage.datasets
        model.datasetTerms = lineage.datasetTerms
        let main = release.files.filter { $0.isKnown && $0.place.area == .main }
        for file in main {
            if let config = file.config {
                model.architecture = model.architecture ?? config.architectures.first ?? config.modelType
                model.quantization = model.quantization ?? config.quantization
            }
            if let metadata = file.artefact?.metadata, model.architecture == nil {
                model.architecture = rules.lineage.architectureKeys.lazy.compactMap { metadata[$0] }.first
            }
        }
        model.parameters = parameters(main, rules.components.weights)
        model.quantization = model.quantization ?? quantization(main, rules.lineage)
        if let tokens = main.compactMap({ $0.card?.trainingTokens }).max(by: { $0.tokens < $1.tokens }) {
            model.trainingTokens = tokens.evidence
            if let parameters = model.parameters { model.trainingCompute = 6 * Double(parameters) * tokens.tokens }
        }
        return model
    }

    /// Parameters of one copy: of the first kind of copy that is there, else the largest file of another format.
    private static func parameters(_ files: [FileFacts], _ rules: ComponentRules.Weights) -> Int? {
        let weights = files.filter { file in
            file.artefact.map {
                $0.holdsWeights && $0.parameters != nil && rules.areWeights($0, at: file.place.path)
            } ?? false
                && !rules.beside.matches(file.place.name)
        }
        for copies in rules.copies {
            let counts = weights.filter { file in
                file.artefact.map { copies.formats.contains($0.format) } ?? false
                    && copies.names?.matches(file.place.name) ?? true
            }.compactMap { $0.artefact?.parameters }
            if !counts.isEmpty { return counts.reduce(0) { $0.saturatingSum($1) } }
        }
        return weights.compactMap { $0.artefact?.parameters }.max()
    }

    /// The element type of most of a file's parameters, where it is a quantised one.
    private static func quantization(_ files: [FileFacts], _ rules: LineageRules) -> String? {
        let types = files.filter { $0.artefact?.format == "gguf" }.compactMap {
            $0.artefact?.parametersByType.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
        return types.first(where: rules.isQuantised)
    }
}
