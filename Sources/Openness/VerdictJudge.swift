import OpenscanFacts
import OpenscanRules

/// "Is this open source?" in a word and a sentence, and what a person still has to decide.
struct VerdictJudge {
    let rules: RuleSet

    private static let relaxed: FlagID = "ow-26"

    func judge(
        gradient: Gradient, yardsticks: Yardsticks, terms: [ReleasePart: PartTerms], licences: [JudgedLicence],
        expression: ConcludedLicences, flags: [Flag]
    ) -> Verdict {
        guard let ids = expression.ofWeights else {
            return Verdict(
                answer: .no, ground: .unlicensed,
                sentence: Reason("No licence found: nothing may be copied, changed or passed on by default"))
        }
        let ofWeights = licences.first { $0.covers(.weightsFinal) }
        if let choice = choice(ids, licences) {
            var settled = expression
            settled.concluded = choice
            settled.byComponent = [:]
            var verdict = judge(
                gradient: gradient, yardsticks: yardsticks, terms: terms, licences: licences, expression: settled,
                flags: flags)
            verdict.sentence.words = "\(ids) leaves the choice; taking \(choice): \(verdict.sentence.words)"
            return verdict
        }
        if let weights = terms[.weights], weights.basis == .elsewhere, let ofWeights, ofWeights.method == .metadata,
            rules.licences.record(ofWeights.id) == nil
        {
            let sentence =
                ofWeights.id == .unknown
                ? Reason("the terms of the weights are said to stand in another place", weights.evidence)
                : Reason(
                    "the licence of the weights is declared as \(ofWeights.name), which names no text known here",
                    weights.evidence)
            return Verdict(answer: .notShown, ground: .review, sentence: sentence, needsPerson: [sentence])
        }
        let about: Wording = terms[.weights] == nil || ofWeights == nil ? "licence" : "licence of the weights"
        let place = ofWeights.map { [$0.evidence] } ?? []
        let failed = yardsticks.osd.failed
        if !failed.isEmpty {
            if let beside = ofWeights?.clauses.first(where: \.isBeside), ofWeights?.isOSIApproved ?? false {
                return Verdict(
                    answer: .no, ground: .limited,
                    sentence: Reason(
                        "\(about) \(ids) passes the Open Source Definition, but a sentence beside it fails OSD \(Self.numbers(failed))",
                        [beside.evidence] + place))
            }
            let names = Wording.joined(failed.map { Wording(rules.definition.name($0)) }, by: "; ")
            return Verdict(
                answer: .no, ground: .limited,
                sentence: Reason("\(about) \(ids) fails OSD \(Self.numbers(failed)) (\(names))", place))
        }
        let unclear = yardsticks.osd.criteria(.review)
        if !unclear.isEmpty {
            let sentence = Reason("\(about) \(ids), OSD \(Self.numbers(unclear)) unclear", place)
            return Verdict(answer: .notShown, ground: .review, sentence: sentence, needsPerson: [sentence])
        }
        if gradient.subject == .model, let weights = terms[.weights], !weights.basis.isSaidHere {
            let sentence = Reason(
                "terms of the weights are not stated here; the repository's licence is \(ids)", weights.evidence)
            return Verdict(answer: .notShown, ground: .review, sentence: sentence, needsPerson: [sentence])
        }
        if let inherited = flags.first(where: { $0.id == Self.relaxed })?.reasons.last {
            let sentence = Reason(
                "\(about) \(ids) passes the Open Source Definition, but \(inherited.words)", inherited.evidence)
            return Verdict(answer: .notShown, ground: .review, sentence: sentence, needsPerson: [sentence])
        }
        return Verdict(
            answer: isWhole(gradient, yardsticks) ? .yes : .notShown, ground: .open,
            sentence: Reason("\(about) \(ids) passes the Open Source Definition", place))
    }

    /// Of a statement that offers a choice, the licences that the reader would take; `nil` where none of them asks less than the others.
    private func choice(_ ids: String, _ licences: [JudgedLicence]) -> String? {
        let offered = licences.filter { $0.statement?.hasChoice == true && $0.statement?.normalised.text == ids }
        let taken = Set(offered.filter { !$0.appliesTo.isEmpty }.map(\.expressionID))
        guard !taken.isEmpty, offered.contains(where: { $0.appliesTo.isEmpty && !taken.contains($0.expressionID) })
        else { return nil }
        return LicenceExpression.any(taken.sorted().map { .licence($0.rawValue) }).normalised.text
    }

    /// Open terms make a program open source; of a model its code and data have to be there too.
    private func isWhole(_ gradient: Gradient, _ yardsticks: Yardsticks) -> Bool {
        switch gradient.subject {
        case .codeOnly, .notAModel: return yardsticks.osd.isOpen
        case .dataOnly, .unread, .several: return false
        case .model:
            let required = yardsticks.framework("osaid")?.criteria.filter(\.required) ?? []
            let isTop = gradient.rank == rules.gradient.levels.map(\.rank).max()
            return isTop && yardsticks.osd.isOpen && !required.contains { $0.status == .notMet }
        }
    }

    private static func numbers(_ criteria: [OSDCriterion]) -> String {
        criteria.map { String($0.rawValue) }.joined(separator: ", ")
    }
}
