import Artefacts
import Cards
import SourceCode
import Unpacking

/// Decides which components a release has, from what its files hold.
struct ComponentFinder {
    let release: ReleaseFacts
    private let folders: FolderIndex
    private var found: [String: Component] = [:]
    /// Component of each artefact, by path.
    private(set) var artefactComponents: [String: String] = [:]
    /// Whether training code does more than tune a finished model.
    private(set) var hasPretrainingCode = false
    /// Files of training code that show no sign of tuning.
    private var trainsFromScratch: [(path: String, isPython: Bool)] = []

    private static let evidenceLimit = 5
    private static let pathLimit = 200

    init(_ release: ReleaseFacts, folders: FolderIndex) {
        self.release = release
        self.folders = folders
    }

    mutating func run() -> [Component] {
        for file in release.files { files(file) }
        links()
        promises()
        // A trainer without a model of its own starts from somebody's finished one, unless it says otherwise.
        let hasModel = found["architecture"]?.status == .present
        hasPretrainingCode = trainsFromScratch.contains { hasModel || !$0.isPython || $0.path.holds("pretrain") }
        return Catalogue.components.map { found[$0.id] ?? Component(id: $0.id) }
    }

    private static let strength: [Component.Status: Int] = [
        .present: 5, .linked: 4, .promised: 3, .claimed: 2, .unknown: 1, .absent: 0,
    ]

    private mutating func mark(
        _ id: String, _ status: Component.Status, _ evidence: Evidence, path: String? = nil, link: String? = nil,
        confidence: Component.Confidence = .high
    ) {
        var component = found[id] ?? Component(id: id)
        let (old, new) = (Self.strength[component.status] ?? 0, Self.strength[status] ?? 0)
        if new > old {
            component.status = status
            component.evidence = []
            component.confidence = confidence
        } else if new == old, confidence == .high {
            component.confidence = .high
        }
        if new >= old, component.evidence.count < Self.evidenceLimit, !component.evidence.contains(evidence) {
            component.evidence.append(evidence)
        }
        if let path, component.paths.count < Self.pathLimit, !component.paths.contains(path) {
            component.paths.append(path)
        }
        if let link, component.links.count < 20, !component.links.contains(link) { component.links.append(link) }
        found[id] = component
    }

    // MARK: Files

    private mutating func files(_ file: FileFacts) {
        let place = file.place
        let evidence = Evidence(path: file.path)
        // Tests lend nothing to the model; other people's code neither.
        guard place.area != .thirdParty else { return }
        if let artefact = file.artefact { artefacts(file, artefact) }
        guard place.area != .test else { return }
        documents(file, evidence)
        names(file, evidence)
        if let code = file.code { self.code(file, code) }
        if let config = file.config {
            mark("model-metadata", .present, evidence, path: file.path)
            if !config.architectures.isEmpty || config.modelType != nil {
                mark(
                    "architecture", .present,
                    Evidence(path: file.path, quote: config.architectures.first ?? config.modelType), path: file.path,
                    confidence: .medium)
            }
        }
    }

    private static let intermediateMarks = [
        "checkpoint-", "global_step", "step-", "step_", "steps-", "epoch=", "epoch_", "-epoch", "iter_", "intermediate",
    ]
    private static let notWeights = [
        "training_args.bin", "optimizer.pt", "optimizer.bin", "scheduler.pt", "rng_state", "random_states", "scaler.pt",
        "optimizer_state",
    ]
    private static let dataWords = ["data", "dataset", "datasets", "corpus", "corpora", "train", "training_data"]
    private static let evaluationWords = [
        "eval", "evaluation", "test", "valid", "validation", "val", "dev", "benchmark", "benchmarks",
    ]

