import OpenscanBytes
import OpenscanFacts

extension ModelConfig {
    /// Schedulers, tokenizers and processors are configuration alone.
    private static func holdsWeights(_ type: String) -> Bool {
        !["Scheduler", "Tokenizer", "Processor", "Extractor"].contains(where: {
            type.hasSuffix($0) || type.hasSuffix($0 + "Fast")
        })
    }

    /// `nil` when the file is no model config.
    public static func read(_ bytes: UnsafeRawBufferPointer, path: String) -> ModelConfig? {
        let name = Entry.name(of: path)
        if name.hasPrefix("mergekit"), name.hasSuffix(".yml") || name.hasSuffix(".yaml") { return merge(bytes) }
        guard
            [
                "config.json", "adapter_config.json", "model_index.json", "generation_config.json", "params.json",
                "configuration.json",
            ].contains(String(name)),
            let root = try? JSONValue.parse(bytes), root.members != nil
        else { return nil }
        var out = ModelConfig()
        out.architectures =
            root["architectures"]?.strings ?? (name == "model_index.json" ? root["_class_name"]?.strings ?? [] : [])
        out.modelType = root["model_type"]?.string
        out.isPipeline = name == "model_index.json"
        if out.isPipeline {
            for member in root.members ?? [] where out.parts.count < 50 {
                if let pair = member.value.array, pair.count == 2, pair[0].string != nil, let type = pair[1].string,
                    !member.key.contains("/"), !member.key.contains("..")
                {
                    out.parts.append(Part(name: member.key, type: type, hasWeights: holdsWeights(type)))
                }
            }
        }
        if name == "adapter_config.json" {
            out.isAdapter = true
            if let base = root["base_model_name_or_path"]?.string, !base.isEmpty { out.baseModels.append(base) }
        } else if let origin = root["_name_or_path"]?.string, origin.contains("/"), !origin.hasPrefix("/"),
            !origin.hasPrefix(".")
        {
            out.baseModels.append(origin)
        }
        // MLX writes how it packed the weights under this name.
        if let bits = root["quantization"]?["bits"]?.int { out.quantization = "mlx \(bits)-bit" }
        if let quantization = root["quantization_config"] {
            out.quantization = quantization["quant_method"]?.string ?? "quantized"
        }
        let isModel =
            !out.architectures.isEmpty || out.modelType != nil || out.isAdapter || out.isPipeline
            || root["n_layers"] != nil || root["n_layer"] != nil || root["hidden_size"] != nil
        return isModel ? out : nil
    }

    /// Names of models stand under `model:` and `base_model:`, at any depth of the recipe (arcee-ai/mergekit, README).
    private static func merge(_ bytes: UnsafeRawBufferPointer) -> ModelConfig? {
        var out = ModelConfig()
        out.isMerge = true
        for line in bytes.repairedText.lines(limit: 2000) {
            let text = line.drop { $0 == " " || $0 == "-" }
            for key in ["model:", "base_model:"] where text.hasPrefix(key) {
                let name = text.dropFirst(key.count).trimmed.filter { $0 != "\"" && $0 != "'" }
                if name.contains("/"), !name.hasPrefix("/"), !name.hasPrefix("."), !out.baseModels.contains(name),
                    out.baseModels.count < 40
                {
                    out.baseModels.append(name)
                }
            }
        }
        return out.baseModels.isEmpty ? nil : out
    }
}
