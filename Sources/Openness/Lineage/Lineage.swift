import Artefacts
import Cards
import Licensing
import Unpacking

/// Where a model comes from: its bases and data sets as cards, configs, metadata and prose name them.
struct Lineage {
    private let release: ReleaseFacts
    /// Read on first use: most files name no base.
    private var known: KnownModels { KnownModels.shared }
    private(set) var bases: [ReportModel.Base] = []
    /// Bases that prose or a config's old name hints at, where no field names one.
    private(set) var hinted: [ReportModel.Base] = []
    private(set) var datasets: [String] = []
    private(set) var datasetTerms: [ReportModel.DatasetTerms] = []

    init(_ release: ReleaseFacts) {
        self.release = release
        let main = release.files.filter { $0.place.area == .main }
        for file in main { fields(file) }
        for file in main where bases.isEmpty { hints(file) }
        for name in datasets { terms(name) }
    }

    private static let limit = 40

    // MARK: Fields

    private mutating func fields(_ file: FileFacts) {
        if let head = file.card?.frontMatter {
            let names = head.values("base_model")
            let evidence = Evidence(
                path: file.path, lines: head.line("base_model").map { LineRange($0) },
                quote: "base_model: " + names.joined(separator: ", "))
            for name in names { add(name, relation(head, count: names.count), .card, evidence) }
            for name in head.values("datasets") where !datasets.contains(name) && datasets.count < Self.limit {
                datasets.append(Printable.text(name, limit: 120))
            }
        }
        if let config = file.config {
            // `_name_or_path` is often the folder that the model was saved from: adapters and merges alone name their base outright.
            if config.isAdapter || config.isMerge {
                for name in config.baseModels {
                    add(
                        name, config.isMerge ? "merge" : "adapter", config.isMerge ? .mergeConfig : .adapterConfig,
                        Evidence(path: file.path, quote: name))
                }
            }
        }
        guard let artefact = file.artefact else { return }
        for (key, value) in artefact.metadata.sorted(by: { $0.key < $1.key }) {
            let evidence = Evidence(path: file.path, quote: "\(key): \(value)")
            if key.hasPrefix("general.base_model."), key.hasSuffix(".repo_url") {
                add(value, isQuantised(artefact) ? "quantized" : "finetune", .artefact, evidence)
            }
            if key == "base_model" || key == "ss_sd_model_name" || key == "ss_base_model_name" {
                add(value, key == "base_model" ? "finetune" : "adapter", .artefact, evidence)
            }
            if key.hasPrefix("general.dataset."), key.hasSuffix(".name"), !datasets.contains(value),
                datasets.count < Self.limit
            {
                datasets.append(value)
            }
        }
    }

    private func isQuantised(_ artefact: ArtefactFacts) -> Bool {
        artefact.parametersByType.keys.contains { $0.contains("Q") || $0.hasPrefix("MXFP") || $0.hasPrefix("NVFP") }
    }

    /// The field says it, or the files do.
    private func relation(_ head: FrontMatter, count: Int) -> String {
        if let stated = head.first("base_model_relation") { return stated }
        if count > 1 || release.files.contains(where: { $0.config?.isMerge == true }) { return "merge" }
        if release.files.contains(where: { $0.config?.isAdapter == true }) { return "adapter" }
        let tags = Set((head.values("tags") + [head.first("library_name") ?? ""]).map { $0.lowercased() })
        if !tags.isDisjoint(with: ["gguf", "gptq", "awq", "exl2", "quantized", "mlx", "ctranslate2"])
            || release.files.contains(where: {
                $0.artefact.map { $0.format == "gguf" && isQuantised($0) } ?? false || $0.config?.quantization != nil
            })
        {
            return "quantized"
        }
        if tags.contains("distillation") || tags.contains("distilled") { return "distilled" }
        if tags.contains("pruned") || tags.contains("pruning") { return "pruned" }
        return "finetune"
    }

    // MARK: Hints

