import OpenscanFacts
import OpenscanRules

/// Decides which components a release has, from what its files hold.
struct ComponentFinder {
    /// What was found.
    struct Result {
        /// Every component, in the order of the rules.
        var components: [Component]
        /// Component of each artefact, by path.
        var ofArtefacts: [String: ComponentID]
        /// Components to which a statement of the release leads.
        var stated: Set<ComponentID>
        /// Whether training code does more than tune a finished model.
        var hasPretrainingCode: Bool
        /// Other makers' models that programs get, each with the first place that does.
        var others: [OthersModel]
    }

    static func find(_ release: ReleaseFacts, folders: FolderIndex, rules: RuleSet) -> Result {
        var table = ComponentTable()
        var ofArtefacts: [String: ComponentID] = [:]
        let described = DataDescriptions(release)
        let artefacts = ArtefactComponents(rules: rules.components, folders: folders, described: described)
        let documents = DocumentComponents(rules: rules, folders: folders)
        var programs = ProgramComponents(rules: rules.components)
        for file in release.files where file.place.area != .thirdParty && file.place.area != .client {
            if let id = artefacts.component(file) {
                ofArtefacts[file.path] = id
                artefacts.mark(id, file, in: &table)
            } else if file.artefact == nil, file.byteCount ?? 0 > 0, described.names(file) {
                table.present(.dataset, Evidence(path: file.path), confidence: .medium)
            }
            // Tests lend nothing to the model; other people's code neither, and a name on a list is no file.
            guard file.place.area != .test, !file.isListedOnly || file.artefact?.pointer != nil else { continue }
            documents.mark(file, in: &table)
            NamedComponents(rules: rules.components).mark(file, in: &table)
            programs.mark(file, in: &table)
            config(file, in: &table)
        }
        for file in release.files {
            guard let damage = ArtefactComponents.damage(file), let id = ofArtefacts[file.path] else { continue }
            table.doubted(id, damage)
        }
        for address in described.addresses {
            guard let target = address.quote else { continue }
            let isMeasure = rules.components.data.benchmarks.areIn(target.lowercased())
            table.linked(isMeasure ? .evaluationData : .dataset, address, to: target)
        }
        let names = OwnNames(release, rules: rules)
        let links = LinkComponents(rules: rules, names: names)
        for file in release.files { links.mark(file, in: &table) }
        // What the release says of itself comes before what its programs get.
        var others: [OthersModel] = []
        for file in release.files where file.code != nil { programs.fetches(file, names, in: &table, &others) }
        runsItself(in: &table)
        for file in release.files { links.markPromises(file, in: &table) }
        let pretrains = programs.hasPretrainingCode(hasModel: table[.architecture].status == .present)
        return Result(
            components: rules.components.all.map { table[$0.id] }, ofArtefacts: ofArtefacts,
            stated: table.stated, hasPretrainingCode: pretrains, others: others)
    }

    private static func config(_ file: FileFacts, in table: inout ComponentTable) {
        guard let config = file.config else { return }
        table.present(.modelMetadata, Evidence(path: file.path))
        guard let name = config.architectures.first ?? config.modelType else { return }
        table.present(.architecture, Evidence(path: file.path, quote: name), confidence: .medium)
    }

    /// A package that ships weights and the code of its model runs it, whatever its functions are called.
    private static func runsItself(in table: inout ComponentTable) {
        guard table[.weightsFinal].status == .present, table[.inferenceCode].status != .present,
            case let architecture = table[.architecture], architecture.status == .present,
            let path = architecture.paths.first(where: { $0.hasSuffix(".py") })
        else { return }
        let evidence = Evidence(path: path)
        table.present(
            .inferenceCode, evidence, confidence: .medium,
            reason: Reason("the model's own code, beside its weights", [evidence]))
    }
}