    private mutating func artefacts(_ file: FileFacts, _ artefact: ArtefactFacts) {
        let place = file.place
        let component: String?
        if FormatRecognition.tokenizers.contains(artefact.format) {
            component = "tokenizer"
        } else if FormatRecognition.data.contains(artefact.format)
            || (artefact.format == "git-lfs-pointer" && Self.hasDataName(file.path))
        {
            component = place.area == .test ? nil : dataComponent(file, artefact.format)
        } else if Self.notWeights.contains(where: place.name.hasPrefix) {
            component = nil
        } else if FormatRecognition.weights.contains(artefact.format)
            || (artefact.format == "git-lfs-pointer" && ArtefactNames.isWeights(file.path))
        {
            component = place.area == .test ? nil : weightsComponent(file, artefact)
        } else {
            component = nil
        }
        guard let component else { return }
        artefactComponents[file.path] = component
        let isEmpty =
            artefact.status == .malformed && artefact.tensors ?? 0 == 0
            && artefact.findings.contains { $0.id == "empty-file" }
        // A pointer stands for the file it names; that its content was not seen is in the confidence.
        mark(
            component, isEmpty ? .claimed : .present,
            Evidence(path: file.path, quote: artefact.pointer.map { "Git LFS pointer, \($0.size) bytes, \($0.oid)" }),
            path: file.path,
            confidence: artefact.status == .unsupported || artefact.status == .pointer ? .medium : .high)
    }

    private static func hasDataName(_ path: String) -> Bool {
        [".parquet", ".arrow", ".jsonl", ".csv", ".tsv", ".jsonl.gz", ".tfrecord", ".tar.gz"].contains(
            where: path.lowercased().hasSuffix)
    }

    private func weightsComponent(_ file: FileFacts, _ artefact: ArtefactFacts) -> String? {
        let place = file.place
        // Arrays and pickles are weights only where something says so.
        if ["pickle", "npz", "npy", "hdf5"].contains(artefact.format) {
            let words = (place.folders + [place.name]).joined(separator: "/")
            guard
                ["model", "weight", "checkpoint", "ckpt", "pretrained", "params", "classifier"].contains(
                    where: words.holds) || place.name == "pytorch_model.bin"
            else { return nil }
        }
        if artefact.format == "xgboost-json" { return nil }
        let isAdapter =
            place.name.hasPrefix("adapter_model") || place.name.holds("lora")
            || artefact.metadata.keys.contains {
                $0.hasPrefix("ss_network")
                    || $0 == "modelspec.architecture" && artefact.metadata[$0]?.contains("lora") == true
            }
            || folders.withAdapter.contains(FolderIndex.folder(file.path))
        if isAdapter || place.name.holds("delta") || place.name.holds("_diff") { return "weights-adapter" }
        let text = (place.folders + [place.name]).joined(separator: "/")
        return Self.intermediateMarks.contains(where: text.holds) ? "weights-intermediate" : "weights-final"
    }

    private func dataComponent(_ file: FileFacts, _ format: String) -> String? {
        let place = file.place
        let words = Set(
            place.name.split(whereSeparator: { !$0.isLetter }).map(String.init)
                + place.folders.flatMap { $0.split(whereSeparator: { !$0.isLetter }).map(String.init) })
        if !words.isDisjoint(with: [
            "sample", "samples", "outputs", "output", "generations", "results", "predictions", "responses", "answers",
            "answer",
        ]) {
            return "sample-outputs"
        }
        if !words.isDisjoint(with: Self.evaluationWords) || DataLinks.isBenchmark(file.path.lowercased()) {
            return "evaluation-data"
        }
        if ["csv", "jsonl"].contains(format) {
            // Tables that code or packages carry (word lists, settings) are no data sets.
            let size = file.entry.size ?? 0
            if !words.isDisjoint(with: ["example", "demo", "finetune", "sft", "toy"]) { return nil }
            guard !words.isDisjoint(with: Self.dataWords) || size > 1 << 20, size >= 2048, place.area != .example,
                place.area != .documentation
            else { return nil }
            // A small table counts only when its name itself says training or data.
            guard
                size > 64 << 10
                    || ["train", "data", "corpus"].contains(where: {
                        place.name == $0 + ".jsonl" || place.name.hasPrefix($0 + "-") || place.name.hasPrefix($0 + ".")
                    })
            else { return nil }
        }
        return "dataset"
    }

    // MARK: Documents