    private static let phrases: [(relation: String, words: [String])] = [
        (
            "quantized",
            [
                "quantized version of", "quantised version of", "quantization of", "gguf version of",
                "gguf format model files for", "awq model files for", "gptq model files for", "quantized from",
            ]
        ),
        ("adapter", ["lora for", "adapter for", "lora adapter", "adapter on top of"]),
        ("merge", ["merge of", "merged from", "merging "]),
        ("distilled", ["distilled from", "distilled version of", "distillation of"]),
        ("pruned", ["pruned version of", "pruned from"]),
        (
            "finetune",
            [
                "fine-tuned from", "finetuned from", "fine-tuned version of", "finetuned version of", "fine-tune of",
                "finetune of", "fine-tuned on top of", "based on the", "built on top of", "initialized from",
                "initialised from", "continued pretraining of", "fine-tuning ", "fine-tuned model based on", "微调", "基于",
            ]
        ),
    ]

    private mutating func hints(_ file: FileFacts) {
        if let card = file.card, file.place.depth == 0 {
            for link in card.links where link.kind == .hubModel {
                let words = FoldedText(link.quote)
                guard let relation = Self.phrases.first(where: { $0.words.contains(where: words.contains) })?.relation,
                    let name = Self.hubName(link.target), name.lowercased() != release.name.lowercased()
                else { continue }
                hint(name, relation, .prose, Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote))
            }
        }
        if let config = file.config, !config.isAdapter, !config.isMerge {
            for name in config.baseModels
            where known.model(name) != nil
                && !release.name.lowercased().contains(
                    name.lowercased().split(separator: "/").last.map(String.init) ?? name)
            {
                hint(name, "finetune", .config, Evidence(path: file.path, quote: "_name_or_path: " + name))
            }
        }
    }

    /// ORG/NAME of a hub address.
    private static func hubName(_ target: String) -> String? {
        let parts = target.split(separator: "/", omittingEmptySubsequences: true)
        guard parts.count >= 4, parts[1].contains("huggingface") || parts[1] == "hf.co" else { return nil }
        return parts[2] + "/" + parts[3].prefix { $0 != "?" && $0 != "#" }
    }

    // MARK: Entries

    private mutating func add(
        _ name: String, _ relation: String, _ source: ReportModel.Base.Source, _ evidence: Evidence
    ) {
        guard let base = entry(name, relation, source, evidence), bases.count < Self.limit,
            !bases.contains(where: { KnownModels.bare($0.name) == KnownModels.bare(base.name) })
        else { return }
        bases.append(base)
    }

    private mutating func hint(
        _ name: String, _ relation: String, _ source: ReportModel.Base.Source, _ evidence: Evidence
    ) {
        guard let base = entry(name, relation, source, evidence), hinted.count < 8,
            !hinted.contains(where: { KnownModels.bare($0.name) == KnownModels.bare(base.name) })
        else { return }
        hinted.append(base)
    }

    private func entry(_ name: String, _ relation: String, _ source: ReportModel.Base.Source, _ evidence: Evidence)
        -> ReportModel.Base?
    {
        let shown = Printable.text(name, limit: 120)
        guard !shown.isEmpty else { return nil }
        var base = ReportModel.Base(name: shown, relation: relation, source: source, evidence: evidence)
        if let match = known.model(name) {
            base.known = match.entry.id
            base.licence = match.entry.licence
            base.certainty = match.entry.isVerified && !match.isCopy && source != .config ? .verified : .probable
        }
        return base
    }

    private mutating func terms(_ name: String) {
        guard let match = known.dataset(name) else { return }
        let entry = match.entry
        datasetTerms.append(
            ReportModel.DatasetTerms(
                name: name, known: entry.id, licence: entry.licence, commercial: entry.commercial, terms: entry.terms,
                generatedBy: entry.generatedBy, isWithdrawn: entry.isWithdrawn,
                certainty: entry.isVerified && !match.isCopy ? .verified : .probable))
    }
}
