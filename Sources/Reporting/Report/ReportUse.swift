import OpenscanFacts
import OpenscanOpenness

/// An answer on the use of a part.
public struct ReportUse: Sendable, Codable, Hashable {
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
    /// Fields of use of which a list shuts something out; absent in reports of earlier versions.
    public var fields: [UseField]?

    init(_ decision: UseDecision) {
        id = decision.id
        answer = decision.answer
        part = decision.part
        reason = decision.reason
        conditions = decision.conditions
        thresholds = decision.thresholds
        fields = decision.fields.isEmpty ? nil : decision.fields
    }

    var decision: UseDecision {
        UseDecision(
            id: id, answer: answer, part: part, reason: reason, conditions: conditions, thresholds: thresholds,
            fields: fields ?? [])
    }
}

/// Something that the terms of a part ask.
public struct ReportDuty: Sendable, Codable, Hashable {
    /// What kind of duty.
    public var id: DutyID
    /// When it falls due.
    public var when: DutyMoment
    /// The part of the release.
    public var part: ReleasePart
    /// What has to be done.
    public var words: Wording
    /// Places that ask it.
    public var evidence: [Evidence]
    /// Words that have to be shown or shipped as they are.
    public var text: String?

    init(_ duty: UseDuty) {
        id = duty.id
        when = duty.moment
        part = duty.part
        words = duty.words
        evidence = duty.evidence
        text = duty.text
    }

    var duty: UseDuty {
        UseDuty(id: id, moment: when, part: part, words: words, evidence: evidence, text: text)
    }
}