    private mutating func documents(_ file: FileFacts, _ evidence: Evidence) {
        let place = file.place
        let name = place.name
        if let scan = file.licence, place.licenceName != nil, place.licenceName != .thirdParty,
            scan.matches.contains(where: { $0.method == .text || $0.method == .notice || $0.method == .header })
                || !scan.unknownText.isEmpty
        {
            let first = scan.matches.first
            mark(
                "licence-file", .present, Evidence(path: file.path, lines: first?.lines, quote: first?.id),
                path: file.path)
        } else if place.licenceName != nil, name.hasSuffix(".pdf") {
            mark("licence-file", .present, evidence, path: file.path, confidence: .low)
        }
        if [
            "use_policy", "use-policy", "usage_policy", "usage-policy", "acceptable_use", "acceptable-use",
            "prohibited_use",
        ].contains(where: name.hasPrefix) {
            mark("usage-policy", .present, evidence, path: file.path)
        }
        if name.holds("responsible-use") || name.holds("responsible_use") || name.holds("responsible use") {
            mark("responsible-use-guide", .present, evidence, path: file.path)
        }
        if name.hasPrefix("security.") { mark("security-policy", .present, evidence, path: file.path) }
        if ["changelog", "changes.", "history.", "release_notes", "release-notes", "news."].contains(
            where: name.hasPrefix)
        {
            mark("changelog", .present, evidence, path: file.path)
        }
        if name.hasSuffix(".pdf") {
            if name.holds("report") || name.holds("tech") {
                mark("technical-report", .present, evidence, path: file.path)
            } else if !name.holds("licen"), !name.holds("guide"),
                place.depth == 0
                    || place.folders.last.map({ ["paper", "papers", "docs", "doc", "report"].contains($0) }) ?? false
            {
                mark("research-paper", .present, evidence, path: file.path, confidence: .medium)
            }
        }
        let isDataCardName = ["data_card", "data-card", "datacard", "datasheet", "dataset_card", "dataset-card"]
            .contains(where: name.hasPrefix)
        if isDataCardName, file.card != nil { mark("data-card", .present, evidence, path: file.path) }
        guard let card = file.card else { return }
        if ["model_card", "model-card", "modelcard"].contains(where: name.holds) || name == "huggingface_readme.md" {
            mark("model-card", .present, evidence, path: file.path)
        } else if let head = card.frontMatter, place.isReadme {
            let fields = Set(head.fields.keys)
            if !fields.isDisjoint(with: [
                "task_categories", "dataset_info", "size_categories", "annotations_creators", "pretty_name",
            ]) {
                mark("data-card", .present, Evidence(path: file.path, lines: head.lines), path: file.path)
            } else if card.wordCount > 20
                || !fields.isDisjoint(with: ["pipeline_tag", "library_name", "base_model", "license", "tags"])
            {
                mark(
                    "model-card", .present, Evidence(path: file.path, lines: head.lines), path: file.path,
                    confidence: card.wordCount > 60 ? .high : .low)
            }
        } else if place.isReadme, cardSections(card) >= 2 {
            mark(
                "model-card", .present, Evidence(path: file.path, quote: "sections of a model card"), path: file.path,
                confidence: .medium)
        } else if place.isReadme, place.depth > 0, isBesideWeights(file) {
            mark(
                "model-card", .present, Evidence(path: file.path, quote: "README beside the weights"), path: file.path,
                confidence: .medium)
        }
        evaluationResults(file, card)
    }

    private static let cardHeadings = [
        "intended use", "limitations", "out-of-scope", "training data", "bias", "evaluation data", "model details",
        "model description", "ethical considerations", "environmental", "局限", "training procedure", "model date",
        "model type",
    ]

    private func cardSections(_ card: CardFacts) -> Int {
        Self.cardHeadings.count { heading in card.headings.contains { $0.text.lowercased().contains(heading) } }
    }

    private func isBesideWeights(_ file: FileFacts) -> Bool {
        folders.withWeights.contains(FolderIndex.folder(file.path))
    }

