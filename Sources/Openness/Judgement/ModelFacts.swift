import Artefacts
import Cards
import Unpacking

/// What is known of the model itself: architecture, size, what it was made from.
enum ModelFacts {
    static func of(_ release: ReleaseFacts) -> ReportModel {
        let lineage = Lineage(release)
        var model = ReportModel(
            baseModels: lineage.bases, hintedBases: lineage.hinted, datasets: lineage.datasets,
            datasetTerms: lineage.datasetTerms)
        let main = release.files.filter { $0.place.area == .main }
        for file in main {
            if let config = file.config {
                model.architecture = model.architecture ?? config.architectures.first ?? config.modelType
                model.quantization = model.quantization ?? config.quantization
            }
            if let artefact = file.artefact {
                model.architecture = model.architecture ?? artefact.metadata["general.architecture"]
            }
        }
        model.parameters = parameters(main)
        model.quantization = model.quantization ?? quantization(main)
        if let tokens = main.compactMap({ $0.card?.trainingTokens }).max(by: { $0.tokens < $1.tokens }) {
            model.trainingTokens = tokens.evidence
            if let parameters = model.parameters { model.trainingCompute = 6 * Double(parameters) * tokens.tokens }
        }
        return model
    }

    /// Files that hold the state of training beside a model.
    private static let besides = ["optimizer", "scheduler", "training_args", "rng_state", "scaler", "adapter_"]

    /// Parameters of one copy: the safetensors shards together, else the shards of torch, else the largest file of another format.
    private static func parameters(_ files: [FileFacts]) -> Int? {
        let weights = files.filter { file in
            file.artefact.map { FormatRecognition.weights.contains($0.format) && $0.parameters != nil } ?? false
                && !besides.contains { file.place.name.hasPrefix($0) }
        }
        func sum(_ formats: Set<String>, _ names: [String]) -> Int? {
            let counts = weights.filter { file in
                formats.contains(file.artefact?.format ?? "")
                    && (names.isEmpty || names.contains { file.place.name.hasPrefix($0) })
            }.compactMap { $0.artefact?.parameters }
            return counts.isEmpty ? nil : counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        }
        return sum(["safetensors"], []) ?? sum(["torch-zip", "torch-legacy"], ["pytorch_model", "consolidated"])
            ?? weights.compactMap { $0.artefact?.parameters }.max()
    }

    /// The element type of most of a GGUF's parameters, where it is a quantised one.
    private static func quantization(_ files: [FileFacts]) -> String? {
        let types = files.filter { $0.artefact?.format == "gguf" }.compactMap {
            $0.artefact?.parametersByType.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
        return types.first { $0.contains("Q") || $0.hasPrefix("MXFP") || $0.hasPrefix("NVFP") }
    }
}
