import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Answers on use and duties for people: a short block on one text, or each with its reason.
struct UseText {
    let names: UseWords

    private var words: Words { names.words }

    init(_ rules: RuleSet, words: Words) { names = UseWords(rules: rules.use, words: words) }

    private static let mostGrounds = 6

    // MARK: Short

    /// Of one text, which has no parts to be told apart: what may be done with it, what not, why, and what it takes.
    func short(_ decisions: [UseDecision], _ duties: [UseDuty], to out: inout TextWriter) {
        guard let first = decisions.first else { return }
        out.line(
            out.style.paint(words("MAY I USE IT?"), .blue) + "  "
                + out.style.paint(words("This informs; it is no legal advice."), .dim))
        for answer in [UseAnswer.yes, .conditions, .no, .unclear] {
            let those = decisions.filter { $0.answer == answer }
            guard !those.isEmpty else { continue }
            let text =
                those.count == decisions.count && answer != .conditions
                ? words("everything that is asked here") : words.list(those.map { names.name($0.id) })
            out.entry(
                out.style.paint(names.name(answer), Self.colour(answer)), column: 17, text, indent: 4, limit: 4)
        }
        var grounds = UseWords.grounds(decisions)
        if grounds.isEmpty { grounds = [first.reason] }
        for ground in grounds.prefix(Self.mostGrounds) { out.paragraph("- " + reason(ground), indent: 4, limit: 3) }
        if grounds.count > Self.mostGrounds {
            out.line("    " + words("… and {0} more (openscan use)", String(grounds.count - Self.mostGrounds)))
        }
        for moment in DutyMoment.allCases {
            var seen = Set<DutyID>()
            let due = duties.filter { $0.moment == moment && seen.insert($0.id).inserted }.map { names.name($0.id) }
            guard !due.isEmpty else { continue }
            out.paragraph(
                names.name(moment) + words(": ") + due.joined(separator: words(", ")), indent: 2, limit: 3)
        }
        out.line()
    }

    // MARK: Whole

    /// Every answer with its reason and conditions.
    func answers(_ decisions: [UseDecision], to out: inout TextWriter) {
        for group in UseWords.groups(decisions) {
            out.line()
            out.line("  " + out.style.paint(group.parts.map(names.name).joined(separator: words(", ")), .bold))
            for decision in group.decisions {
                out.line(
                    "    " + Columns.padded(names.name(decision.id), 34) + " "
                        + out.style.paint(names.name(decision.answer), Self.colour(decision.answer)))
                out.paragraph(reason(decision.reason), indent: 8, limit: 4)
                for condition in decision.conditions { out.paragraph("- " + reason(condition), indent: 8, limit: 4) }
            }
        }
    }

    /// Every duty by its moment, with the words that go along.
    func duties(_ duties: [UseDuty], to out: inout TextWriter) {
        guard !duties.isEmpty else { return }
        out.title(words("WHAT HAS TO BE DONE"))
        for moment in DutyMoment.allCases {
            let due = UseWords.merged(duties.filter { $0.moment == moment })
            guard !due.isEmpty else { continue }
            out.line("  " + out.style.paint(names.name(moment), .bold))
            for (parts, duty) in due {
                let head = names.name(duty.id) + " (" + parts.map(names.name).joined(separator: words(", ")) + ")"
                out.paragraph(
                    head + words(": ") + reason(Reason(duty.words, duty.evidence)), indent: 4, limit: 6)
            }
        }
    }

    private func reason(_ reason: Reason) -> String {
        let places = reason.evidence.compactMap(\.shownPlace)
        return words(reason.words) + (places.isEmpty ? "" : "  " + places.prefix(2).joined(separator: " "))
    }

    static func colour(_ answer: UseAnswer) -> Style.Colour {
        switch answer {
        case .yes: .green
        case .conditions, .unclear: .yellow
        case .no: .red
        }
    }
}
