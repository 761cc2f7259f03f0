import OpenscanFacts
import OpenscanRules

/// Components that prose leads to by links, announces or names.
///
/// A link shows exactly what its own words, its sentence and the owner of its target make it: other people's models, code and data are
/// named in a README for many reasons, and are this release's only where the sentence says what they were for.
struct LinkComponents {
    let rules: RuleSet
    let names: OwnNames

    /// Files whose words speak for the release: READMEs at its top or beside weights, cards, package descriptions.
    private func speaksForRelease(_ file: FileFacts) -> Bool {
        let place = file.place
        guard place.area == .main, !rules.places.isCommunityFile(place) else { return false }
        return place.depth == 0 || rules.places.isPackageDescription(place)
            || rules.components[.modelCard]?.files.matches(place.name) ?? false || place.isReadme && place.depth <= 2
    }

    /// A page of the documentation, which says how the release is used, trained and measured: where its weights and data are to be had.
    private func isGuide(_ file: FileFacts) -> Bool {
        file.place.area == .documentation && file.place.depth <= Self.deepestGuide
            && !rules.places.isCommunityFile(file.place)
    }

    private static let deepestGuide = 2

    func mark(_ file: FileFacts, in table: inout ComponentTable) {
        guard let card = file.card else { return }
        guard speaksForRelease(file) else {
            if isGuide(file) { for link in card.links { mark(guide: link, file, in: &table) } }
            return
        }
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

    /// Guides name many things of others; what counts is the release's own, and what they give as weights or data outright.
    private func mark(guide link: Link, _ file: FileFacts, in table: inout ComponentTable) {
        guard link.setting != .shown else { return }
        let evidence = Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote)
        let whose = names.whose(link.target)
        switch link.kind {
        case .weights where whose != .others: weights(link, whose, evidence, in: &table)
        case .hubModel where whose == .own: weights(link, whose, evidence, in: &table)
        case .hubDataset where whose != .others, .data where whose != .others:
            guard let id = dataComponent(link, whose),
                whose == .own || !rules.links.weights.isText(link.target.lowercased())
            else { return }
            // Only what the release itself gives is its training data; what else a guide gets, a reader has to look at.
            if id == .dataset, whose != .own || !saysTrained(link, whose) {
                table.fetched(id, evidence, from: link.target)
            } else {
                table.linked(id, evidence, to: link.target)
            }
        case .demo where whose == .own: table.linked(.demo, evidence, to: link.target)
        default: return
        }
    }

    private func mark(_ link: Link, _ file: FileFacts, isTop: Bool, in table: inout ComponentTable) {
        guard link.setting != .shown else { return }
        let evidence = Evidence(path: file.path, lines: LineRange(link.line), quote: link.quote)
        let whose = names.whose(link.target)
        // The target's own name tells what it is as well.
        let words = link.words + " " + link.anchor + " " + NameWords.path(of: link.target)
        func says(_ id: ComponentID) -> Bool { rules.components[id]?.isLinked(by: words) ?? false }
        switch link.kind {
        case .hubModel, .weights: weights(link, whose, evidence, in: &table)
        case .hubDataset, .data:
            let isInDataFolder = file.place.folders.contains { rules.components.data.subject.words.contains($0) }
            if isTop || isInDataFolder, let id = dataComponent(link, whose) {
                if id == .dataset, !saysTrained(link, whose) {
                    table.fetched(id, evidence, from: link.target)
                } else {
                    table.linked(id, evidence, to: link.target)
                }
            }
        case .paper:
            let isOthers = rules.components.others.areIn(words) || rules.components.others.areIn(link.heading)
            let isCard = rules.components[.modelCard]?.files.matches(file.place.name) ?? false
            if isTop || file.place.isReadme || isCard, !isOthers {
                table.linked(.researchPaper, evidence, to: link.target, confidence: .high)
            }
        case .demo where (whose == .own || whose == .unknown && says(.demo)) && !names.isCopy(link.target):
            table.linked(.demo, evidence, to: link.target)
        case .code where isTop && !isListedData(link) && isCode(link, whose):
            for id in [ComponentID.trainingCode, .evaluationCode, .dataProcessingCode] where says(id) {
                table.linked(id, evidence, to: link.target)
            }
        case .code, .other:
            // "We trained on the following data sets:", and a list of their pages.
            if isTop, link.setting == .prose, isListedData(link) {
                // Whoever keeps them says under which terms: a link to each, and no set of the release's own.
                table.fetched(.dataset, evidence, from: link.target)
            }
        case .licence, .form, .demo: break
        }
        guard link.setting == .prose, whose != .others else { return }
        if isTop {
            for id in [ComponentID.dataCard, .sampleOutputs] where says(id) {
                table.linked(id, evidence, to: link.target)
            }
        }
        if isService(link, words) { table.linked(.hostedAPI, evidence, to: link.target) }
    }

