import OpenscanFacts
import OpenscanRules

/// Components that prose leads to by links, announces or names.
struct LinkComponents {
    let rules: RuleSet

    /// Files whose words speak for the release: READMEs at its top or beside weights, cards, package descriptions.
    private func speaksForRelease(_ file: FileFacts) -> Bool {
        let place = file.place
        guard place.area == .main, !rules.places.isCommunityFile(place) else { return false }
        return place.depth == 0 || rules.places.isPackageDescription(place)
            || rules.components[.modelCard]?.files.matches(place.name) ?? false || place.isReadme && place.depth <= 2
    }

    func mark(_ file: FileFacts, in table: inout ComponentTable) {
        guard let card = file.card, speaksForRelease(file) else { return }
        let isTop = file.place.depth == 0 || rules.places.isPackageDescription(file.place)
        for link in card.links { mark(link, file, isTop: isTop, in: &table) }
        if isTop { for sentence in card.checkpoints { table.linked(.weightsIntermediate, sentence, confidence: .low) } }
        for statement in card.access where statement.kind != .closed {
            table.named(.hostedAPI, .claimed, statement.evidence)
        }
        guard let head = card.frontMatter else { return }
        for dataset in head.values("datasets") where dataset.contains("/") {
            table.linked(.dataset, head.evidence("datasets", value: dataset, path: file.path), to: dataset)
        }
    }

    private func mark(_ link: Link, _ file: FileFacts, isTop: Bool, in table: inout ComponentTable) {
        let evidence = Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote)
        let line = link.quote.lowercased()
        func says(_ id: ComponentID, _ text: String) -> Bool { rules.components[id]?.isLinked(by: text) ?? false }
        switch link.kind {
        case .hubModel, .weights:
            if says(.weightsAdapter, line) {
                table.linked(.weightsAdapter, evidence, to: link.target)
            } else if !rules.components.weights.logAddresses.areIn(link.target.lowercased()) {
                table.linked(.weightsFinal, evidence, to: link.target)
            }
            if rules.components.weights.intermediateSubject.areIn(line), says(.weightsIntermediate, line) {
                table.linked(.weightsIntermediate, evidence, to: link.target)
            }
        case .hubDataset, .data:
            let isInDataFolder = file.place.folders.contains { rules.components.data.subject.words.contains($0) }
            if isTop || isInDataFolder, let id = dataComponent(link) { table.linked(id, evidence, to: link.target) }
        case .paper:
            let isOthers =
                rules.components.othersPapers.areIn(line) || rules.components.othersPapers.areIn(link.heading)
            if isTop || file.place.isReadme, !isOthers {
                table.linked(.researchPaper, evidence, to: link.target, confidence: .high)
            }
        case .demo where says(.demo, line): table.linked(.demo, evidence, to: link.target)
        case .code where isTop && says(.trainingCode, line): table.linked(.trainingCode, evidence, to: link.target)
        case .code, .licence, .form, .other, .demo: break
        }
        if isTop {
            for id in [ComponentID.dataCard, .sampleOutputs] where says(id, line) {
                table.linked(id, evidence, to: link.target)
            }
        }
        if says(.hostedAPI, link.target.lowercased()) { table.linked(.hostedAPI, evidence, to: link.target) }
    }

    /// What a link to data leads to, by the words beside it, the headings above and the name of the set; `nil` where it is an example, or data that
    /// somebody else's step needs.
    private func dataComponent(_ link: Link) -> ComponentID? {
        let words = rules.components.data
        let line = link.quote.lowercased()
        let around = link.heading + " " + line
        if words.showing.areIn(line) { return nil }
        if words.benchmarks.areIn(link.target.lowercased()) || words.measuring.areIn(line) { return .evaluationData }
        // Data for tuning is not what the model was made from.
        if words.tuning.areIn(line), !words.madeWhole.areIn(line) { return nil }
        guard words.making.areIn(around) || words.subject.areIn(line) else { return nil }
        if words.measuring.areIn(link.heading) { return .evaluationData }
        return words.trying.areIn(around) ? nil : .dataset
    }

    func markPromises(_ file: FileFacts, in table: inout ComponentTable) {
        for promise in file.card?.promises ?? [] {
            let text = (promise.quote ?? "").lowercased()
            for component in rules.components.all where component.promised.areIn(text) {
                table.named(component.id, .promised, promise)
            }
        }
    }
}
