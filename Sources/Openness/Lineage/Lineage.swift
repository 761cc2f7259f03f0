import OpenscanFacts
import OpenscanRules

/// Where a model comes from: its bases and data sets as cards, configs, metadata and prose name them.
struct Lineage {
    private let release: ReleaseFacts
    private let rules: RuleSet
    private(set) var bases: [ModelDescription.Base] = []
    /// Bases that prose or a config's old name hints at, where no field names one.
    private(set) var hinted: [ModelDescription.Base] = []
    private(set) var datasets: [String] = []
    private(set) var datasetTerms: [ModelDescription.DatasetTerms] = []

    private static let most = 40
    private static let mostHints = 8
    private static let baseField = "base_model"
    private static let relationField = "base_model_relation"

    init(_ release: ReleaseFacts, rules: RuleSet) {
        self.release = release
        self.rules = rules
        let main = release.files.filter { $0.isKnown && $0.place.area == .main }
        for file in main { fields(file) }
        for file in main where bases.isEmpty { hints(file) }
        for name in datasets { terms(name) }
    }

    // MARK: Fields

    private mutating func fields(_ file: FileFacts) {
        if let head = file.card?.frontMatter {
            let names = head.values(Self.baseField)
            let relation = names.isEmpty ? nil : relation(head, count: names.count)
            let evidence = head.evidence(Self.baseField, path: file.path)
            for name in names { add(name, relation ?? .finetune, .card, evidence) }
            for name in head.values("datasets") { note(dataset: name) }
        }
        if let config = file.config, config.isAdapter || config.isMerge {
            // `_name_or_path` is often the folder that the model was saved from: adapters and merges alone name their base outright.
            for name in config.baseModels {
                add(
                    name, config.isMerge ? .merge : .adapter, config.isMerge ? .mergeConfig : .adapterConfig,
                    Evidence(path: file.path, quote: name))
            }
        }
        guard let artefact = file.artefact else { return }
        metadata(artefact, file)
    }

    private mutating func metadata(_ artefact: ArtefactFacts, _ file: FileFacts) {
        let isAdapter = artefact.isAdapter || rules.components.weights.isAdapter(artefact)
        let namesBase = artefact.metadata.keys.contains(where: rules.lineage.adapterKeys.matches)
        for (key, value) in artefact.metadata.sorted(by: { $0.key < $1.key }) {
            let evidence = Evidence(path: file.path, quote: value)
            if rules.lineage.baseKeys.matches(key) {
                guard !isSaidBetter(key, in: artefact) else { continue }
                add(
                    value, isAdapter ? .adapter : isQuantised(artefact) ? .quantized : .finetune, .artefact, evidence)
            } else if isAdapter, !namesBase, rules.lineage.adapterKindKeys.matches(key) {
                let base = value.split(separator: "/").first.map(String.init) ?? ""
                if !base.isEmpty { add(base, .adapter, .artefact, evidence) }
            } else if rules.lineage.tuneKeys.matches(key) {
                add(value, .finetune, .artefact, evidence)
            } else if rules.lineage.adapterKeys.matches(key) {
                add(value, .adapter, .artefact, evidence)
            } else if rules.lineage.datasetKeys.matches(key) {
                note(dataset: value)
            }
        }
    }

    /// Whether another field on the same base has its address, which says more than its name.
    private func isSaidBetter(_ key: String, in artefact: ArtefactFacts) -> Bool {
        guard let dot = key.lastIndex(of: "."), artefact.metadata[key]?.holds("/") == false else { return false }
        let stem = key[...dot]
        return artefact.metadata.contains {
            $0.key != key && $0.key.hasPrefix(stem) && rules.lineage.baseKeys.matches($0.key) && $0.value.holds("/")
        }
    }

    private func isQuantised(_ artefact: ArtefactFacts) -> Bool {
        artefact.parametersByType.keys.contains(where: rules.lineage.isQuantised)
    }

