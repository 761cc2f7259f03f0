import OpenscanFacts
import OpenscanRules

/// Which component a file of weights or data is.
struct ArtefactComponents {
    let rules: ComponentRules
    let folders: FolderIndex
    let described: DataDescriptions

    /// `nil` for a file that is none.
    func component(_ file: FileFacts) -> ComponentID? {
        guard let artefact = file.artefact else { return nil }
        let isTest = file.place.area == .test
        switch artefact.kind {
        case .tokenizer: return isTest ? nil : .tokenizer
        case .data: return isTest ? nil : data(file, artefact.format)
        case .weights where artefact.pointer == nil || !rules.data.names.matches(file.place.name):
            return rules.weights.trainingState.matches(file.place.name) || isTest ? nil : weights(file, artefact)
        case .weights, .other:
            let isData = artefact.pointer != nil && rules.data.names.matches(file.place.name)
            return isData && !isTest ? data(file, artefact.format) : nil
        }
    }

    func mark(_ id: ComponentID, _ file: FileFacts, in table: inout ComponentTable) {
        guard let artefact = file.artefact else { return }
        let evidence = Evidence(path: file.path)
        // Such a file only claims to be the component.
        if let damage = Self.damage(file) {
            return table.named(id, .claimed, evidence, confidence: .medium, reason: damage)
        }
        // A pointer stands for the file it names; that its content was not seen is in the confidence.
        let reason: Reason? =
            if let pointer = artefact.pointer {
                file.isListedOnly
                    ? Reason("the hub lists it and it is not here (\(pointer.size) bytes)", [evidence])
                    : Reason("a pointer stands for it (\(pointer.size) bytes)", [evidence])
            } else if file.isPartial {
                Reason("judged by what was fetched of it; \(file.unseenBytes) bytes were not", [evidence])
            } else {
                nil
            }
        let isSmall = id == .dataset && described.covers(file) && file.byteCount ?? 0 < rules.data.tableSizes.least
        table.present(
            id, evidence, confidence: artefact.status == .unsupported || reason != nil || isSmall ? .medium : .high,
            reason: reason)
    }

    /// What is wrong with a file that is not whole, or not what its name says; `nil` for all others.
    static func damage(_ file: FileFacts) -> Reason? {
        guard let artefact = file.artefact, artefact.isDamaged else { return nil }
        let fault = artefact.findings.max { $0.severity < $1.severity }
        let words: Wording =
            fault.map { $0.id == .emptyFile ? "an empty file" : "damaged: \($0.detail)" } ?? "damaged"
        return Reason(words, [Evidence(path: file.path)])
    }

    private func weights(_ file: FileFacts, _ artefact: ArtefactFacts) -> ComponentID? {
        let place = file.place
        let path = place.path
        let words = rules.weights
        if !words.areWeights(artefact, at: path) { return nil }
        if rules[.weightsAdapter]?.files.matches(place.name) ?? false || words.isAdapter(artefact)
            || artefact.isAdapter || folders.withAdapter.contains(file.folder)
        {
            return .weightsAdapter
        }
        return rules[.weightsIntermediate]?.paths.matches(path) ?? false ? .weightsIntermediate : .weightsFinal
    }

    private func data(_ file: FileFacts, _ format: FormatID) -> ComponentID? {
        let place = file.place
        let words = Set((place.folders + [place.name]).flatMap { $0.split { !$0.isLetter }.map(String.init) })
        let data = rules.data
        if described.covers(file) {
            // Parts of a data set are told by the name alone: its folder is called after the whole.
            let own = Set(place.name.split { !$0.isLetter }.map(String.init))
            return own.isDisjoint(with: data.evaluationWords) ? .dataset : .evaluationData
        }
        // Figures of an evaluation are its results; what a model said there are samples.
        if data.tableFormats.contains(format), !words.isDisjoint(with: data.resultWords),
            !words.isDisjoint(with: data.evaluationWords)
        {
            return .evaluationResults
        }
        if !words.isDisjoint(with: data.sampleWords) { return .sampleOutputs }
        if !words.isDisjoint(with: data.asideWords) { return nil }
        let isExample = !words.isDisjoint(with: data.exampleWords)
        if !words.isDisjoint(with: data.evaluationWords) || data.benchmarks.areIn(place.path) {
            return isExample && data.tableFormats.contains(format) ? nil : .evaluationData
        }
        guard data.tableFormats.contains(format) else { return .dataset }
        // What a program's package carries is its own: word lists, tables of units, settings.
        if folders.isInPackage(file.folder), !data.trainingNames.matches(place.name) { return nil }
        // Tables that code or packages carry (word lists, settings) are no data sets.
        let size = file.entry.size ?? 0
        if isExample { return nil }
        guard !words.isDisjoint(with: data.trainingWords) || size > data.tableSizes.telling,
            size >= data.tableSizes.least, place.area != .example, place.area != .documentation
        else { return nil }
        // A small table counts only when its name itself says training or data.
        return size > data.tableSizes.named || data.trainingNames.matches(place.name) ? .dataset : nil
    }
}
