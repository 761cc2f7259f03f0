import OpenscanFacts
import OpenscanOpenness

/// What a person decided, and a form to decide it with.
extension ReviewPage {
    mutating func decisions(_ review: Review) -> PageView {
        var open: [PageView] = []
        var others: [PageView] = []
        for reviewed in review.questions {
            let row = row(reviewed)
            if reviewed.question.isOpen || reviewed.decision != nil { open.append(row) } else { others.append(row) }
        }
        let decided = review.questions.count { $0.state == .decided }
        let stale = review.questions.count { $0.state == .stale }
        return [
            "open": open, "others": others, "hasOthers": !others.isEmpty, "isEmpty": open.isEmpty,
            "count": words(
                "{0} decided, {1} stale, {2} left to a person", String(decided), String(stale),
                String(review.questions.count { $0.question.isOpen && $0.state != .decided })),
            "release": dossier.release.name, "program": "\(context.tool.name) \(context.tool.version)",
            "fileName": "openscan-review.yml",
        ]
    }

    private mutating func row(_ reviewed: ReviewedQuestion) -> PageView {
        let question = reviewed.question
        let decision = reviewed.decision
        return [
            "id": question.id, "title": words(question.title), "machine": words(question.machine),
            "word": question.machine, "reason": words(question.reason), "digest": question.digest,
            "evidence": places.views(question.evidence.prefix(4).filter { $0.lines != nil || $0.offset != nil }),
            "answers": question.answers.joined(separator: ","), "human": human(question.id),
            "outcome": decision?.outcome.rawValue ?? ReviewDecision.Outcome.open.rawValue,
            "answer": decision?.answer ?? "", "why": decision?.reason ?? "", "by": decision?.by ?? "",
            "date": decision?.date ?? "",
        ]
    }
}
