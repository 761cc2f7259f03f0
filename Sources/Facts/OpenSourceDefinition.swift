/// A criterion of the Open Source Definition (opensource.org/osd), by its number.
public enum OSDCriterion: Int, Sendable, Codable, CaseIterable, Comparable {
    case freeRedistribution = 1
    case sourceCode, derivedWorks, integrityOfSource, noDiscriminationAgainstPersons, noDiscriminationAgainstFields
    case distributionOfLicence, notSpecificToProduct, noRestrictionOfOtherSoftware, technologyNeutral

    /// By number.
    public static func < (left: OSDCriterion, right: OSDCriterion) -> Bool { left.rawValue < right.rawValue }
}

/// What a licence is against one criterion of the Open Source Definition.
public struct OSDJudgement: Sendable, Hashable, Codable {
    /// Weakest last.
    public enum Verdict: String, Sendable, Codable, CaseIterable, Comparable {
        case pass, review, fail

        private var rank: Int {
            switch self {
            case .pass: 0
            case .review: 1
            case .fail: 2
            }
        }

        /// By weakness, `pass` first.
        public static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }
    }

    /// Whether the criterion is met, or a person has to look.
    public var verdict: Verdict
    /// Why, with the lines of clauses that speak against it.
    public var reason: Wording

    /// A verdict and why.
    public init(verdict: Verdict, reason: Wording) {
        self.verdict = verdict
        self.reason = reason
    }
}

/// What a licence, or several together, are against the ten criteria; empty where there is no licence.
public struct OSDAssessment: Sendable, Hashable {
    /// Each criterion's judgement.
    public var criteria: [OSDCriterion: OSDJudgement]

    /// Judgements by criterion.
    public init(_ criteria: [OSDCriterion: OSDJudgement] = [:]) { self.criteria = criteria }

    /// Criteria with this verdict, in order.
    public func criteria(_ verdict: OSDJudgement.Verdict) -> [OSDCriterion] {
        criteria.filter { $0.value.verdict == verdict }.map(\.key).sorted()
    }

    /// Criteria that fail, in order.
    public var failed: [OSDCriterion] { criteria(.fail) }
    /// Whether nothing is judged, for want of a licence.
    public var isEmpty: Bool { criteria.isEmpty }
    /// Whether every criterion is met.
    public var isOpen: Bool { verdict == .pass }
    /// The whole: the weakest criterion; `nil` without a licence.
    public var verdict: OSDJudgement.Verdict? { criteria.values.map(\.verdict).max() }

    /// Several licences over one thing: the weakest verdict of each criterion counts, the first of equals.
    public static func weakest(_ parts: some Sequence<OSDAssessment>) -> OSDAssessment {
        var out = OSDAssessment()
        for part in parts {
            for (criterion, judgement) in part.criteria {
                if let known = out.criteria[criterion], known.verdict >= judgement.verdict { continue }
                out.criteria[criterion] = judgement
            }
        }
        return out
    }
}
