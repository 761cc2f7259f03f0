import OpenscanFacts
import OpenscanOpenness

/// What is there, under which terms, and how that is known.
extension ReviewPage {
    mutating func parts() -> PageView {
        var terms: [PageView] = []
        for part in ReleasePart.allCases {
            guard let found = dossier.terms[part] else { continue }
            terms.append([
                "part": words(part.title),
                "terms": found.basis.isSaidHere ? found.expression ?? words("no licence known") : words.terms(found),
                "basis": words(found.basis.title),
                "mark": mark(
                    found.isOpen ? .good : found.osd.isEmpty ? .open : .bad,
                    words(found.isOpen ? "open" : found.osd.isEmpty ? "not stated" : "not open")),
                "evidence": places.views(found.evidence),
            ])
        }
        var groups: [PageView] = []
        var names: [String] = []
        for component in rules.components.all where !names.contains(component.group) { names.append(component.group) }
        for group in names {
            var rows: [PageView] = []
            for rule in rules.components.all where rule.group == group { rows.append(row(dossier.component(rule.id))) }
            groups.append(["name": words(group), "rows": rows])
        }
        let models = dossier.parts.prefix(Self.mostModels).map { part -> PageView in
            [
                "path": part.path, "level": name(ofLevel: part.gradient.level),
                "rank": part.gradient.rank.map(String.init) ?? "",
                "licence": part.licenceOfWeights ?? words("no licence"), "flags": list(part.flags.map(\.rawValue)),
            ]
        }
        return [
            "terms": terms, "hasTerms": !terms.isEmpty, "groups": groups, "models": models,
            "hasModels": !models.isEmpty,
            "declared": some(dossier.expression.declared), "concluded": some(dossier.expression.concluded),
        ]
    }

    private static let mostModels = 200
    private static let mostPlaces = 6

    private mutating func row(_ component: Component) -> PageView {
        cards.use(component.id.rawValue)
        let tone: Tone =
            switch component.status {
            case .present: .good
            case .linked: .fair
            case .promised, .claimed, .unknown: .open
            case .absent: .plain
            }
        let part = ReleasePart.allCases.first { $0.components.contains(component.id) }
        let basis = component.isThereOrLinked ? part.flatMap { dossier.terms[$0] }.map { words($0.basis.title) } : nil
        let places = component.evidence + component.links.map(\.evidence)
        return [
            "name": name(component.id), "rule": cards.link(component.id.rawValue),
            "mark": mark(tone, words(component.status.rawValue)), "isAbsent": component.status == .absent,
            "licence": list(component.licences.map(\.rawValue)), "basis": basis ?? "",
            "confidence": component.status == .absent ? "" : words(component.confidence.rawValue),
            "reasons": views(component.reasons.prefix(3)),
            "evidence": self.places.views(places.prefix(Self.mostPlaces)),
            "more": some(places.count > Self.mostPlaces ? "+" + String(places.count - Self.mostPlaces) : nil),
        ]
    }

    mutating func flags() -> PageView {
        var rows: [PageView] = []
        for flag in dossier.flags {
            cards.use(flag.id.rawValue)
            let tone: Tone = flag.severity == .high ? .bad : flag.severity == .medium ? .fair : .open
            // What stands behind a reason already is shown once.
            let reasoned = Set(flag.reasons.flatMap { $0.evidence.map(\.place) })
            let evidence = flag.evidence.filter { $0.quote != nil || !reasoned.contains($0.place) }
            rows.append([
                "id": flag.id.rawValue, "rule": cards.link(flag.id.rawValue), "title": words(flag.title),
                "mark": mark(tone, words(flag.severity.rawValue)), "severity": flag.severity.rawValue,
                "claim": some(flag.claim.flatMap { places.view($0) }), "hasClaim": flag.claim != nil,
                "evidence": places.views(evidence.prefix(12)), "reasons": views(flag.reasons.prefix(12)),
                "remedy": words(flag.remedy), "human": human(Review.ID.flag(flag.id)),
            ])
        }
        return ["rows": rows, "isEmpty": rows.isEmpty]
    }

    private static let mostClaims = 300

    /// By language, as far as the script tells.
    mutating func claims() -> PageView {
        let shown = dossier.claims.prefix(Self.mostClaims)
        var languages: [String] = []
        for claim in shown {
            let language = CitedPlaces.language(claim.evidence.quote)
            if !languages.contains(language) { languages.append(language) }
        }
        var groups: [PageView] = []
        for language in languages {
            var rows: [PageView] = []
            for claim in shown where CitedPlaces.language(claim.evidence.quote) == language {
                rows.append([
                    "category": words(claim.category.rawValue), "subject": words(claim.subject.rawValue),
                    "polarity": words(claim.polarity.rawValue), "isOwn": claim.isOwn,
                    "place": some(places.view(claim.evidence)),
                ])
            }
            groups.append([
                "language": Self.name(ofLanguage: language, words), "rows": rows, "showsLanguage": languages.count > 1,
            ])
        }
        let rest = dossier.claims.count - shown.count
        return [
            "groups": groups, "isEmpty": groups.isEmpty,
            "more": some(rest > 0 ? words("… and {0} more (--format json)", String(rest)) : nil),
        ]
    }

    private static func name(ofLanguage code: String, _ words: Words) -> String {
        switch code {
        case "zh": words("in Chinese characters")
        case "ja": words("in Japanese script")
        case "ko": words("in Korean script")
        case "ru": words("in Cyrillic script")
        case "ar": words("in Arabic script")
        default: words("in Latin script")
        }
    }
}
