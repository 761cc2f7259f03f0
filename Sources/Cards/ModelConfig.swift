import Unpacking

/// What the configs beside weights say: architecture, base model, quantisation, code that a loader is asked to run.
public struct ModelConfig: Sendable, Hashable {
    public var architectures: [String] = []
    public var modelType: String?
    public var baseModels: [String] = []
    public var isAdapter = false
    public var quantization: String?
    public var isPipeline = false
    public var findings: [Finding] = []

    /// `nil` when the file is no model config.
    public static func read(_ bytes: UnsafeRawBufferPointer, path: String) -> ModelConfig? {
        let name = Entry.name(of: path)
        guard ["config.json", "adapter_config.json", "model_index.json", "generation_config.json", "params.json", "configuration.json"].contains(String(name)),
              let root = try? JSONValue.parse(bytes), root.members != nil else { return nil }
        var out = ModelConfig()
        out.architectures = root["architectures"]?.strings ?? (name == "model_index.json" ? root["_class_name"]?.strings ?? [] : [])
        out.modelType = root["model_type"]?.string
        out.isPipeline = name == "model_index.json"
        if name == "adapter_config.json" {
            out.isAdapter = true
            if let base = root["base_model_name_or_path"]?.string, !base.isEmpty { out.baseModels.append(base) }
        } else if let origin = root["_name_or_path"]?.string, origin.contains("/"), !origin.hasPrefix("/"), !origin.hasPrefix(".") {
            out.baseModels.append(origin)
        }
        if let quantization = root["quantization_config"] { out.quantization = quantization["quant_method"]?.string ?? "quantized" }
        if root["auto_map"]?.members?.isEmpty == false {
            out.findings.append(Finding("remote-code", .medium, "auto_map asks the loader to run code of the repository"))
        }
        let isModel = !out.architectures.isEmpty || out.modelType != nil || out.isAdapter || out.isPipeline || root["n_layers"] != nil || root["n_layer"] != nil || root["hidden_size"] != nil
        return isModel ? out : nil
    }
}
