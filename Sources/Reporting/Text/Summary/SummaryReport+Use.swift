import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// May it be used, by part: the terms, the answers, what limits them and what they ask.
extension SummaryReport {
    private static let mostGrounds = 5

    mutating func use() {
        guard !dossier.use.isEmpty else { return }
        let names = UseWords(rules: rules.use, words: words)
        out.title(words("MAY I USE IT?"), headline(names))
        for group in UseWords.groups(dossier.use) { answers(group.parts, group.decisions, names) }
        if dossier.gradient.subject == .model, !dossier.use.contains(where: { $0.part == .data }) {
            let data = dossier.component(.dataset)
            if data.status == .absent {
                row(names.name(.data), words("none here, none linked"), "")
            }
        }
        duties(names)
        stack()
        out.paragraph(style.paint(words("This informs; it is no legal advice."), .dim), indent: 2)
    }

    /// The answers to the first questions of everybody, for what matters most.
    private func headline(_ names: UseWords) -> String {
        guard let part = dossier.use.first?.part else { return "" }
        let asked = [UseID.commercialUse, .useInEU]
        return asked.compactMap { id in
            dossier.use.first { $0.part == part && $0.id == id }.map { decision in
                names.short(id) + words(": ")
                    + style.paint(names.short(decision.answer), UseText.colour(decision.answer))
            }
        }.joined(separator: " · ")
    }

    private mutating func answers(_ parts: [ReleasePart], _ decisions: [UseDecision], _ names: UseWords) {
        let title = title(of: parts)
        let fields = decisions.flatMap(\.fields)
        let grounds = UseWords.grounds(decisions).filter { ground in !fields.contains { ground.isOf($0) } }
        // Nothing is known: that is one line, and not eleven questions.
        if grounds.count == 1, let ground = grounds.first, decisions.allSatisfy({ $0.answer == .unclear }),
            dossier.terms[parts[0]]?.expression == nil
        {
            return row(
                style.paint(words.list(parts.map(names.name)), .bold),
                style.paint(names.short(.unclear), .yellow) + words(": ") + words(ground.words.without(title)),
                places(ground.evidence, besides: nil))
        }
        let file = terms(parts, names)
        for answer in [UseAnswer.yes, .conditions, .no, .unclear] {
            let those = decisions.filter { $0.answer == answer && (answer != .conditions || !$0.id.isAboutLimits) }
            guard !those.isEmpty else { continue }
            let isAll = those.count == decisions.count && answer != .conditions
            let text = isAll ? words("everything that is asked here") : words.list(those.map { names.short($0.id) })
            row("  " + style.paint(names.short(answer), UseText.colour(answer)), text, "")
        }
        for ground in grounds.prefix(Self.mostGrounds) {
            out.row(
                "- ", column: 2, words(ground.words.without(title)), place: places(ground.evidence, besides: file),
                indent: 4)
        }
        if grounds.count > Self.mostGrounds {
            out.line(
                "    " + words("… and {0} more (openscan use)", Amounts.whole(grounds.count - Self.mostGrounds)))
        }
        if !fields.isEmpty {
            let listed = fields.sorted { ($1.uses, $0.name.description) < ($0.uses, $1.name.description) }
            out.row(
                "- ", column: 2,
                words(
                    "forbidden uses ({0}): {1}", Amounts.whole(fields.reduce(0) { $0 + $1.uses }),
                    words.list(listed.map { words($0.name) })),
                place: places(fields.flatMap(\.evidence), besides: file, most: 1), indent: 4, limit: 3)
        }
    }

    /// A line for what covers the parts and how that is known; gives the file that says it.
    private mutating func terms(_ parts: [ReleasePart], _ names: UseWords) -> String? {
        var file: String?
        var said: [(parts: [ReleasePart], terms: PartTerms)] = []
        for part in parts {
            guard let terms = dossier.terms[part] else { continue }
            if let known = said.firstIndex(where: {
                $0.terms.expression == terms.expression && $0.terms.basis == terms.basis
                    && $0.terms.evidence.first?.place == terms.evidence.first?.place
            }) {
                said[known].parts.append(part)
            } else {
                said.append(([part], terms))
            }
        }
        for entry in said {
            let place = places(entry.terms.evidence, besides: file, most: 1)
            file = file ?? entry.terms.evidence.first?.path
            row(
                style.paint(words.list(entry.parts.map(names.name)), .bold), covers(entry.terms), place)
        }
        if said.isEmpty {
            row(style.paint(words.list(parts.map(names.name)), .bold), words("no terms known"), "")
        }
        return file
    }

