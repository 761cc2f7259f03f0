import OpenscanFacts
import OpenscanOpenness

/// What a person decided of an answer, beside the program's.
public struct ReportReview: Sendable, Codable, Hashable {
    /// The question's id, as files of decisions have it.
    public var id: String
    /// What kind of answer it is.
    public var kind: ReviewQuestion.Kind
    /// The program's answer.
    public var machine: String
    /// What is done with it.
    public var decision: ReviewDecision.Outcome
    /// The answer that stands: the program's or the person's; `nil` where it was rejected.
    public var answer: String?
    /// Why.
    public var reason: String
    /// Who decided.
    public var by: String
    /// When.
    public var date: String
    /// How the decision stands.
    public var state: ReviewedQuestion.State

    /// `nil` where nobody decided.
    init?(_ reviewed: ReviewedQuestion) {
        guard let decision = reviewed.decision else { return nil }
        id = reviewed.question.id
        kind = reviewed.question.kind
        machine = reviewed.question.machine
        self.decision = decision.outcome
        answer = reviewed.answer
        reason = decision.reason
        by = decision.by
        date = decision.date
        state = reviewed.state
    }
}