    private mutating func evaluationResults(_ file: FileFacts, _ card: CardFacts) {
        guard file.place.area == .main else { return }
        if let head = card.frontMatter, let line = head.line("model-index") {
            return mark(
                "evaluation-results", .present, Evidence(path: file.path, lines: LineRange(line)), path: file.path)
        }
        let words = ["evaluation", "results", "performance", "benchmark", "评测", "性能"]
        if let heading = card.headings.first(where: { heading in
            words.contains { heading.text.lowercased().contains($0) }
        }) {
            mark(
                "evaluation-results", .present,
                Evidence(path: file.path, lines: LineRange(heading.line), quote: heading.text), path: file.path,
                confidence: .medium)
        }
    }

    // MARK: Names

    private mutating func names(_ file: FileFacts, _ evidence: Evidence) {
        let name = file.place.name
        if [
            "tokenizer.json", "tokenizer.model", "tokenizer_config.json", "vocab.txt", "vocab.bpe", "encoder.json",
            "merges.txt", "spiece.model", "special_tokens_map.json", "vocab.json", "tokenization.py", "tokenizer.py",
        ].contains(name)
            || (name.hasSuffix("tokenizer.json") || name.hasPrefix("tokenization_")) && !name.hasPrefix("test")
        {
            mark("tokenizer", .present, evidence, path: file.path)
        }
        if [
            "requirements.txt", "environment.yml", "environment.yaml", "pyproject.toml", "setup.py", "setup.cfg",
            "dockerfile", "makefile", "package.json", "cargo.toml", "metadata",
        ].contains(name) {
            mark("supporting-tools", .present, evidence, path: file.path)
        }
        if ["eval_results.json", "all_results.json", "results.json"].contains(name) {
            mark("evaluation-results", .present, evidence, path: file.path)
        }
        if ["trainer_state.json", "training_args.bin", "hyperparams.json"].contains(name) {
            mark("model-metadata", .present, evidence, path: file.path)
        }
        let folder = file.place.folders.last ?? ""
        let isSampleFolder =
            ["samples", "sample_outputs", "generated", "generations", "outputs", "stable-samples"].contains(folder)
            || file.place.folders.contains { $0.hasSuffix("-samples") || $0.hasSuffix("_samples") }
        if isSampleFolder,
            [".png", ".jpg", ".jpeg", ".wav", ".mp3", ".txt", ".jsonl", ".gif", ".mp4"].contains(where: name.hasSuffix)
                || name.holds("samples.")
        {
            mark("sample-outputs", .present, evidence, path: file.path, confidence: .medium)
        } else if name.hasSuffix("samples.jsonl") || name.hasSuffix("samples.txt") {
            mark("sample-outputs", .present, evidence, path: file.path)
        }
    }

    // MARK: Code

