import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// What changed between two versions, in words: the same rows for text, Markdown and a page.
struct DifferenceSections {
    /// Something that came, went or is another.
    struct Row {
        var direction: ReleaseDifference.Direction
        var text: String
        var places: [Evidence] = []
        /// What of it changed.
        var details: [Row] = []
    }

    /// Rows of one kind.
    struct Section {
        var title: String
        var rows: [Row]
    }

    private static let longestFigure = 60
    private let rules: RuleSet
    private let words: Words
    private let use: UseWords

    init(_ rules: RuleSet, words: Words) {
        self.rules = rules
        self.words = words
        use = UseWords(rules: rules.use, words: words)
    }

    /// `old -> new` with their revisions.
    func title(_ difference: ReleaseDifference) -> String {
        func name(_ release: ReleaseIdentity) -> String {
            release.name + (release.revision.map { "@" + $0.prefix(12) } ?? "")
        }
        return name(difference.release.old) + " → " + name(difference.release.new)
    }

    func sections(_ difference: ReleaseDifference) -> [Section] {
        [
            Section(title: words("What the change says"), rows: difference.flags.map(flag)),
            Section(title: words("The answer"), rows: answer(difference)),
            Section(title: words("May I use it?"), rows: difference.use.map(row)),
            Section(title: words("Terms"), rows: terms(difference.terms)),
            Section(title: words("Components"), rows: difference.components.map(row)),
            Section(
                title: words("Flags"),
                rows: difference.flagsGained.map { flag($0, .gained) } + difference.flagsLost.map { flag($0, .lost) }),
            Section(
                title: words("Claims"),
                rows: difference.claimsGained.map { claim($0, .gained) }
                    + difference.claimsLost.map { claim($0, .lost) }),
            Section(title: words("Files of weights and data"), rows: difference.artefacts.map(row)),
            Section(
                title: words("Not told"), rows: difference.untold.map { Row(direction: .changed, text: words($0)) }),
        ].filter { !$0.rows.isEmpty }
    }

    private func arrow(_ old: String, _ new: String) -> String {
        "\(old.isEmpty ? "–" : old) → \(new.isEmpty ? "–" : new)"
    }

    private func flag(_ flag: Flag) -> Row {
        let claim = flag.claim.map { [Row(direction: .changed, text: words("claim"), places: [$0])] } ?? []
        return Row(
            direction: .changed,
            text: "\(words(flag.severity.rawValue)) \(flag.id): \(words(flag.title)). \(words(flag.remedy))",
            details: claim + flag.reasons.map { Row(direction: .changed, text: words($0.words), places: $0.evidence) })
    }

    private func flag(_ flag: Flag, _ direction: ReleaseDifference.Direction) -> Row {
        Row(
            direction: direction, text: "\(words(flag.severity.rawValue)) \(flag.id): \(words(flag.title))",
            places: Array((flag.claim.map { [$0] } ?? flag.evidence).prefix(1)))
    }

    private func answer(_ difference: ReleaseDifference) -> [Row] {
        func word(_ answer: Verdict.Answer) -> String {
            switch answer {
            case .yes: words("Open source")
            case .no: words("Not open source")
            case .notShown: words("Not shown to be open source")
            }
        }
        func level(_ id: String, _ rank: Int?) -> String {
            let name = words(rules.gradient.level(id)?.name ?? id)
            return rank.map { words("{0} (level {1})", name, String($0)) } ?? name
        }
        var rows: [Row] = []
        if let verdict = difference.verdict {
            rows.append(Row(direction: .changed, text: arrow(word(verdict.old), word(verdict.new))))
        }
        if let change = difference.level {
            rows.append(
                Row(
                    direction: .changed,
                    text: arrow(level(change.old, difference.rank.old), level(change.new, difference.rank.new))))
        }
        return rows
    }

    private func row(_ change: ReleaseDifference.UseChange) -> Row {
        func name(_ answer: UseAnswer?) -> String { answer.map(use.name) ?? words("not asked") }
        let what = use.name(change.part) + ", " + use.name(change.id)
        return Row(
            direction: .changed, text: what + words(": ") + arrow(name(change.answer.old), name(change.answer.new)),
            details: [
                Row(
                    direction: .changed, text: words(change.reason.words),
                    places: Array(change.reason.evidence.prefix(2)))
            ])
    }