    /// The field says it, or the files do.
    private func relation(_ head: FrontMatter, count: Int) -> Relation {
        if let stated = head.first(Self.relationField) { return Relation(stated) }
        if count > 1 || release.files.contains(where: { $0.config?.isMerge == true }) { return .merge }
        if release.files.contains(where: { $0.config?.isAdapter == true }) { return .adapter }
        let tags = Set((head.values("tags") + head.values("library_name")).map { $0.lowercased() })
        let said = rules.lineage.relation(tags: tags)
        if said == .quantized { return .quantized }
        let isQuantised = release.files.contains { file in
            file.artefact.map { $0.format == "gguf" && self.isQuantised($0) } ?? false
                || file.config?.quantization != nil
        }
        return isQuantised ? .quantized : said ?? .finetune
    }

    // MARK: Hints

    private mutating func hints(_ file: FileFacts) {
        if let card = file.card, file.place.depth == 0 {
            for base in card.statedBases where !isOwn(base.name) {
                add(base.name, base.relation, .prose, base.evidence)
            }
            for link in card.links where link.kind == .hubModel {
                let words = link.words
                guard let phrase = rules.lineage.phrases.first(where: { $0.words.areIn(words) }),
                    let name = rules.lineage.hubName(link.target), !isMember(name)
                else { continue }
                hint(
                    name, phrase.relation, .prose,
                    Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote))
            }
        }
        guard let config = file.config, !config.isAdapter, !config.isMerge else { return }
        for name in config.baseModels where rules.models.model(named: name) != nil && !isOwn(name) {
            hint(name, .finetune, .config, Evidence(path: file.path, quote: name))
        }
    }

    /// Whether a name goes on from the release's own, as the models of a family do: what a family's page says of them makes none a base.
    private func isMember(_ name: String) -> Bool {
        let own = NameWords.folded(release.name)
        let last = NameWords.folded(name.split(separator: "/").last.map(String.init) ?? name)
        return last == own || own.utf8.count >= 4 && last.hasPrefix(own)
    }

    /// Whether the release has the name's last part in its own.
    private func isOwn(_ name: String) -> Bool {
        let last = name.lowercased().split(separator: "/").last.map(String.init) ?? name
        return release.name.lowercased().contains(last)
    }

    // MARK: Entries

    private mutating func add(
        _ name: String, _ relation: Relation, _ source: ModelDescription.Base.Source, _ evidence: Evidence
    ) {
        guard let base = entry(name, relation, source, evidence), bases.count < Self.most, !holds(bases, base) else {
            return
        }
        bases.append(base)
    }

    private mutating func hint(
        _ name: String, _ relation: Relation, _ source: ModelDescription.Base.Source, _ evidence: Evidence
    ) {
        guard let base = entry(name, relation, source, evidence), hinted.count < Self.mostHints, !holds(hinted, base)
        else { return }
        hinted.append(base)
    }

    private func holds(_ known: [ModelDescription.Base], _ base: ModelDescription.Base) -> Bool {
        known.contains { rules.lineage.bare($0.name) == rules.lineage.bare(base.name) }
    }

    private func entry(
        _ name: String, _ relation: Relation, _ source: ModelDescription.Base.Source, _ evidence: Evidence
    ) -> ModelDescription.Base? {
        let shown = Evidence(path: "", quote: name).quote ?? ""
        guard !shown.isEmpty else { return nil }
        var base = ModelDescription.Base(name: shown, relation: relation, source: source, evidence: evidence)
        if let match = rules.models.model(named: name) {
            base.known = match.entry.id
            base.licence = match.entry.licence
            // A copy under another account passes on what it has under the terms it has it under.
            base.certainty = match.entry.isVerified && source != .config ? .verified : .probable
        }
        return base
    }

    private mutating func note(dataset name: String) {
        let shown = Evidence(path: "", quote: name).quote ?? ""
        guard !shown.isEmpty, datasets.count < Self.most, !datasets.contains(shown) else { return }
        datasets.append(shown)
    }

    private mutating func terms(_ name: String) {
        guard let match = rules.models.dataset(named: name) else { return }
        let entry = match.entry
        datasetTerms.append(
            ModelDescription.DatasetTerms(
                name: name, known: entry.id, licence: entry.licence, commercial: entry.commercial,
                terms: entry.terms, generatedBy: entry.generatedBy, isWithdrawn: entry.isWithdrawn,
                certainty: entry.isVerified && !match.isCopy ? .verified : .probable))
    }
}
