import OpenscanFacts
import OpenscanRules

/// Everything that binds a part: its own licences, those of the models it was made from, and what keeps it from being known.
struct UseStack: Sendable {
    /// Terms that hold together.
    var terms: [UseTerms] = []
    /// Terms that may hold: a model that only prose hints at.
    var hinted: [UseTerms] = []
    /// Terms that other places name for the same part, and that are not taken to hold.
    var others: [UseTerms] = []
    /// Terms of what has to be got besides to run it.
    var needed: [UseTerms] = []
    /// What has to be got besides, under terms that are not known.
    var unknownNeeds: [Reason] = []
    /// Bans on training with a base's output that this model was trained on.
    var outputBans: [Reason] = []
    /// Policies of use in the release or linked.
    var policies: [Evidence] = []
    /// The choice that was made where the terms leave one.
    var choice: Wording?
    /// Why the terms are not known as a whole.
    var gaps: [Reason] = []
    /// Whether nothing permits anything.
    var isUnlicensed = false

    /// Places without repetitions.
    static func unique(_ evidence: [Evidence]) -> [Evidence] {
        var seen = Set<Evidence>()
        return evidence.filter { seen.insert($0).inserted }
    }
}

/// Puts the stack of each part together from a judged release.
struct UseStacks {
    let dossier: Dossier
    let rules: RuleSet
    private let reader: UseTermsReader

    init(_ dossier: Dossier, rules: RuleSet) {
        self.dossier = dossier
        self.rules = rules
        reader = UseTermsReader(rules: rules)
    }

    /// The stack of a part; `nil` where the release has no such part.
    func stack(_ part: ReleasePart) -> UseStack? {
        guard let own = own(part) else { return nil }
        var stack = own
        guard part == .weights else { return stack }
        let policy = dossier.component(.usagePolicy)
        if policy.isThereOrLinked { stack.policies = policy.evidence + policy.links.map(\.evidence) }
        for base in dossier.model.baseModels {
            if let terms = reader.terms(ofBase: base) {
                stack.outputBans += ban(base, terms, own: own.terms)
                if !stack.terms.contains(where: { $0.id == terms.id && $0.reading != .foreign }) {
                    stack.terms.append(terms)
                }
            } else {
                stack.gaps.append(
                    Reason("read the terms of the base model \(base.name): they are not known here", [base.evidence]))
            }
        }
        stack.hinted = dossier.model.hintedBases.compactMap(reader.terms(ofBase:)).filter { hint in
            !stack.terms.contains { $0.id == hint.id }
        }
        stack.gaps += generated()
        for need in dossier.model.needs {
            if let terms = reader.terms(ofNeed: need) {
                if !(stack.terms + stack.needed).contains(where: { $0.id == terms.id && $0.reading != .foreign }) {
                    stack.needed.append(terms)
                }
            } else if stack.unknownNeeds.count < Self.most {
                stack.unknownNeeds.append(
                    Reason("read the terms of \(need.name), which it needs: they are not known here", [need.evidence]))
            }
        }
        return stack
    }

    /// A base that bans training on its output, and a model that was distilled from it.
    private func ban(_ base: ModelDescription.Base, _ terms: UseTerms, own: [UseTerms]) -> [Reason] {
        guard rules.use.trainedOnOutput.relations.contains(base.relation), !terms.isProbable,
            terms.clauses.contains(where: { $0.status == .present && rules.use.generated.contains($0.id) }),
            let giving = own.first(where: { $0.id != terms.id })
        else { return [] }
        return [
            Reason(
                "\(terms.title) bans training other models on its output, and this one was distilled from it; \(giving.title) would let others have it",
                [base.evidence, giving.place])
        ]
    }

    // MARK: Own terms

    private func own(_ part: ReleasePart) -> UseStack? {
        let covering = dossier.licences.filter { licence in part.components.contains(where: licence.covers) }
        guard let known = dossier.terms[part] else {
            // A list written by hand has licences and no terms.
            guard dossier.terms.isEmpty, let ids = ConcludedExpression.joined(covering.map(\.expressionID)) else {
                return nil
            }
            return chosen(ids, covering)
        }
        guard let expression = known.expression else { return unlicensed(part, known) }
        // The weights' licence may be one that speaks of the package as a whole.
        let named = Set((try? LicenceExpression.parse(expression))?.ids ?? [])
        let telling = covering.filter { named.contains($0.expressionID.rawValue) }
        var stack = chosen(expression, telling.isEmpty ? dossier.licences : telling)
        // A sentence may speak of some weights only: the general text of the release is not out of the question then.
        let general = known.basis == .stated || known.basis == .metadata ? generalTexts : []
        let differing = Set((covering + general).map(\.expressionID)).filter { !named.contains($0.rawValue) }.sorted()
        stack.others = differing.prefix(Self.most).flatMap {
            terms($0.rawValue, covering + general)
        }
        switch known.basis {
        case .text, .stated, .metadata: break
        case .inherited where stack.terms.allSatisfy({ saysItCovers(part, $0) }): break
        case .inherited:
            stack.gaps.append(
                Reason(
                    "find what covers the \(Wording(part.rawValue)), which are only linked: the release says \(expression) of itself alone",
                    known.evidence))
        case .elsewhere, .notStated:
            stack.gaps.append(
                Reason(
                    "read the terms of the \(Wording(part.rawValue)) where the release says they stand", known.evidence)
            )
        }
        return stack
    }

