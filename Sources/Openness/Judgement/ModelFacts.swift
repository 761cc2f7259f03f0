import Artefacts
import Cards
import Unpacking

/// What is known of the model itself: architecture, size, what it was made from.
enum ModelFacts {
    static func of(_ release: ReleaseFacts) -> ReportModel {
        var model = ReportModel(architecture: nil, parameters: nil, quantization: nil, baseModels: [], datasets: [])
        func add(_ name: String, _ relation: String) {
            let shown = Printable.text(name, limit: 120)
            if !shown.isEmpty, !model.baseModels.contains(where: { $0.name == shown }) { model.baseModels.append(.init(name: shown, relation: relation, licence: nil)) }
        }
        let main = release.files.filter { $0.place.area == .main }
        for file in main {
            if let head = file.card?.frontMatter {
                let relation = head.first("base_model_relation") ?? (release.files.contains { $0.config?.isAdapter == true } ? "adapter" : "finetune")
                let bases = head.values("base_model")
                for base in bases { add(base, bases.count > 1 && head.first("base_model_relation") == nil ? "merge" : relation) }
                for dataset in head.values("datasets") where !model.datasets.contains(dataset) { model.datasets.append(Printable.text(dataset, limit: 120)) }
            }
            if let config = file.config {
                model.architecture = model.architecture ?? config.architectures.first ?? config.modelType
                model.quantization = model.quantization ?? config.quantization
                // `_name_or_path` is often the folder the model was saved from: only adapters name their base there.
                if config.isAdapter { for base in config.baseModels { add(base, "adapter") } }
            }
            if let artefact = file.artefact {
                model.architecture = model.architecture ?? artefact.metadata["general.architecture"]
                for (key, value) in artefact.metadata.sorted(by: { $0.key < $1.key }) where key.hasPrefix("general.base_model.") && key.hasSuffix(".repo_url") { add(value, "quantized") }
                for (key, value) in artefact.metadata.sorted(by: { $0.key < $1.key }) where key.hasPrefix("general.dataset.") && key.hasSuffix(".name") && !model.datasets.contains(value) { model.datasets.append(value) }
            }
        }
        model.parameters = parameters(main)
        model.quantization = model.quantization ?? quantization(main)
        return model
    }

    /// Files that hold the state of training beside a model.
    private static let besides = ["optimizer", "scheduler", "training_args", "rng_state", "scaler", "adapter_"]

    /// Parameters of one copy: the safetensors shards together, else the shards of torch, else the largest file of another format.
    private static func parameters(_ files: [FileFacts]) -> Int? {
        let weights = files.filter { file in
            file.artefact.map { FormatRecognition.weights.contains($0.format) && $0.parameters != nil } ?? false && !besides.contains { file.place.name.hasPrefix($0) }
        }
        func sum(_ formats: Set<String>, _ names: [String]) -> Int? {
            let counts = weights.filter { file in formats.contains(file.artefact?.format ?? "") && (names.isEmpty || names.contains { file.place.name.hasPrefix($0) }) }.compactMap { $0.artefact?.parameters }
            return counts.isEmpty ? nil : counts.reduce(0) { $0.addingReportingOverflow($1).partialValue }
        }
        return sum(["safetensors"], []) ?? sum(["torch-zip", "torch-legacy"], ["pytorch_model", "consolidated"]) ?? weights.compactMap { $0.artefact?.parameters }.max()
    }

    /// The element type of most of a GGUF's parameters, where it is a quantised one.
    private static func quantization(_ files: [FileFacts]) -> String? {
        let types = files.filter { $0.artefact?.format == "gguf" }.compactMap { $0.artefact?.parametersByType.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key }
        return types.first { $0.contains("Q") || $0.hasPrefix("MXFP") || $0.hasPrefix("NVFP") }
    }
}
