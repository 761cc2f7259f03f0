import OpenscanFacts
import OpenscanOpenness

/// "Is this open source?" as a report answers it.
public struct ReportVerdict: Sendable, Codable, Hashable {
    /// The word.
    public var openSource: Verdict.Answer
    /// What the sentence rests on.
    public var ground: Verdict.Ground
    /// The sentence.
    public var sentence: Wording
    /// Where it stands.
    public var evidence: [Evidence]
    /// What a person has to decide.
    public var needsPerson: [Reason]

    init(_ verdict: Verdict) {
        openSource = verdict.answer
        ground = verdict.ground
        sentence = verdict.sentence.words
        evidence = verdict.sentence.evidence
        needsPerson = verdict.needsPerson
    }

    var verdict: Verdict {
        Verdict(answer: openSource, ground: ground, sentence: Reason(sentence, evidence), needsPerson: needsPerson)
    }
}
