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
        model.parameters = ModelSize(main, rules.components.weights).parameters
        model.quantization = model.quantization ?? quantization(main, rules.lineage)
        if let tokens = main.compactMap({ $0.card?.trainingTokens }).max(by: { $0.tokens < $1.tokens }) {
            model.trainingTokens = tokens.evidence
            if let parameters = model.parameters { model.trainingCompute = 6 * Double(parameters) * tokens.tokens }
        }
        return model
    }

    /// The element type of most of a file's parameters, where it is a quantised one.
    private static func quantization(_ files: [FileFacts], _ rules: LineageRules) -> String? {
        let types = files.filter { $0.artefact?.format == "gguf" }.compactMap {
            $0.artefact?.parametersByType.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
        if let type = types.first(where: rules.isQuantised) { return type }
        return files.lazy.compactMap { $0.artefact?.packing?.width }.first { $0 < 16 }.map { "\($0)-bit" }
    }
}