    private mutating func code(_ file: FileFacts, _ code: CodeFacts) {
        guard code.codeLines >= 5 else { return fetches(file, code) }
        let name = file.place.name
        let path = (file.place.folders + [name]).joined(separator: "/")
        func evidence(_ role: CodeRole) -> Evidence {
            code.signs[role].map { Evidence(path: file.path, lines: LineRange($0.line), quote: $0.words.trimmed) }
                ?? Evidence(path: file.path)
        }
        let hasTrainingName = ["train", "finetune", "fine_tune", "sft", "pretrain"].contains(where: name.holds)
        let hasEvaluationName = ["eval", "benchmark", "metric", "score"].contains(where: path.holds)
        let isEvaluationFile =
            ["eval", "evaluate", "benchmark", "metrics"].contains(where: name.hasPrefix)
            || file.place.folders.contains { $0 == "eval" || $0 == "evaluation" || $0 == "evals" || $0 == "benchmarks" }
        let training = (code.scores[.training] ?? 0) + (hasTrainingName ? 2 : 0)
        if training >= 5, code.scores[.training] ?? 0 >= 3, file.place.area != .documentation {
            let isTuning =
                code.scores[.fineTuning] ?? 0 >= 4
                || [
                    "finetune", "fine_tune", "fine-tune", "sft", "lora", "dpo", "rlhf", "tuning", "post-training",
                    "posttrain",
                ].contains(where: path.holds)
            mark("training-code", .present, evidence(.training), path: file.path)
            if !isTuning { trainsFromScratch.append((path, name.hasSuffix(".py"))) }
        }
        let evaluation = (code.scores[.evaluation] ?? 0) + (hasEvaluationName ? 3 : 0)
        if evaluation >= 6, code.scores[.evaluation] ?? 0 >= 3 || hasEvaluationName && evaluation >= 4 {
            mark("evaluation-code", .present, evidence(.evaluation), path: file.path)
        }
        if isEvaluationFile, code.codeLines >= 25, code.scores[.evaluation] ?? 0 >= 1 {
            mark("evaluation-code", .present, evidence(.evaluation), path: file.path, confidence: .medium)
        }
        let processing =
            (code.scores[.dataProcessing] ?? 0)
            + (["preprocess", "prepare_", "data_prep", "dedup", "filter", "crawl", "tokenize_"].contains(
                where: name.holds) || name == "data.py"
                || file.place.folders.contains { $0 == "data" || $0 == "preprocessing" || $0 == "datasets" } ? 2 : 0)
        if processing >= 5, code.scores[.dataProcessing] ?? 0 >= 2 {
            mark("data-processing-code", .present, evidence(.dataProcessing), path: file.path)
        }
        let inference =
            (code.scores[.inference] ?? 0)
            + (["infer", "predict", "generat", "demo", "sample", "serve", "pipeline"].contains(where: name.holds)
                ? 2 : 0)
        if inference >= 4, code.scores[.inference] ?? 0 >= 2 {
            mark("inference-code", .present, evidence(.inference), path: file.path)
        }
        let isModelFile =
            ["model.py", "models.py", "network.py", "networks.py", "net.py", "arch.py"].contains(name)
            || name.hasPrefix("modeling_") || name.hasSuffix("_model.py") || name.hasSuffix("_arch.py")
        let architecture = (code.scores[.architecture] ?? 0) + (isModelFile ? 4 : 0)
        if architecture >= 7, code.scores[.architecture] ?? 0 >= 2 {
            mark("architecture", .present, evidence(.architecture), path: file.path)
        }
        fetches(file, code)
    }

    private mutating func fetches(_ file: FileFacts, _ code: CodeFacts) {
        guard file.place.area == .main || file.place.area == .example else { return }
        let path = file.path.lowercased()
        for fetch in code.fetches {
            let evidence = Evidence(path: file.path, lines: LineRange(fetch.line), quote: fetch.target)
            // A set that evaluation or tuning loads is not what the model was trained on.
            if fetch.kind == .data,
                [
                    "eval", "tuning", "finetun", "fine_tun", "sft", "dpo", "post-training", "posttrain", "benchmark",
                    "example", "xp3", "p3",
                ].contains(where: path.holds) || !["data", "prepare", "pretrain", "train"].contains(where: path.holds)
            {
                continue
            }
            mark(
                fetch.kind == .weights ? "weights-final" : "dataset", .linked, evidence, link: fetch.target,
                confidence: .medium)
        }
    }

    // MARK: Links

    /// Files whose words speak for the release: READMEs at its top or beside weights, cards, package descriptions.
    private func speaksForRelease(_ file: FileFacts) -> Bool {
        guard file.place.area == .main else { return false }
        let name = file.place.name
        return file.place.depth == 0 || name == "metadata" || name == "pkg-info" || name.holds("model_card")
            || name.holds("modelcard") || name.holds("model-card") || (file.place.isReadme && file.place.depth <= 2)
    }

