/// What a person decided about one answer of the program, as a file of decisions states it.
public struct ReviewDecision: Sendable, Hashable {
    /// What is done with the program's answer.
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        /// It stands.
        case accept
        /// It does not stand.
        case reject
        /// Another answer stands in its place.
        case override
        /// Not decided yet.
        case open
    }

    /// The question that it decides.
    public var id: String
    /// What is done with the program's answer.
    public var outcome: Outcome
    /// The answer that stands, of an override.
    public var answer: String?
    /// Why.
    public var reason: String
    /// Who decided.
    public var by: String
    /// When, as `2026-11-28`.
    public var date: String
    /// Digest of the evidence that it rests on.
    public var evidence: String
    /// Where the file states it, counted from 1.
    public var line: Int
    /// The column there.
    public var column: Int

    /// A decision.
    public init(
        id: String, outcome: Outcome, answer: String? = nil, reason: String = "", by: String = "", date: String = "",
        evidence: String = "", line: Int = 1, column: Int = 1
    ) {
        self.id = id
        self.outcome = outcome
        self.answer = answer
        self.reason = reason
        self.by = by
        self.date = date
        self.evidence = evidence
        self.line = line
        self.column = column
    }
}

/// What is wrong with a file of decisions, and where.
public struct ReviewFileProblem: Error, Sendable, Hashable {
    /// What is wrong, and what would be right.
    public var message: String
    /// The line, counted from 1.
    public var line: Int?
    /// The column, counted from 1.
    public var column: Int?

    /// A problem with its place.
    public init(_ message: String, line: Int? = nil, column: Int? = nil) {
        self.message = message
        self.line = line
        self.column = column
    }

    /// A decision on what nobody asked.
    public static func unknown(_ decision: ReviewDecision) -> ReviewFileProblem {
        at(decision, "'\(decision.id)' is no answer of this release; 'openscan review --init' lists what there is")
    }

    /// A second decision on one question.
    public static func twice(_ decision: ReviewDecision) -> ReviewFileProblem {
        at(decision, "'\(decision.id)' is decided twice")
    }

    /// An override by what is no answer.
    public static func noAnswer(_ decision: ReviewDecision, of answers: [String]) -> ReviewFileProblem {
        at(decision, "'\(decision.id)' takes one of these answers: \(answers.joined(separator: ", "))")
    }

    private static func at(_ decision: ReviewDecision, _ message: String) -> ReviewFileProblem {
        ReviewFileProblem(message, line: decision.line, column: decision.column)
    }
}
