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
        quantization(root, &out)
        let isModel =
            !out.architectures.isEmpty || out.modelType != nil || out.isAdapter || out.isPipeline
            || root["n_layers"] != nil || root["n_layer"] != nil || root["hidden_size"] != nil
        return isModel ? out : nil
    }

    /// Method and width, from the place that says more: MLX packs under `quantization`, others describe under `quantization_config`,
    /// some tools inside the config of the text model or compression.
    private static func quantization(_ root: JSONValue, _ out: inout ModelConfig) {
        // MLX writes how it packed the weights under this name.
        if let bits = root["quantization"]?["bits"]?.int {
            out.quantization = "mlx \(bits)-bit"
            out.quantizedBits = width(bits)
        }
        let described =
            [root["quantization_config"], root["text_config"]?["quantization_config"], root["compression_config"]]
            .lazy.compactMap { $0 }.first { !($0.members ?? []).isEmpty }
        guard let described else { return }
        let method = described["quant_method"]?.string
        if out.quantization == nil || method != nil { out.quantization = method ?? "quantized" }
        if out.quantizedBits == nil { out.quantizedBits = bits(described, depth: 0).flatMap(width) }
        if out.quantizedBits == nil {
            if case .bool(true) = described["load_in_4bit"] ?? .null { out.quantizedBits = 4 }
            if case .bool(true) = described["load_in_8bit"] ?? .null { out.quantizedBits = 8 }
        }
    }

    private static let widthNames: Set<String> = ["bits", "num_bits", "w_bit", "wbits", "nbits", "weight_bits"]
    private static let deepest = 6

    private static func width(_ bits: Int) -> Int? { (1...16).contains(bits) ? bits : nil }

    /// The first width below a description; that of activations is none of the weights'.
    private static func bits(_ value: JSONValue, depth: Int) -> Int? {
        guard depth < deepest, let members = value.members else { return nil }
        for member in members where widthNames.contains(member.key) {
            if let bits = member.value.int { return bits }
        }
        for member in members.prefix(64) where !member.key.contains("activation") {
            if let bits = bits(member.value, depth: depth + 1) { return bits }
        }
        return nil
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
