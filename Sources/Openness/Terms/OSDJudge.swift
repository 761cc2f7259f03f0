import OpenscanFacts
import OpenscanRules

/// Judges a licence against the ten criteria of the Open Source Definition: once, from its final clauses.
public struct OSDJudge: Sendable {
    private let clauses: ClauseRules
    private let definition: OSDRules

    /// - Parameter rules: clauses, and what kinds of licences do to criteria.
    public init(_ rules: RuleSet) {
        clauses = rules.clauses
        definition = rules.definition
    }

    private static let mostReasons = 6

    /// - Parameters:
    ///   - record: the licence by identity, `nil` for an unknown text.
    ///   - isModified: the text is not the licence's as it stands.
    ///   - found: what its text says, where it was read.
    public func assess(_ record: LicenceRecord?, isModified: Bool, clauses found: [ClauseMatch]) -> OSDAssessment {
        if let record, record.isOSIApproved, !isModified {
            let (failing, concerning) = speaking(found.filter(\.isBeside))
            return judged(failing, concerning, .pass, "approved by the Open Source Initiative, text as it stands")
        }
        var (failing, concerning) = speaking(found)
        if isModified, let record, record.isOSIApproved || record.category == .permissive {
            return judged(failing, concerning, .review, "a standard text with changes: read the additions")
        }
        let category = record?.category
        // Where the text was read, its terms speak; of a name alone only the kind is known.
        let speaksForItself =
            found.contains { !$0.isBeside } && category != nil && category != .unclear && !failing.isEmpty
        if !speaksForItself, let category {
            if definition.free.contains(category) {
                // Known by the pinned package as free; a clause view of its words alone would be weaker evidence.
                let (failing, concerning) = speaking(found.filter(\.isBeside))
                return judged(
                    failing, concerning, .pass,
                    "no restriction of use known (\(Wording(category.rawValue))); not reviewed by the OSI")
            }
            if let kind = definition.kinds[category] {
                for (criterion, reason) in kind.fails { failing[criterion, default: []].append(Wording(reason)) }
                if failing.isEmpty {
                    for (criterion, reason) in kind.review {
                        concerning[criterion, default: []].append(Wording(reason))
                    }
                }
            }
        }
        let isKnown = category != nil && category != .unclear
        return judged(
            failing, concerning, isKnown ? .pass : .review,
            isKnown ? "no clause against it" : "unknown text: no clause against it was recognised")
    }

    /// Freedoms of the Open Source AI Definition 1.0 that a text limits: those that its terms against the Open Source Definition touch.
    public func limitedFreedoms(_ record: LicenceRecord?, isModified: Bool, clauses found: [ClauseMatch]) -> [String] {
        let isStandard = record?.isOSIApproved == true && !isModified
        var limits = Set<String>()
        for match in found where match.status == .present && (match.isBeside || !isStandard) {
            guard let rule = clauses[match.id] else { continue }
            let isLimit = !rule.fails.isEmpty || !rule.failed(with: match.parameters).isEmpty
            if isLimit { limits.formUnion(rule.freedoms) }
        }
        return definition.freedoms.filter(limits.contains)
    }

    private typealias Speaking = [OSDCriterion: [Wording]]

    /// Clauses that speak against criteria, and those on which careful readers differ.
    private func speaking(_ found: [ClauseMatch]) -> (failing: Speaking, concerning: Speaking) {
        var failing: Speaking = [:]
        var concerning: Speaking = [:]
        for match in found where match.status == .present {
            guard let rule = clauses[match.id] else { continue }
            let id = match.id.rawValue
            let words: Wording =
                if match.isBeside { "\(id) (\(match.evidence.place))" } else if let lines = match.evidence.lines {
                    "\(id) (line \(lines.first))"
                } else { "\(id)" }
            for criterion in rule.failed(with: match.parameters) { failing[criterion, default: []].append(words) }
            for criterion in rule.disputed { concerning[criterion, default: []].append(words) }
        }
        return (failing, concerning)
    }

    private func judged(
        _ failing: Speaking, _ concerning: Speaking, _ base: OSDJudgement.Verdict, _ baseReason: Wording
    ) -> OSDAssessment {
        var out: [OSDCriterion: OSDJudgement] = [:]
        for criterion in OSDCriterion.allCases {
            let verdict: (OSDJudgement.Verdict, Wording) =
                if let reasons = failing[criterion] {
                    (.fail, .joined(Array(reasons.prefix(Self.mostReasons)), by: ", "))
                } else if let reasons = concerning[criterion] {
                    (.review, .joined(Array(reasons.prefix(Self.mostReasons)), by: ", "))
                } else {
                    (base, baseReason)
                }
            out[criterion] = OSDJudgement(verdict: verdict.0, reason: verdict.1)
        }
        return OSDAssessment(out)
    }
}