    private func weights(_ link: Link, _ whose: OwnNames.Whose, _ evidence: Evidence, in table: inout ComponentTable) {
        // What the release was made from is known by its own name, and is not what it gives.
        if names.isBase(link.target, rules) { return }
        let rules = rules.components
        let isGiven = whose == .own || whose == .unknown && link.setting == .prose || link.kind == .weights
        let isGivenHere = isGiven && whose != .others && !names.isCopy(link.target)
        guard isGivenHere || rules.giving.areIn(link.words) && !names.isPageOfOthers(link.target) else { return }
        let words = link.words + " " + link.target.lowercased()
        func says(_ id: ComponentID) -> Bool { rules[id]?.isLinked(by: words) ?? false }
        if says(.weightsAdapter) {
            table.linked(.weightsAdapter, evidence, to: link.target)
        } else if !rules.weights.logAddresses.areIn(link.target.lowercased()) {
            table.linked(.weightsFinal, evidence, to: link.target)
        }
        if rules.weights.intermediateSubject.areIn(words), says(.weightsIntermediate) {
            table.linked(.weightsIntermediate, evidence, to: link.target)
        }
    }

    /// Whether a link to a code host leads to code of this release in another place.
    private func isCode(_ link: Link, _ whose: OwnNames.Whose) -> Bool {
        link.setting == .prose && (link.noun == nil || link.noun == .code) && !names.isThisRepository(link.target)
            && (whose == .own
                || whose == .unknown && !rules.components.others.areIn(link.words + " " + link.heading))
    }

    /// An address of a service that the sentence calls one; pictures and counters have such addresses as well.
    private func isService(_ link: Link, _ words: String) -> Bool {
        guard let service = rules.components[.hostedAPI] else { return false }
        return service.linked.areIn(link.target.lowercased()) && service.linkedSubject.areIn(words)
    }

    /// What a link to data leads to, by its sentence, the headings above and the name of the set; `nil` where it is an example, or data that
    /// somebody else's step needs.
    private func dataComponent(_ link: Link, _ whose: OwnNames.Whose) -> ComponentID? {
        let words = rules.components.data
        let isNamedOtherwise = [.code, .paper, .demo, .weights].contains(link.noun)
        guard !isNamedOtherwise || link.kind == .hubDataset else { return nil }
        let line = link.words
        let path = NameWords.path(of: link.target)
        let around = link.heading + " " + link.paragraph + " " + path
        if words.showing.areIn(line) { return nil }
        if words.benchmarks.areIn(link.target.lowercased()) || isMeasured(link) { return .evaluationData }
        // Data for tuning is not what the model was made from.
        let purpose = link.setting == .code ? line + " " + link.heading : line
        if words.tuning.areIn(purpose), !words.madeWhole.areIn(purpose) { return nil }
        let isOfOwn =
            whose == .own && (link.kind == .hubDataset || words.subject.areIn(line))
            || whose == .unknown
                && (link.noun == .data || link.kind == .hubDataset || words.subject.areIn(path))
            || whose == .others && link.kind == .hubDataset && words.subject.areIn(link.heading)
        let isUnderTraining = words.training.areIn(link.heading) && words.listed.areIn(link.heading)
        guard words.making.areIn(around) || isOfOwn || isUnderTraining else { return nil }
        if words.measuring.areIn(link.heading) { return .evaluationData }
        // Data that somebody is thanked for are theirs.
        if whose != .own, rules.components.others.areIn(link.heading) { return nil }
        return words.trying.areIn(link.heading) || words.trying.areIn(line) ? nil : .dataset
    }

    /// Whether a link is an item of a list that its introduction calls data of the training.
    private func isListedData(_ link: Link) -> Bool {
        let words = rules.components.data
        guard let first = link.quote.first, "-*+•".contains(first) || first.isNumber,
            let colon = link.lead.lastIndex(of: ":")
        else { return false }
        let lead = String(link.lead[...colon])
        return words.madeWhole.areIn(lead) && words.listed.areIn(lead) && !words.measuring.areIn(lead)
            && link.lead[colon...].utf8.count <= Self.longestItem
    }

    /// Bytes between an introduction and the link of its item.
    private static let longestItem = 40

    /// Whether a link to data is a statement that the model was trained on them: the release's own data, or words of training in the sentence
    /// or above it. What only sounds like the making of something is a link and no more.
    private func saysTrained(_ link: Link, _ whose: OwnNames.Whose) -> Bool {
        let made = rules.components.data.madeWhole
        return whose == .own || made.areIn(link.words) || made.areIn(link.heading)
    }

    /// Whether the link's own words, else the nearest before it, else those behind speak of measuring rather than of making.
    private func isMeasured(_ link: Link) -> Bool {
        let words = rules.components.data
        if words.measuring.areIn(link.anchor) { return !words.madeWhole.areIn(link.anchor) }
        let lead = link.lead
        let made = words.making.last(in: lead)
        guard let measured = words.measuring.last(in: lead) else {
            return made == nil && words.measuring.areIn(link.words)
        }
        return made.map { $0 < measured } ?? true
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