    /// Clauses that changed for several parts alike are listed once.
    private func terms(_ changes: [ReleaseDifference.TermsChange]) -> [Row] {
        changes.enumerated().map { place, change in
            var row = row(change)
            let former = changes[..<place].first { $0.clauses == change.clauses }
            if let former, !change.clauses.isEmpty {
                row.details = row.details.dropLast(change.clauses.count)
                row.details.append(
                    Row(direction: .changed, text: words("the same clauses as of {0}", use.name(former.part))))
            }
            return row
        }
    }

    private func row(_ change: ReleaseDifference.TermsChange) -> Row {
        func terms(_ expression: String?, _ basis: PartTerms.Basis?) -> String {
            guard let basis else { return "" }
            return (expression ?? words("no licence known")) + ", " + words(basis.title)
        }
        let isSame = change.expression.old == change.expression.new && change.basis.old == change.basis.new
        let text =
            isSame
            ? terms(change.expression.new, change.basis.new)
            : arrow(terms(change.expression.old, change.basis.old), terms(change.expression.new, change.basis.new))
        var details = change.clauses.map(row)
        if change.isOpen.old != change.isOpen.new {
            func word(_ isOpen: Bool) -> String { words(isOpen ? "open" : "not open") }
            details.insert(
                Row(direction: .changed, text: arrow(word(change.isOpen.old), word(change.isOpen.new))), at: 0)
        }
        return Row(
            direction: .changed, text: words(change.part.title) + words(": ") + text, places: change.evidence,
            details: details)
    }

    private func row(_ change: ReleaseDifference.ClauseChange) -> Row {
        func figures(_ values: [String: String]) -> String {
            values.sorted { $0.key < $1.key }.map {
                "\($0.key) \(grouped(Printable.text($0.value, limit: Self.longestFigure)))"
            }.joined(separator: ", ")
        }
        let meaning = words(change.meaning)
        let text: String
        switch change.direction {
        case .gained:
            let figures = figures(change.figures.new)
            text = "\(change.id)\(figures.isEmpty ? "" : " (\(figures))"): \(meaning)"
        case .lost: text = "\(change.id): \(meaning)"
        case .changed: text = "\(change.id): \(arrow(figures(change.figures.old), figures(change.figures.new)))"
        }
        return Row(direction: change.direction, text: text, places: [change.evidence])
    }

    /// Figures of a large number in groups of three.
    private func grouped(_ value: String) -> String {
        guard value.utf8.count > 4, value.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return value }
        var out = ""
        for (place, digit) in value.enumerated() {
            if place > 0, (value.utf8.count - place) % 3 == 0 { out += "," }
            out.append(digit)
        }
        return out
    }

    private func row(_ change: ReleaseDifference.ComponentChange) -> Row {
        let direction: ReleaseDifference.Direction =
            change.status.old == .absent ? .gained : change.status.new == .absent ? .lost : .changed
        let name = words(rules.components[change.id]?.name ?? change.id.rawValue)
        return Row(
            direction: direction,
            text: name + words(": ") + arrow(words(change.status.old.rawValue), words(change.status.new.rawValue)),
            places: change.evidence)
    }

    private func claim(_ claim: Claim, _ direction: ReleaseDifference.Direction) -> Row {
        Row(
            direction: direction, text: words(claim.category.rawValue) + ", " + words(claim.subject.rawValue),
            places: [claim.evidence])
    }

    private func row(_ change: ReleaseDifference.ArtefactChange) -> Row {
        let figures = change.figures.sorted { $0.key < $1.key }.map { name, value in
            Row(
                direction: .changed,
                text: words(name) + words(": ") + arrow(grouped(value.old), grouped(value.new)))
        }
        return Row(
            direction: change.direction,
            text: change.path + (change.renamed.map { " → " + $0 + " (" + words("the same bytes") + ")" } ?? ""),
            details: figures)
    }
}
