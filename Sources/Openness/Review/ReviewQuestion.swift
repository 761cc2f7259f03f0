import OpenscanFacts

/// An answer of the program that a person can accept, reject or replace.
public struct ReviewQuestion: Sendable, Hashable {
    /// What kind of answer it is.
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case verdict, person, use, criterion, flag, finding
    }

    /// Its id in files of decisions.
    public var id: String
    /// What kind of answer it is.
    public var kind: Kind
    /// What is asked.
    public var title: Wording
    /// The program's answer, as a word.
    public var machine: String
    /// What the program says of it.
    public var reason: Wording
    /// Answers that a person can put in its place.
    public var answers: [String]
    /// What the answer rests on.
    public var evidence: [Evidence]
    /// Whether the program leaves it to a person.
    public var isOpen: Bool
    /// Digest of the evidence.
    public var digest: String

    /// A question.
    public init(
        id: String, kind: Kind, title: Wording, machine: String, reason: Wording, answers: [String],
        evidence: [Evidence], isOpen: Bool, digest: String
    ) {
        self.id = id
        self.kind = kind
        self.title = title
        self.machine = machine
        self.reason = reason
        self.answers = answers
        self.evidence = evidence
        self.isOpen = isOpen
        self.digest = digest
    }
}

/// A question with what a person decided.
public struct ReviewedQuestion: Sendable, Hashable {
    /// How a decision stands.
    public enum State: String, Sendable, Codable, CaseIterable {
        /// Nobody decided.
        case open
        /// Decided, on the evidence that is there.
        case decided
        /// Decided on other evidence; it asks again.
        case stale
    }

    /// The question.
    public var question: ReviewQuestion
    /// What a person decided.
    public var decision: ReviewDecision?
    /// How the decision stands.
    public var state: State

    /// The answer that stands: the person's, where one holds; `nil` where it was rejected and none put in its place.
    public var answer: String? {
        guard state == .decided, let decision else { return question.machine }
        switch decision.outcome {
        case .accept, .open: return question.machine
        case .override: return decision.answer
        case .reject: return nil
        }
    }

    /// Whether a person's decision holds.
    public var isPersons: Bool { state == .decided }
}
