import OpenscanFacts
import OpenscanRules

/// What a base model's licence asks of those who pass a derivative on, and whether this release does it.
struct Duties {
    private let terms: Terms
    private let rules: RuleSet
    private let notice: FileFacts?
    private let attribution: Evidence?
    /// What the release calls itself.
    private let names: [String]

    init(release: ReleaseFacts, terms: Terms, rules: RuleSet) {
        self.terms = terms
        self.rules = rules
        notice = release.files.first { $0.place.licenceName == .notice && $0.place.area == .main }
        attribution = release.files.lazy.compactMap { $0.card?.attributions.first }.first
        let fields = rules.cards.nameFields
        names =
            [release.name]
            + release.files.filter { $0.place.depth == 0 }.flatMap { file in
                fields.prefix(1).compactMap { file.card?.frontMatter?.first($0) }
            }
    }

    /// The bases with their duties judged; only where the base's licence is known.
    func judged(_ bases: [ModelDescription.Base]) -> [ModelDescription.Base] {
        bases.map { base in
            var base = base
            if let model = rules.models.model(id: base.known) {
                base.duties = model.passesDown.compactMap { duty($0, model) }
            }
            return base
        }
    }

    private typealias Duty = ModelDescription.Duty

    private func duty(_ clause: ClauseID, _ model: KnownModel) -> ModelDescription.Duty? {
        guard let proof = rules.clauses[clause]?.proof else { return Duty(clause: clause, status: .unknown, note: nil) }
        switch proof {
        case .licenceText:
            let text = terms.licences.first { $0.id == model.licence && $0.method == .text }
            let note =
                text.map { Reason("its text is at \($0.place)", [$0.evidence]) }
                ?? Reason("no copy of \(model.licence) in the release")
            return Duty(clause: clause, status: text == nil ? .missing : .kept, note: note)
        case .noticeFile:
            let note =
                notice.map { Reason("\($0.path)", [Evidence(path: $0.path)]) }
                ?? model.notice.map { Reason(Wording($0)) } ?? Reason("no NOTICE file")
            return Duty(clause: clause, status: notice == nil ? .missing : .kept, note: note)
        case .displayText:
            let note =
                attribution.map { Reason("\($0.place)", [$0]) }
                ?? Reason("no \u{201C}Built with\u{201D} in the documents")
            return Duty(clause: clause, status: attribution == nil ? .missing : .kept, note: note)
        case .name:
            guard let word = model.name else { return nil }
            let isKept = names.contains { Phrases([rules.lineage.folded(word)]).areIn(rules.lineage.folded($0)) }
            return Duty(
                clause: clause, status: isKept ? .kept : .missing,
                note: Reason("a derivative's name has to hold \u{201C}\(word)\u{201D}"))
        case .terms: return termsDuty(clause, model)
        }
    }

    /// Terms that have to be handed on stand in the weights' own licence.
    private func termsDuty(_ clause: ClauseID, _ model: KnownModel) -> ModelDescription.Duty {
        let own = terms.ofWeights
        guard !own.isEmpty else {
            return Duty(
                clause: clause, status: .unknown, note: Reason("the release names no licence for its weights"))
        }
        let category = rules.licences.record(model.licence)?.category
        let isKept = own.contains { licence in
            licence.id == model.licence || licence.clauseIDs.contains(clause)
                || rules.clauses.has(clause, .limitsPurpose) && category != nil && licence.category == category
        }
        let ids = own.map(\.expressionID.rawValue).joined(separator: ", ")
        return Duty(clause: clause, status: isKept ? .kept : .missing, note: isKept ? nil : Reason("not in \(ids)"))
    }
}