    private func covers(_ terms: PartTerms) -> String {
        let licence = terms.expression.map(title)
        switch (terms.basis, licence) {
        case (.text, let licence?), (.stated, let licence?), (.metadata, let licence?):
            return style.paint(licence, terms.isOpen ? .green : .bold) + words("; ") + words(terms.basis.title)
        case (.inherited, let licence?), (.notStated, let licence?):
            return style.paint(words("not stated; the repository's licence is {0}", licence), .yellow)
        case (.elsewhere, let licence?) where terms.expression != LicenceID.unknown.rawValue:
            return style.paint(words("said to be elsewhere: {0}", licence), .yellow)
        case (.elsewhere, _): return style.paint(words("said to be elsewhere"), .yellow)
        case (_, _): return style.paint(words("no licence stated"), .yellow)
        }
    }

    /// The one licence of the parts, which their reasons need not name again.
    private func title(of parts: [ReleasePart]) -> String? {
        let all = Set(parts.compactMap { dossier.terms[$0]?.expression })
        return all.count == 1 ? all.first : nil
    }

    private mutating func duties(_ names: UseWords) {
        for moment in DutyMoment.allCases {
            let due = dossier.duties.filter { $0.moment == moment }
            guard !due.isEmpty else { continue }
            var seen = Set<DutyID>()
            let named = due.filter { seen.insert($0.id).inserted }.map { names.name($0.id) }
            let file = due.first?.evidence.first?.path
            let isOneFile = due.allSatisfy { $0.evidence.allSatisfy { $0.path == file } }
            out.row(
                "", column: 0, names.name(moment) + words(": ") + words.list(named),
                place: isOneFile ? places(due.flatMap(\.evidence), besides: nil, most: 1) : "", indent: 2)
        }
    }

    /// Other people's models whose terms hold as well.
    private mutating func stack() {
        let model = dossier.model
        for base in (model.baseModels.isEmpty ? model.hintedBases : model.baseModels).prefix(3) {
            let relation = words(base.relation.rawValue)
            row(
                words("made from"),
                "\(base.name) (\(relation))" + words(": ") + words.licence(base.licence, base.certainty),
                base.evidence.shownPlace ?? "")
            let missing = base.duties.filter { $0.status == .missing }.map(\.clause.rawValue)
            if !missing.isEmpty {
                row("", style.paint(words("not kept: "), .yellow) + words.list(missing), "")
            }
        }
        for need in model.needs.prefix(3) {
            row(
                words("needs as well"), need.name + words(": ") + words.licence(need.licence, need.certainty),
                need.evidence.shownPlace ?? "")
        }
        if model.needs.count > 3 {
            row("", words("… and {0} more (--detail)", Amounts.whole(model.needs.count - 3)), "")
        }
        for data in model.datasetTerms.prefix(3) where data.commercial != .yes || data.isWithdrawn {
            row(words("trained on"), data.name + words(": ") + words.terms(data), "")
        }
    }

    mutating func row(_ name: String, _ text: String, _ place: String) {
        let column = Self.names
        if Columns.count(name) >= column {
            out.line("  " + Columns.clipped(name, style.width - 2))
            return out.row("", column: column, text, place: place, indent: 2)
        }
        out.row(name, column: column, text, place: place, indent: 2)
    }
}

extension Reason {
    /// Whether it says what the fields of use say together.
    fileprivate func isOf(_ field: UseField) -> Bool { evidence == field.evidence && words.form.hasPrefix("{0} (") }
}

extension UseID {
    /// Whether its conditions are the limits that are listed anyway.
    fileprivate var isAboutLimits: Bool { self == .atScale || self == .fieldsOfUse }
}
