import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Is it open source, and does what the release says of itself hold?
extension SummaryReport {
    mutating func openSource() {
        let verdict = dossier.verdict
        let claims = dossier.claims.filter { $0.isOwn && ($0.category == .openSource || $0.category == .openWeights) }
        let answer =
            switch verdict.answer {
            case .yes: style.paint(words("Yes, as far as files show it."), .green)
            case .no: style.paint(words("No."), .red)
            case .notShown: style.paint(words("Not shown."), .yellow)
            }
        let said =
            claims.isEmpty
            ? words("It does not call itself so.")
            : claims.count == 1
                ? words("Said in {0}.", claims[0].evidence.place)
                : words("Said {0} times, first in {1}.", Amounts.whole(claims.count), claims[0].evidence.place)
        out.title(
            claims.isEmpty ? words("IS IT OPEN SOURCE?") : words("IS \"OPEN SOURCE\" TRUE?"),
            words("{0} {1}", answer, said))
        let file = verdict.sentence.evidence.first?.path
        let failed = failures()
        if verdict.ground == .limited, !failed.isEmpty {
            for failure in failed {
                out.row(
                    "- ", column: 2, failure.words, place: places(failure.places, besides: nil, most: 2), indent: 2,
                    limit: 3)
            }
        } else {
            out.row(
                "- ", column: 2, words(verdict.sentence.words),
                place: places(verdict.sentence.evidence, besides: nil, most: 1), indent: 2)
        }
        if dossier.gradient.subject == .model, verdict.ground == .open, verdict.answer == .notShown,
            let whole = dossier.yardsticks.framework("osaid")
        {
            let required = whole.criteria.filter(\.required)
            out.paragraph(
                "- "
                    + words(
                        "terms are not all of it: {0} of {1} required items of the {2} are met",
                        String(required.count { $0.status == .met }), String(required.count), words(whole.name)),
                indent: 2)
        }
        for question in verdict.needsPerson.filter({ $0 != verdict.sentence }).prefix(3) {
            out.row(
                "- ", column: 2,
                style.paint(words("a person has to decide"), .yellow) + words(": ") + words(question.words),
                place: places(question.evidence, besides: file, most: 2), indent: 2)
        }
        flags()
    }

    /// Criteria of the Open Source Definition that the terms fail, with the clauses' own lines.
    private func failures() -> [(words: String, places: [Evidence])] {
        let covering = dossier.licences.filter { $0.covers(.weightsFinal) || $0.covers(.weightsAdapter) }
        let judged = covering.isEmpty ? dossier.licences.filter { $0.covers(.inferenceCode) } : covering
        return dossier.yardsticks.osd.failed.map { criterion in
            let clauses = judged.flatMap(\.clauses).filter {
                $0.status == .present && rules.clauses[$0.id]?.failed(with: $0.parameters).contains(criterion) == true
            }
            return (
                words(
                    "fails OSD {0}, {1}", String(criterion.rawValue), words(rules.definition.name(criterion))),
                clauses.isEmpty ? judged.prefix(1).map(\.evidence) : clauses.map(\.evidence)
            )
        }
    }

    // MARK: Flags

    /// What speaks against the release's own words: each claim once, what speaks against it under it.
    private mutating func flags() {
        let shown = dossier.flags.filter { $0.severity > .info }
        var claims: [Evidence?] = []
        for flag in shown where !claims.contains(flag.claim) { claims.append(flag.claim) }
        // What rests on no claim comes last.
        for claim in claims.filter({ $0 != nil }) + claims.filter({ $0 == nil }) {
            if let claim {
                out.row(
                    "", column: 0, quote(claim), place: claim.shownPlace ?? "", indent: 2, limit: 1)
            }
            for flag in shown where flag.claim == claim {
                let severity = Columns.padded(words(flag.severity.rawValue), 7)
                let place = flag.reasons.first?.evidence.first ?? flag.evidence.first
                out.row(
                    style.paint(severity, colour(flag.severity)), column: 7,
                    words(flag.title) + style.paint(" " + flag.id.rawValue, .dim), place: place?.shownPlace ?? "",
                    indent: claim == nil ? 2 : 4, limit: 3)
            }
        }
    }

    /// The words of a claim around what makes it one.
    private func quote(_ claim: Evidence) -> String {
        guard let quote = claim.quote else { return "" }
        let room = style.width - 6 - min(Columns.count(claim.shownPlace ?? ""), style.width * 2 / 5)
        let lower = quote.lowercased()
        let phrases = rules.claims.phrases.flatMap(\.words)
        let points = phrases.compactMap { lower.range(of: $0)?.lowerBound }
        let point = points.min().map { lower.distance(from: lower.startIndex, to: $0) } ?? 0
        return "\u{201C}" + Columns.clipped(quote, around: point, room - 2) + "\u{201D}"
    }
}
