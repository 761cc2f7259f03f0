import OpenscanFacts
import OpenscanOpenness

/// May I use it, and what must I do.
extension ReviewPage {
    mutating func useAndDuties() -> PageView {
        var groups: [PageView] = []
        for group in UseWords.groups(dossier.use) {
            var rows: [PageView] = []
            for decision in group.decisions {
                rows.append([
                    "name": use.name(decision.id), "mark": mark(Self.tone(decision.answer), use.name(decision.answer)),
                    "human": group.parts.flatMap { human(Review.ID.use($0, decision.id)) },
                    "reason": view(decision.reason), "conditions": views(decision.conditions),
                ])
            }
            groups.append(["parts": list(group.parts.map(use.name)), "rows": rows])
        }
        var moments: [PageView] = []
        for moment in DutyMoment.allCases {
            let due = UseWords.merged(dossier.duties.filter { $0.moment == moment })
            guard !due.isEmpty else { continue }
            var rows: [PageView] = []
            for (parts, duty) in due {
                rows.append([
                    "name": use.name(duty.id), "parts": list(parts.map(use.name)),
                    "reason": view(Reason(duty.words, duty.evidence)), "text": some(duty.text),
                ])
            }
            moments.append(["name": use.name(moment), "rows": rows])
        }
        return ["groups": groups, "moments": moments, "hasDuties": !moments.isEmpty, "isEmpty": groups.isEmpty]
    }

    static func tone(_ answer: UseAnswer) -> Tone {
        switch answer {
        case .yes: .good
        case .conditions: .fair
        case .unclear: .open
        case .no: .bad
        }
    }
}
