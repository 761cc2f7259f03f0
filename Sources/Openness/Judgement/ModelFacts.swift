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
        return model
    }

    /// Parameters of one copy: the safetensors shards together, else the largest GGUF.
    private static func parameters(_ files: [FileFacts]) -> Int? {
        let safetensors = files.filter { $0.artefact?.format == "safetensors" && !$0.place.name.hasPrefix("adapter_") }.compactMap { $0.artefact?.parameters }
        if !safetensors.isEmpty { return safetensors.reduce(0) { $0.addingReportingOverflow($1).partialValue } }
        return files.filter { $0.artefact?.format == "gguf" }.compactMap { $0.artefact?.parameters }.max()
    }
}
