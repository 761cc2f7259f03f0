import OpenscanFacts

/// An answer on the use of a part: may it be done, and why.
public struct UseDecision: Sendable, Hashable {
    /// The question.
    public var id: UseID
    /// The answer.
    public var answer: UseAnswer
    /// The part of the release.
    public var part: ReleasePart
    /// What decides it; of an unclear one what would settle it.
    public var reason: Reason
    /// Limits within which it is allowed, or what stands against it.
    public var conditions: [Reason]
    /// Numbers from which on other terms hold.
    public var thresholds: [UseThreshold]
    /// Fields of use of which a list shuts something out.
    public var fields: [UseField]

    /// A decision.
    public init(
        id: UseID, answer: UseAnswer, part: ReleasePart, reason: Reason, conditions: [Reason] = [],
        thresholds: [UseThreshold] = [], fields: [UseField] = []
    ) {
        self.id = id
        self.answer = answer
        self.part = part
        self.reason = reason
        self.conditions = conditions
        self.thresholds = thresholds
        self.fields = fields
    }
}

/// Something that the terms of a part ask of whoever uses it.
public struct UseDuty: Sendable, Hashable {
    /// What kind of duty.
    public var id: DutyID
    /// When it falls due.
    public var moment: DutyMoment
    /// The part of the release.
    public var part: ReleasePart
    /// What has to be done.
    public var words: Wording
    /// Places that ask it.
    public var evidence: [Evidence]
    /// Words that have to be shown or shipped as they are.
    public var text: String?

    /// A duty.
    public init(
        id: DutyID, moment: DutyMoment, part: ReleasePart, words: Wording, evidence: [Evidence], text: String? = nil
    ) {
        self.id = id
        self.moment = moment
        self.part = part
        self.words = words
        self.evidence = evidence
        self.text = text
    }
}
