import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Each licence with its clauses, and its text as it lies in the release.
extension ReviewPage {
    private static let mostLicences = 60
    private static let mostTexts = 12
    private static let longestText = 1_600

    mutating func licences() -> PageView {
        var rows: [PageView] = []
        for (number, licence) in dossier.licences.prefix(Self.mostLicences).enumerated() {
            rows.append(row(licence, number: number))
        }
        let others = dossier.otherLicences.prefix(Self.mostLicences).map { other -> PageView in
            [
                "id": other.id.rawValue, "reason": words(other.reason.rawValue), "count": String(other.count),
                "paths": list(Array(other.paths.prefix(3))),
            ]
        }
        let rest = dossier.licences.count + dossier.otherLicences.count - rows.count - others.count
        return [
            "rows": rows, "isEmpty": rows.isEmpty, "others": others, "hasOthers": !others.isEmpty,
            "more": some(rest > 0 ? words("… and {0} more (--format json)", String(rest)) : nil),
        ]
    }

    private mutating func row(_ licence: JudgedLicence, number: Int) -> PageView {
        cards.use(licence.id.rawValue)
        var clauses: [PageView] = []
        for clause in licence.clauses {
            cards.use(clause.id.rawValue)
            let rule = rules.clauses[clause.id]
            clauses.append([
                "id": clause.id.rawValue, "rule": cards.link(clause.id.rawValue),
                "meaning": rule.map { words($0.meaning) } ?? "", "mark": some(rule.flatMap(weight)),
                "isPartial": clause.status == .partial,
                "figures": some(
                    clause.parameters.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
                ),
                "isBeside": clause.isBeside, "evidence": places.views([clause.evidence]),
            ])
        }
        let failed = licence.osd.failed
        return [
            "id": licence.expressionID.rawValue, "name": licence.name, "rule": cards.link(licence.id.rawValue),
            "category": words(licence.category.rawValue), "method": words(licence.method.rawValue),
            "coverage": some(licence.method == .text ? Amounts.percent(licence.coverage) + " %" : nil),
            "standing": mark(licence.isOpen ? .good : failed.isEmpty ? .open : .bad, words.standing(licence)),
            "covers": list(licence.appliesTo.map(name)), "coversNothing": licence.appliesTo.isEmpty,
            "statement": some(licence.statement?.text), "nearest": some(licence.nearest?.rawValue),
            "isModified": licence.isModified,
            "missing": some(licence.missingWords > 0 ? String(licence.missingWords) : nil),
            "additions": places.views(licence.additions), "hasAdditions": !licence.additions.isEmpty,
            "evidence": places.views([licence.evidence]), "clauses": clauses, "hasClauses": !clauses.isEmpty,
            "number": String(number),
        ]
    }

    /// What a clause weighs against the Open Source Definition; `nil` for nothing.
    private func weight(_ rule: ClauseRule) -> PageView? {
        if !rule.fails.isEmpty { return mark(.bad, words("fails OSD {0}", words.numbers(rule.fails))) }
        if !rule.concern.isEmpty { return mark(.open, words("OSD {0}: review", words.numbers(rule.concern))) }
        return nil
    }

    /// Texts of licences, line by line with their clauses beside them.
    mutating func licenceTexts() -> (views: [PageView], paths: Set<String>) {
        var ranges: [String: LineRange] = [:]
        var order: [String] = []
        for licence in dossier.licences where licence.method == .text || !licence.clauses.isEmpty {
            guard let lines = context.sources.lines[licence.path], lines.count <= Self.longestText else { continue }
            // A licence file is shown whole: what stands around the text counts as well.
            guard licence.method == .text else { continue }
            if ranges[licence.path] == nil { order.append(licence.path) }
            ranges[licence.path] = LineRange(1, lines.count)
        }
        var out: [PageView] = []
        var paths = Set<String>()
        for path in order.prefix(Self.mostTexts) {
            guard let range = ranges[path] else { continue }
            var notes: [Int: [PageView]] = [:]
            for licence in dossier.licences {
                for clause in licence.clauses where clause.evidence.path == path {
                    guard let line = clause.evidence.lines?.first else { continue }
                    let note: PageView = [
                        "text": clause.id.rawValue, "rule": cards.link(clause.id.rawValue), "isAdded": false,
                    ]
                    if !(notes[line] ?? []).contains(where: { $0["text"] as? String == clause.id.rawValue }) {
                        notes[line, default: []].append(note)
                    }
                }
                for addition in licence.additions where addition.path == path {
                    guard let line = addition.lines?.first else { continue }
                    notes[line, default: []].append([
                        "text": words("not in the standard text"), "rule": "", "isAdded": true,
                    ])
                }
            }
            guard var view = places.whole(path, range, notes: notes) else { continue }
            let here = dossier.licences.filter { $0.path == path }
            view["names"] = list(here.map(\.expressionID.rawValue))
            let missing = here.map(\.missingWords).max() ?? 0
            view["missing"] = some(
                missing > 0 ? words("{0} words of the standard text are not there", String(missing)) : nil)
            out.append(view)
            paths.insert(path)
        }
        return (out, paths)
    }
}
