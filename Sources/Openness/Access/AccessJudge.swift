import OpenscanFacts
import OpenscanRules

/// How a release can be had, from its components and what its documents say: every answer with its place, or unknown.
///
/// Files show what is offered. They do not show a setting of a hub, a service that nobody mentions, or what happens after a form is sent: what is not
/// said is unknown there, never denied.
struct AccessJudge {
    let rules: RuleSet
    let components: [Component]
    /// Whether something is said of the weights' terms here.
    let isLicensed: Bool
    let documents: AccessDocuments
    /// What a hub asks for, where a manifest of what was fetched says so.
    private let hubGate: HubGate

    typealias Answer = ReleaseAccess.Answer

    init(
        _ speaking: SpeakingDocuments, components: [Component], terms: Terms, rules: RuleSet,
        hubGate: HubGate = .unknown
    ) {
        self.hubGate = hubGate
        self.rules = rules
        self.components = components
        isLicensed = !terms.ofWeights.isEmpty && terms.parts[.weights]?.basis.isSaidHere ?? false
        documents = AccessDocuments(speaking, rules: rules)
    }

    var access: ReleaseAccess {
        let direct = ReleaseAccess.Way.direct.map(offer)
        let indirect = ReleaseAccess.Way.indirect.map(offer)
        let gate = gate
        let who = who(gate, direct)
        let timing = AccessTiming(components: components, documents: documents)
        let when = timing.answer(direct)
        let how = AccessPractice(components: components, documents: documents, rules: rules).customs
        return ReleaseAccess(
            direct: direct, indirect: indirect, who: who, gate: gate, when: when, promises: timing.promises, how: how,
            summary: Self.summary(direct, indirect, who, when))
    }

    // MARK: What

    private func component(_ id: ComponentID) -> Component { components.first { $0.id == id } ?? Component(id: id) }

    /// Components by which a way shows.
    private static func parts(of way: ReleaseAccess.Way) -> [ComponentID] {
        switch way {
        case .weights: ComponentID.weights
        case .api: [.hostedAPI]
        case .demo: [.demo]
        case .paper: [.researchPaper, .technicalReport]
        case .code: [.trainingCode, .inferenceCode, .evaluationCode, .dataProcessingCode]
        case .data: [.dataset, .evaluationData]
        case .fineTuning, .compute: []
        }
    }

    private func offer(_ way: ReleaseAccess.Way) -> ReleaseAccess.Offer {
        let best = Self.parts(of: way).map(component).max { $0.status < $1.status }
        if let best, best.status > .unknown {
            let places = best.evidence + best.links.map(\.evidence)
            let reason = Reason("\(Wording(name(best.id))) \(Wording(best.status.rawValue))", Array(places.prefix(1)))
            return ReleaseAccess.Offer(way: way, status: best.status, reason: reason)
        }
        if let said = said(way) { return said }
        switch way {
        case .weights, .paper, .code, .data:
            return ReleaseAccess.Offer(way: way, status: .absent, reason: Reason("neither in the release nor linked"))
        case .api, .fineTuning, .demo, .compute:
            return ReleaseAccess.Offer(
                way: way, status: .unknown, reason: Reason("nothing in the release speaks of it"))
        }
    }

    private func name(_ id: ComponentID) -> String { rules.components[id]?.name ?? id.rawValue }

    /// What only a sentence says.
    private func said(_ way: ReleaseAccess.Way) -> ReleaseAccess.Offer? {
        func offer(_ status: ComponentStatus, _ words: Wording, _ evidence: Evidence) -> ReleaseAccess.Offer {
            ReleaseAccess.Offer(way: way, status: status, reason: Reason(words, [evidence]))
        }
        switch way {
        case .api, .fineTuning:
            let kind: AccessStatement.Kind = way == .api ? .api : .fineTuning
            if let said = documents.access(kind) { return offer(.claimed, "a sentence says so", said) }
            return documents.access(.closed).map { offer(.absent, "a sentence says that there is none", $0) }
        case .demo: return documents.access(.closed).map { offer(.absent, "a sentence says that there is none", $0) }
        case .compute: return documents.first(.computeOffered).map { offer(.claimed, "a sentence says so", $0) }
        case .weights, .paper, .code, .data: return nil
        }
    }

