import OpenscanFacts
import OpenscanOpenness

/// The yardsticks as checklists, what they require first.
extension ReviewPage {
    mutating func yardsticks() -> PageView {
        let yardsticks = dossier.yardsticks
        var lists: [PageView] = []
        if !yardsticks.osd.isEmpty { lists.append(definition()) }
        lists += frameworks()
        return [
            "lists": lists, "isEmpty": lists.isEmpty, "openness": openness(),
            "differences": yardsticks.differences.map { words($0) }, "hasDifferences": !yardsticks.differences.isEmpty,
        ]
    }

    private mutating func definition() -> PageView {
        let osd = dossier.yardsticks.osd
        var rows: [PageView] = []
        for criterion in OSDCriterion.allCases {
            guard let judged = osd.criteria[criterion] else { continue }
            let id = "osd-\(criterion.rawValue)"
            cards.use(id)
            let tone: Tone = judged.verdict == .pass ? .good : judged.verdict == .fail ? .bad : .open
            rows.append([
                "id": id, "rule": cards.link(id), "name": words(rules.definition.name(criterion)),
                "human": human(Review.ID.criterion(criterion)),
                "mark": mark(tone, words(judged.verdict.rawValue)), "words": words(judged.reason),
                "evidence": [PageView](), "change": some(nil as String?),
            ])
        }
        let failed = osd.failed.count
        let open = osd.criteria(.review).count
        return list(
            id: "osd", name: words("Open Source Definition"), version: "",
            verdict: osd.isOpen
                ? words("every criterion met")
                : failed > 0
                    ? words("{0} criteria fail", String(failed)) : words("{0} criteria need a person", String(open)),
            counts: [(.good, rows.count - failed - open), (.open, open), (.bad, failed)], required: rows, optional: [],
            isOpen: true)
    }

    private mutating func frameworks() -> [PageView] {
        var out: [PageView] = []
        for result in dossier.yardsticks.frameworks {
            var required: [PageView] = []
            var optional: [PageView] = []
            for criterion in result.criteria {
                cards.use(criterion.id)
                let row: PageView = [
                    "id": criterion.id, "rule": cards.link(criterion.id), "name": words(criterion.name),
                    "human": human(Review.ID.criterion(criterion.id)),
                    "mark": mark(Self.tone(criterion.status), words(criterion.status.rawValue)),
                    "words": words(criterion.reason), "evidence": places.views(criterion.evidence.prefix(4)),
                    "change": some(criterion.change.map { words($0) }),
                ]
                if criterion.required { required.append(row) } else { optional.append(row) }
            }
            out.append(
                list(
                    id: result.id, name: words(result.name), version: result.version, verdict: words(result.verdict),
                    counts: [
                        (.good, result.met), (.fair, result.partly), (.open, result.cannotTell), (.bad, result.notMet),
                    ], required: required, optional: optional, isOpen: result.id == "osaid"))
        }
        return out
    }

    private static func tone(_ status: FrameworkResult.Status) -> Tone {
        switch status {
        case .met: .good
        case .partly: .fair
        case .cannotTell: .open
        case .notMet: .bad
        }
    }

    private func list(
        id: String, name: String, version: String, verdict: String, counts: [(tone: Tone, count: Int)],
        required: [PageView], optional: [PageView], isOpen: Bool
    ) -> PageView {
        [
            "id": id, "name": name, "version": version, "verdict": verdict, "required": required, "optional": optional,
            "hasBoth": !required.isEmpty && !optional.isEmpty, "isOpen": isOpen,
            "counts": counts.filter { $0.count > 0 }.map { mark($0.tone, String($0.count)) },
        ]
    }

    private func openness() -> PageView {
        let mof = dossier.yardsticks.mof
        let classes = ["3", "2", "1"].compactMap { level -> PageView? in
            guard let state = mof.classes[level] else { return nil }
            func names(_ list: [String]) -> [String] { some(self.list(list.map { words($0) })) }
            return [
                "name": words("class {0}", level),
                "mark": mark(state.met ? .good : .bad, words(state.met ? "met" : "not-met")),
                "included": names(state.included), "missing": names(state.missing),
                "unlicensed": names(state.unlicensed), "invalid": names(state.invalid),
            ]
        }
        return ["verdict": YardstickWords.openness(mof, words), "classes": classes, "isEmpty": classes.isEmpty]
    }
}