    private mutating func links() {
        for file in release.files {
            guard let card = file.card, speaksForRelease(file),
                !["code_of_conduct", "contributing", "changelog", "security"].contains(where: file.place.name.hasPrefix)
            else { continue }
            let isTop = file.place.depth == 0 || file.place.name == "metadata"
            for link in card.links {
                let evidence = Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote)
                let lower = link.quote.lowercased()
                switch link.kind {
                case .hubModel, .weights:
                    if ["weight diff", "weight delta", "delta weight", "weight_diff", "delta_weights"].contains(
                        where: lower.holds)
                    {
                        mark("weights-adapter", .linked, evidence, link: link.target, confidence: .medium)
                    } else if !["tensorboard", "/logs", "-logs"].contains(where: link.target.lowercased().holds) {
                        mark("weights-final", .linked, evidence, link: link.target, confidence: .medium)
                    }
                    if lower.holds("checkpoint"),
                        ["intermediate", "step", "revision", "branch", "tokens"].contains(where: lower.holds)
                    {
                        mark("weights-intermediate", .linked, evidence, link: link.target, confidence: .medium)
                    }
                case .hubDataset, .data:
                    if let id = DataLinks.component(
                        link, fromReadme: isTop, inDataFolder: file.place.folders.contains("data"))
                    {
                        mark(id, .linked, evidence, link: link.target, confidence: .medium)
                    }
                case .paper:
                    if isTop || file.place.isReadme { mark("research-paper", .linked, evidence, link: link.target) }
                case .demo
                where ["demo", "try ", "space", "playground", "体验", "在线", "chat"].contains(where: lower.holds):
                    mark("demo", .linked, evidence, link: link.target, confidence: .medium)
                case .code
                where (lower.holds("training") && (lower.holds("code") || lower.holds("library")))
                    || lower.holds("trained using") || lower.holds("trained with"):
                    if isTop { mark("training-code", .linked, evidence, link: link.target, confidence: .medium) }
                case .code, .licence, .form, .other, .demo: break
                }
                if isTop, ["datasheet", "data card", "dataset card", "data statement"].contains(where: lower.holds) {
                    mark("data-card", .linked, evidence, link: link.target, confidence: .medium)
                }
                if isTop,
                    [
                        "sample output", "generated sample", "output dataset", "samples from", "model's outputs",
                        "-output-dataset", "our samples", "unconditional samples",
                    ].contains(where: lower.holds)
                {
                    mark("sample-outputs", .linked, evidence, link: link.target, confidence: .medium)
                }
                let target = link.target.lowercased()
                if target.holds("://api.") || target.holds("://platform.") {
                    mark("hosted-api", .linked, evidence, link: link.target, confidence: .medium)
                }
            }
            for sentence in card.checkpoints where isTop {
                mark("weights-intermediate", .linked, sentence, confidence: .low)
            }
            for statement in card.access where statement.kind != .closed {
                mark("hosted-api", .claimed, statement.evidence, confidence: .medium)
            }
            for dataset in card.frontMatter?.values("datasets") ?? [] where dataset.contains("/") {
                mark(
                    "dataset", .linked,
                    Evidence(
                        path: file.path, lines: card.frontMatter?.line("datasets").map { LineRange($0) },
                        quote: "datasets: " + dataset), link: dataset, confidence: .medium)
            }
        }
        runsItself()
    }

    /// A package that ships weights and the code of its model runs it, whatever its functions are called.
    private mutating func runsItself() {
        guard found["weights-final"]?.status == .present, found["inference-code"]?.status != .present,
            let architecture = found["architecture"], architecture.status == .present,
            let path = architecture.paths.first(where: { $0.hasSuffix(".py") })
        else { return }
        mark(
            "inference-code", .present, Evidence(path: path, quote: "the model's own code, beside its weights"),
            path: path, confidence: .medium)
    }

    private mutating func promises() {
        for file in release.files {
            for promise in file.card?.promises ?? [] {
                let lower = (promise.quote ?? "").lowercased()
                for (id, words) in [
                    ("training-code", ["training code", "训练代码"]), ("dataset", ["dataset", "training data", "数据集"]),
                    ("weights-final", ["weights", "checkpoint", "权重"]),
                    ("technical-report", ["technical report", "技术报告"]), ("inference-code", ["inference code", "推理代码"]),
                ] where words.contains(where: lower.holds) {
                    mark(id, .promised, promise, confidence: .medium)
                }
            }
        }
    }
}
