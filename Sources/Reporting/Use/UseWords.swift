import OpenscanFacts
import OpenscanOpenness
import OpenscanRules

/// Names of questions, answers, duties and moments, and what is alike for several parts.
public struct UseWords {
    let rules: UseRules
    let words: Words

    /// - Parameters:
    ///   - rules: names of questions and territories.
    ///   - words: the language.
    public init(rules: UseRules, words: Words) {
        self.rules = rules
        self.words = words
    }

    /// What a question asks about.
    public func name(_ id: UseID) -> String {
        if let name = rules.answer(id)?.name { return words(name) }
        if let territory = rules.territory(id) { return words("use in {0}", words(territory.name)) }
        return words("use in {0}", String(id.rawValue.split(separator: "-").last ?? "").uppercased())
    }

    /// The same in a word or two, for lists.
    func short(_ id: UseID) -> String {
        if let answer = rules.answer(id) { return words(answer.short) }
        return rules.territory(id).map { words("in {0}", words($0.name)) } ?? name(id)
    }

    /// The same of an answer.
    func short(_ answer: UseAnswer) -> String { answer == .conditions ? words("within limits") : name(answer) }

    /// An answer.
    public func name(_ answer: UseAnswer) -> String {
        switch answer {
        case .yes: words("yes")
        case .conditions: words("with conditions")
        case .unclear: words("unclear")
        case .no: words("no")
        }
    }

    func name(_ duty: DutyID) -> String {
        switch duty {
        case .attribution: words("credit")
        case .display: words("words to show")
        case .report: words("reports to the licensor")
        case .includeLicence: words("licence copy")
        case .includeNotice: words("notices")
        case .stateChanges: words("mark changes")
        case .modelName: words("name of the model")
        case .passOnLimits: words("hand on limits")
        case .shareAlike: words("same licence")
        case .discloseSource: words("source")
        case .acceptGate: words("ask or register first")
        }
    }

    func name(_ moment: DutyMoment) -> String {
        switch moment {
        case .redistribute: words("on passing it on")
        case .derive: words("on passing on what was made from it")
        case .display: words("on showing or publishing")
        case .serve: words("on serving others")
        case .always: words("always")
        }
    }

    /// A part of a release.
    public func name(_ part: ReleasePart) -> String { words(part.rawValue) }

    /// Parts with the same answers, together.
    static func groups(_ decisions: [UseDecision]) -> [(parts: [ReleasePart], decisions: [UseDecision])] {
        var out: [(parts: [ReleasePart], decisions: [UseDecision])] = []
        var parts: [ReleasePart] = []
        for decision in decisions where !parts.contains(decision.part) { parts.append(decision.part) }
        for part in parts {
            let own = decisions.filter { $0.part == part }
            if let place = out.firstIndex(where: { same($0.decisions, own) }) {
                out[place].parts.append(part)
            } else {
                out.append(([part], own))
            }
        }
        return out
    }

    private static func same(_ left: [UseDecision], _ right: [UseDecision]) -> Bool {
        left.count == right.count
            && zip(left, right).allSatisfy { left, right in
                left.id == right.id && left.answer == right.answer && left.reason == right.reason
                    && left.conditions == right.conditions
            }
    }

    /// Duties of several parts with the same words, together.
    static func merged(_ duties: [UseDuty]) -> [(parts: [ReleasePart], duty: UseDuty)] {
        var out: [(parts: [ReleasePart], duty: UseDuty)] = []
        for duty in duties {
            if let place = out.firstIndex(where: {
                $0.duty.id == duty.id && $0.duty.moment == duty.moment && $0.duty.words == duty.words
            }) {
                if !out[place].parts.contains(duty.part) { out[place].parts.append(duty.part) }
            } else {
                out.append(([duty.part], duty))
            }
        }
        return out
    }

    /// Why, of decisions that are not plainly given: each reason once.
    static func grounds(_ decisions: [UseDecision]) -> [Reason] {
        var seen = Set<Reason>()
        // What has to be asked at one place is asked once; the questions are listed already.
        var asked = Set<[String]>()
        let unclear = decisions.filter { $0.answer == .unclear }.map(\.reason).filter { reason in
            asked.insert([reason.words.form] + reason.evidence.map(\.place)).inserted
        }
        let reasons =
            decisions.filter { $0.answer == .no }.map(\.reason) + unclear
            + decisions.filter { $0.answer == .conditions }.flatMap(\.conditions)
        return reasons.filter { seen.insert($0).inserted }
    }
}
