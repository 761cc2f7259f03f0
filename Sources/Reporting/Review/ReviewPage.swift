import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The reviewer's page: one document that opens everywhere, with every place that it rests on inside. It prints a
/// dossier and decides nothing.
public struct ReviewPage {
    let dossier: Dossier
    let rules: RuleSet
    let words: Words
    let language: Language
    let context: ReviewContext
    let use: UseWords
    var places: CitedPlaces
    var cards: RuleCards

    /// The page as HTML.
    /// - Throws: `PageProblem` where a template is damaged.
    public static func text(
        _ dossier: Dossier, rules: RuleSet, language: Language, context: ReviewContext, templates: PageTemplates
    ) throws(PageProblem) -> String {
        var page = ReviewPage(dossier, rules: rules, language: language, context: context)
        var view = page.view()
        view["style"] = templates.style
        view["script"] = templates.script
        view["policy"] = templates.policy(hasScript: true)
        return try templates.text(view, "page")
    }

    private init(_ dossier: Dossier, rules: RuleSet, language: Language, context: ReviewContext) {
        self.dossier = dossier
        self.rules = rules
        self.language = language
        self.context = context
        words = Words(language, rules: rules)
        use = UseWords(rules: rules.use, words: words)
        places = CitedPlaces(context.sources, words: words)
        cards = RuleCards(rules, words: words)
    }

    private mutating func view() -> PageView {
        let release = dossier.release
        let isRead = dossier.gradient.subject.isJudged
        var view: PageView = [
            "language": language.rawValue, "name": release.name, "facts": words.facts(dossier.release),
            "t": PageLabels.all(words),
            "isRead": isRead, "answer": answer(), "errors": unread(), "reproduce": reproduce(),
        ]
        if isRead {
            view["use"] = useAndDuties()
            view["gradient"] = gradient()
            view["access"] = some(access())
            view["parts"] = parts()
            view["licences"] = licences()
            view["yardsticks"] = yardsticks()
            view["flags"] = flags()
            view["claims"] = claims()
            view["lineage"] = lineage()
            view["weights"] = weights()
        }
        if let review = context.review { view["decisions"] = some(decisions(review)) }
        // Only now is it known what all sections cite.
        let shown = licenceTexts()
        if var licences = view["licences"] as? PageView {
            licences["texts"] = shown.views
            view["licences"] = licences
        }
        view["sources"] = places.excerpts(except: shown.paths)
        view["rules"] = cards.views()
        return view
    }

    // MARK: Views that sections share

    /// A sentence with its places.
    mutating func view(_ reason: Reason) -> PageView {
        ["words": words(reason.words), "evidence": places.views(reason.evidence)]
    }

    mutating func views(_ reasons: some Sequence<Reason>) -> [PageView] {
        var out: [PageView] = []
        for reason in reasons { out.append(view(reason)) }
        return out
    }

    /// What a person decided of an answer; nothing where nobody did.
    func human(_ id: String) -> [PageView] {
        guard let reviewed = context.review?[id], let decision = reviewed.decision else { return [] }
        let said = words.outcome(decision)
        return [
            [
                "said": said, "reason": decision.reason, "isStale": reviewed.state == .stale,
                "who": words("{0} on {1}", decision.by, decision.date),
            ]
        ]
    }

    /// A word with the sign and colour of what it says.
    func mark(_ tone: Tone, _ text: String) -> PageView { ["tone": tone.rawValue, "sign": tone.sign, "text": text] }

    /// How good an answer is for whoever wants the release open.
    enum Tone: String {
        case good, fair, bad, open, plain

        /// Colours alone say nothing to some readers.
        var sign: String {
            switch self {
            case .good: "✓"
            case .fair: "◐"
            case .bad: "✗"
            case .open: "?"
            case .plain: "–"
            }
        }
    }

    func name(_ id: ComponentID) -> String { words(rules.components[id]?.name ?? id.rawValue) }
    func name(ofLevel id: String) -> String { words(rules.gradient.level(id)?.name ?? id) }
    func list(_ texts: [String]) -> String { texts.joined(separator: words(", ")) }
}
