import OpenscanFacts

/// Every answer of a dossier with what a person decided of it, side by side.
public struct Review: Sendable, Hashable {
    /// In the order of the dossier.
    public var questions: [ReviewedQuestion]
    private let places: [String: Int]

    /// Questions with the decisions on them.
    /// - Throws: `ReviewFileProblem` where a decision is on no question of the dossier, or gives no answer of it.
    public init(_ questions: [ReviewQuestion], _ decisions: [ReviewDecision] = []) throws(ReviewFileProblem) {
        var reviewed = questions.map { ReviewedQuestion(question: $0, decision: nil, state: .open) }
        let places = Dictionary(
            questions.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
        var seen = Set<String>()
        for decision in decisions {
            guard let place = places[decision.id] else { throw .unknown(decision) }
            guard seen.insert(decision.id).inserted else { throw .twice(decision) }
            let question = questions[place]
            if decision.outcome == .override, !question.answers.contains(decision.answer ?? "") {
                throw .noAnswer(decision, of: question.answers)
            }
            guard decision.outcome != .open else { continue }
            reviewed[place].decision = decision
            reviewed[place].state = decision.evidence == question.digest ? .decided : .stale
        }
        self.questions = reviewed
        self.places = places
    }

    /// What is asked under an id; `nil` where nothing is.
    public subscript(_ id: String) -> ReviewedQuestion? { places[id].map { questions[$0] } }

    /// A decision on a flag or finding that holds: its severity then, `nil` where it was rejected.
    public func severity(_ id: String, _ machine: Severity) -> Severity? {
        guard let reviewed = self[id], reviewed.isPersons else { return machine }
        return reviewed.answer.map { Severity(rawValue: $0) ?? machine }
    }

    /// Whether anybody decided anything.
    public var isEmpty: Bool { questions.allSatisfy { $0.decision == nil } }

    /// Ids that files of decisions use.
    public enum ID {
        /// Of the whole.
        public static let verdict = "verdict"
        /// Of what the verdict leaves to a person, counted from 1.
        public static func person(_ number: Int) -> String { "person/\(number)" }
        /// Of an answer on use.
        public static func use(_ part: ReleasePart, _ id: UseID) -> String { "use/\(part.rawValue)/\(id)" }
        /// Of a criterion.
        public static func criterion(_ id: String) -> String { "criterion/" + id }
        /// Of a criterion of the Open Source Definition.
        public static func criterion(_ criterion: OSDCriterion) -> String { "criterion/osd-\(criterion.rawValue)" }
        /// Of a flag.
        public static func flag(_ id: FlagID) -> String { "flag/\(id)" }
        /// Of a finding about a file.
        public static func finding(_ id: FindingID, _ path: String) -> String { "finding/\(id.rawValue)/\(path)" }
    }
}
