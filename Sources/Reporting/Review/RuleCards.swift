import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// The rules that a page's verdicts rest on, each once, in words.
struct RuleCards {
    private let rules: RuleSet
    private let words: Words
    private var ids: Set<String> = []

    init(_ rules: RuleSet, words: Words) {
        self.rules = rules
        self.words = words
    }

    /// Puts a rule on the page.
    mutating func use(_ id: String) { ids.insert(id) }

    /// The anchor of a rule; ids are the program's own.
    func link(_ id: String) -> String { "#rule-" + Self.anchor(id) }

    private static func anchor(_ id: String) -> String {
        String(
            id.unicodeScalars.map { scalar in
                let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || scalar.properties.numericType != nil)
                return isPlain || scalar == "." ? Character(scalar) : "-"
            })
    }

    func views() -> [PageView] {
        ids.sorted().map { id in
            let lines = lines(id).filter { !$0.isEmpty }
            return [
                "id": "rule-" + Self.anchor(id), "name": id,
                "lines": lines.map { ["text": words($0), "language": some(language(of: $0))] as PageView },
            ]
        }
    }

    /// What is not in the language of the page says so to whoever reads aloud.
    private func language(of line: Wording) -> String? {
        words.isEnglish || words(line) != line.description ? nil : "en"
    }

    /// What the rule is, what it means, and what follows from it.
    private func lines(_ id: String) -> [Wording] {
        if let flag = rules.flag(FlagID(id)) { return lines(flag) }
        if let clause = rules.clauses[ClauseID(id)] { return lines(clause) }
        if let component = ComponentID(rawValue: id).flatMap({ rules.components[$0] }) {
            return ["component of \(Wording(component.group))", Wording(component.name), Wording(component.meaning)]
        }
        if let level = rules.gradient.level(id) {
            return ["level \(level.rank) of 7 on the Stanford scale", Wording(level.name), Wording(level.meaning)]
        }
        if id.hasPrefix("osd-"), let criterion = Int(id.dropFirst(4)).flatMap(OSDCriterion.init(rawValue:)) {
            let failing = rules.clauses.all.filter { $0.fails.contains(criterion) }.map { Wording($0.id.rawValue) }
            return [
                "criterion of the Open Source Definition", Wording(rules.definition.name(criterion)),
                failing.isEmpty ? "no clause fails it by itself" : "clauses that fail it: \(list(failing))",
            ]
        }
        for framework in rules.frameworks {
            if let criterion = framework.criterion(id) { return lines(criterion, of: framework) }
        }
        return rules.licences.record(LicenceID(id)).map(lines) ?? []
    }

    private func list(_ parts: [Wording]) -> Wording { Wording.joined(parts, by: ", ") }
    private func numbers(_ criteria: [OSDCriterion]) -> String {
        criteria.map { String($0.rawValue) }.joined(separator: ", ")
    }

    private func lines(_ flag: FlagDescription) -> [Wording] {
        [
            "flag, \(Wording(flag.severity.rawValue))", Wording(flag.title), "what clears it: \(Wording(flag.remedy))",
            flag.guardWords.map { Wording($0) } ?? "",
        ]
    }

    private func lines(_ clause: ClauseRule) -> [Wording] {
        [
            "clause, \(Wording(clause.group))", Wording(clause.meaning),
            clause.fails.isEmpty ? "" : "a licence with it fails OSD \(numbers(clause.fails))",
            clause.concern.isEmpty ? "" : "it needs a person's look on OSD \(numbers(clause.concern))",
        ]
    }

    private func lines(_ criterion: Framework.Criterion, of framework: Framework) -> [Wording] {
        func ids(_ list: [String]) -> Wording? { list.isEmpty ? nil : self.list(list.map { Wording($0) }) }
        var lines: [Wording] = ["criterion of \(Wording(framework.name))", Wording(criterion.name)]
        if let all = ids(criterion.all.map(\.rawValue)) { lines.append("looks for each of: \(all)") }
        if let any = ids(criterion.any.map(\.rawValue)) { lines.append("looks for one of: \(any)") }
        switch criterion.licence {
        case .osi?: lines.append("under a licence that the Open Source Initiative approved")
        case .open?: lines.append("under open terms")
        case nil: break
        }
        if let clauses = ids(criterion.freeOf.map(\.rawValue)) { lines.append("no clause of: \(clauses)") }
        if let sections = ids(criterion.sections) { lines.append("sections of cards: \(sections)") }
        if let osd = criterion.osd { lines.append("criterion \(osd.rawValue) of the Open Source Definition") }
        if let limit = criterion.computeLimit { lines.append("at most \(limit) FLOP of training compute") }
        if let unknown = criterion.unknown { lines.append("not decided by files: \(Wording(unknown))") }
        return lines + [criterion.change.isEmpty ? "" : "what would change it: \(Wording(criterion.change))"]
    }

    private func lines(_ record: LicenceRecord) -> [Wording] {
        [
            "licence, \(Wording(record.category.rawValue))", Wording(record.name),
            record.isOSIApproved
                ? "approved by the Open Source Initiative" : "not on the Open Source Initiative's list",
        ]
    }
}

extension Wording {
    fileprivate var isEmpty: Bool { form.isEmpty }
}