    // MARK: To whom

    /// What stands before the files, by fields of the card, forms that are linked and sentences that ask.
    private var gate: Answer<ReleaseAccess.Gate> {
        if let field = documents.formField {
            return Answer(.form, Reason("a field of the card asks who wants the files", [field]))
        }
        if let sentence = documents.selectingSentence {
            return Answer(.form, Reason("something has to be signed, filled in or approved first", [sentence]))
        }
        if let form = documents.formLink { return Answer(.form, Reason("a form is linked", [form])) }
        if let field = documents.gateField {
            return Answer(.prompt, Reason("a field of the card puts terms before the files", [field]))
        }
        switch hubGate {
        case .manual: return Answer(.form, Reason("the hub gives it to whom its owner lets in"))
        case .automatic: return Answer(.prompt, Reason("the hub gives it to whoever agrees to what it asks"))
        case .none: return Answer(.none, Reason("the hub asks for nothing, by the list of what was fetched"))
        case .unknown: break
        }
        if let said = documents.first(.noGate) {
            return Answer(.none, Reason("a sentence says that there is none", [said]))
        }
        return Answer(.unknown, Reason("nothing asks for anything first; settings of a hub are not in its files"))
    }

    private func who(_ gate: Answer<ReleaseAccess.Gate>, _ direct: [ReleaseAccess.Offer]) -> Answer<
        ReleaseAccess.Audience
    > {
        let isOffered = direct.contains { $0.status == .present || $0.status == .linked }
        if let sentence = documents.selectingSentence {
            return Answer(.applicants, Reason("something has to be signed, filled in or approved first", [sentence]))
        }
        if let sentence = documents.first(.audienceApplicants) {
            return Answer(.applicants, Reason("it has to be asked for", [sentence]))
        }
        if let said = documents.first(.audienceInsiders) {
            return Answer(.insiders, Reason("a sentence keeps it inside", [said]))
        }
        if !isOffered, let said = documents.access(.closed) {
            return Answer(.insiders, Reason("a sentence says that it is not given out", [said]))
        }
        if hubGate == .manual { return Answer(.applicants, gate.reason) }
        switch gate.value {
        case .form: return Answer(.unknown, Reason("who is let in after the form is not said", gate.reason.evidence))
        case .prompt: return Answer(.everybody, Reason("whoever agrees to the terms of the card", gate.reason.evidence))
        case .none: return Answer(.everybody, gate.reason)
        case .unknown: break
        }
        guard isOffered else { return Answer(.unknown, Reason("nothing says who can have it")) }
        let weights = direct.first { $0.way == .weights }
        if weights?.status != .present, let linked = direct.first(where: { $0.status == .linked }) {
            return Answer(.everybody, Reason("linked without a condition", linked.reason.evidence))
        }
        return isLicensed
            ? Answer(.everybody, Reason("licensed to whoever has it", direct.first?.reason.evidence ?? []))
            : Answer(.unknown, Reason("nothing says who can have it"))
    }

    // MARK: In a sentence

    private static func summary(
        _ direct: [ReleaseAccess.Offer], _ indirect: [ReleaseAccess.Offer], _ who: Answer<ReleaseAccess.Audience>,
        _ when: Answer<ReleaseAccess.Timing>
    ) -> Reason {
        func list(_ offers: [ReleaseAccess.Offer]) -> Wording {
            let shown = offers.filter { $0.status > .unknown }.map { offer -> Wording in
                let way = Wording(offer.way.rawValue)
                return offer.status == .present ? way : "\(way) (\(Wording(offer.status.rawValue)))"
            }
            return shown.isEmpty ? "nothing shown" : .joined(shown, by: ", ")
        }
        let places = direct.first { $0.status > .unknown }?.reason.evidence ?? []
        return Reason(
            "directly: \(list(direct)); beside it: \(list(indirect)); for whom: \(Wording(who.value.rawValue)); when: \(Wording(when.value.rawValue))",
            places)
    }
}
