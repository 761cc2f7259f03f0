import OpenscanFacts
import OpenscanOpenness

/// How a release can be had: what, to whom, since when, and how it is kept.
public struct ReportAccess: Sendable, Codable, Hashable {
    /// What there is of the model itself, and what is given beside it.
    public struct What: Sendable, Codable, Hashable {
        /// Ways to the model itself.
        public var direct: [Offer]
        /// What is given beside it.
        public var indirect: [Offer]
    }

    /// A way, with how far it is there.
    public struct Offer: Sendable, Codable, Hashable {
        /// The way.
        public var id: ReleaseAccess.Way
        /// How far it is there.
        public var status: ComponentStatus
        /// What shows it.
        public var words: Wording
        /// Places that show it.
        public var evidence: [Evidence]
    }

    /// Who can have it.
    public struct Who: Sendable, Codable, Hashable {
        /// The answer.
        public var answer: ReleaseAccess.Audience
        /// What it rests on.
        public var reason: Reason
    }

    /// Since when.
    public struct When: Sendable, Codable, Hashable {
        /// The answer.
        public var answer: ReleaseAccess.Timing
        /// What it rests on.
        public var reason: Reason
        /// What is announced and not there.
        public var promises: [Promise]
    }

    /// Something announced that is not there.
    public struct Promise: Sendable, Codable, Hashable {
        /// The parts that are announced.
        public var parts: [ComponentID]
        /// By when: a year, month or day.
        public var due: String?
        /// Whether the release's own dates are later.
        public var overdue: Bool
        /// What is said of it.
        public var words: Wording
        /// Where.
        public var evidence: [Evidence]
    }

    /// Something that is done for a release once it is out.
    public struct Custom: Sendable, Codable, Hashable {
        /// What is done.
        public var id: ReleaseAccess.Practice
        /// Whether the release shows it.
        public var shown: Bool
        /// What shows it.
        public var words: Wording
        /// Places that show it.
        public var evidence: [Evidence]
    }

    /// What.
    public var what: What
    /// To whom.
    public var who: Who
    /// Since when.
    public var when: When
    /// How it is kept.
    public var how: [Custom]
    /// What stands before the files.
    public var gate: ReleaseAccess.Gate
    /// What that rests on.
    public var gateReason: Reason
    /// All of it in a sentence.
    public var summary: Reason

    init(_ access: ReleaseAccess) {
        func offers(_ offers: [ReleaseAccess.Offer]) -> [Offer] {
            offers.map {
                Offer(id: $0.way, status: $0.status, words: $0.reason.words, evidence: $0.reason.evidence)
            }
        }
        what = What(direct: offers(access.direct), indirect: offers(access.indirect))
        who = Who(answer: access.who.value, reason: access.who.reason)
        when = When(
            answer: access.when.value, reason: access.when.reason,
            promises: access.promises.map {
                Promise(
                    parts: $0.parts, due: $0.due?.description, overdue: $0.isOverdue, words: $0.reason.words,
                    evidence: $0.reason.evidence)
            })
        how = access.how.map {
            Custom(id: $0.practice, shown: $0.isShown, words: $0.reason.words, evidence: $0.reason.evidence)
        }
        gate = access.gate.value
        gateReason = access.gate.reason
        summary = access.summary
    }

    var access: ReleaseAccess {
        func offers(_ offers: [Offer]) -> [ReleaseAccess.Offer] {
            offers.map { ReleaseAccess.Offer(way: $0.id, status: $0.status, reason: Reason($0.words, $0.evidence)) }
        }
        return ReleaseAccess(
            direct: offers(what.direct), indirect: offers(what.indirect),
            who: ReleaseAccess.Answer(who.answer, who.reason), gate: ReleaseAccess.Answer(gate, gateReason),
            when: ReleaseAccess.Answer(when.answer, when.reason),
            promises: when.promises.map {
                ReleaseAccess.Promise(
                    parts: $0.parts, due: $0.due.flatMap { StatedDate($0) }, isOverdue: $0.overdue,
                    reason: Reason($0.words, $0.evidence))
            },
            how: how.map {
                ReleaseAccess.Custom(practice: $0.id, isShown: $0.shown, reason: Reason($0.words, $0.evidence))
            }, summary: summary)
    }
}