    /// Texts of the whole release, not those of a part or of other people's files.
    private var generalTexts: [JudgedLicence] {
        dossier.licences.filter { $0.method == .text && $0.covers(.inferenceCode) && $0.covers(.modelCard) }
    }

    /// Whether the text itself says that it covers such a part.
    private func saysItCovers(_ part: ReleasePart, _ terms: UseTerms) -> Bool {
        rules.use.covers[part].map { terms.isKnown && terms.reading != .named && terms.has($0) } ?? false
    }

    private func unlicensed(_ part: ReleasePart, _ known: PartTerms) -> UseStack {
        var stack = UseStack()
        let unread = dossier.component(.licenceFile).evidence
        if !unread.isEmpty, dossier.licences.isEmpty {
            stack.gaps.append(Reason("read the licence file: what it says was not recognised", unread))
            return stack
        }
        let isHere = dossier.components.contains { part.components.contains($0.id) && $0.status == .present }
        if known.basis == .notStated, isHere, dossier.licences.isEmpty {
            stack.isUnlicensed = true
        } else {
            stack.gaps.append(
                Reason("find a licence for the \(Wording(part.rawValue)): none is stated here", known.evidence))
        }
        return stack
    }

    /// Terms of an expression; of a choice those that permit most.
    private func chosen(_ text: String, _ covering: [JudgedLicence]) -> UseStack {
        var stack = UseStack()
        guard let expression = try? LicenceExpression.parse(text), expression.ids.count <= Self.most else {
            stack.gaps.append(Reason("read the licences: there are more than are compared here"))
            return stack
        }
        stack.terms = resolve(declared(expression) ?? expression, covering, &stack)
        return stack
    }

    /// Licences of a part that are held against each other.
    private static let most = 64

    /// What the card declares, where it is a choice between the very licences that were found.
    private func declared(_ expression: LicenceExpression) -> LicenceExpression? {
        guard let raw = dossier.expression.declared, let declared = rules.licences.value(raw).expression,
            Self.leavesChoice(declared), Set(declared.ids) == Set(expression.ids)
        else { return nil }
        return declared
    }

    private static func leavesChoice(_ expression: LicenceExpression) -> Bool {
        switch expression {
        case .any: true
        case .all(let parts): parts.contains(where: leavesChoice)
        case .licence, .exception: false
        }
    }

    private func resolve(_ expression: LicenceExpression, _ covering: [JudgedLicence], _ stack: inout UseStack)
        -> [UseTerms]
    {
        switch expression {
        case .licence(let id): return terms(id, covering)
        case .exception(let licence, _):
            // An exception permits more; what it permits is not counted.
            return resolve(licence, covering, &stack)
        case .all(let parts): return parts.flatMap { resolve($0, covering, &stack) }
        case .any(let parts):
            let judge = UseDecisions(rules: rules)
            let branches = parts.map { part in
                let terms = resolve(part, covering, &stack)
                return (part: part, terms: terms, strictness: judge.strictness(terms))
            }
            guard let best = branches.min(by: { $0.strictness < $1.strictness }) else { return [] }
            stack.choice = "chosen among \(expression.text): \(best.part.text)"
            return best.terms
        }
    }

    /// A licence by its id: the places that name it are one, what any of them adds holds.
    private func terms(_ id: String, _ covering: [JudgedLicence]) -> [UseTerms] {
        // An exception that stands alone belongs to a licence beside it, and only permits more.
        if rules.licences.record(LicenceID(id))?.isException ?? false { return [] }
        let places = covering.filter { $0.expressionID.rawValue == id }
        guard var best = places.min(by: { $0.method < $1.method }) else {
            let record = rules.licences.record(LicenceID(id))
            let named = JudgedLicence(
                id: LicenceID(id), name: record?.name ?? id, category: record?.category ?? .unclear, path: "",
                method: .metadata)
            return [reader.terms(of: named, among: dossier.licences)]
        }
        for place in places {
            best.clauses += place.clauses.filter { $0.isBeside && !best.clauses.contains($0) }
        }
        return [reader.terms(of: best, among: dossier.licences)]
    }

    // MARK: Data

    /// Data made by models whose terms bind what is trained on their output.
    private func generated() -> [Reason] {
        dossier.model.datasetTerms.compactMap { data in
            guard let maker = data.generatedBy, let model = rules.models.model(named: maker)?.entry else { return nil }
            let place = Evidence(path: "")
            let clauses =
                rules.clauseRecords.clauses(of: model.licence, at: place)?.filter { $0.status == .present }.map(\.id)
                ?? model.passesDown
            guard !rules.use.generated.isDisjoint(with: clauses) else { return nil }
            return Reason(
                "ask whether \(model.licence) binds it: the data set \(data.name) holds output of \(maker), with which no other models may be trained"
            )
        }
    }
}
