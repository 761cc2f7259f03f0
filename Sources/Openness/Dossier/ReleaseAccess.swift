import OpenscanFacts

/// How a release can be had: what of it directly and indirectly, by whom, since or from when, and how it is kept afterwards.
public struct ReleaseAccess: Sendable, Hashable {
    /// A way to the model, or something that helps to make or study one without it.
    public enum Way: String, Sendable, Codable, Hashable, CaseIterable {
        case weights, api, demo
        case fineTuning = "fine-tuning"
        case paper, code, data, compute

        /// Ways to the model itself.
        public static let direct: [Way] = [.weights, .fineTuning, .api, .demo]
        /// What is given beside it.
        public static let indirect: [Way] = [.paper, .code, .data, .compute]
    }

    /// Who can have it.
    public enum Audience: String, Sendable, Codable, Hashable, CaseIterable {
        case insiders, applicants, unknown
        case everybody = "public"
    }

    /// What stands before the files: terms to agree to, or questions to answer.
    public enum Gate: String, Sendable, Codable, Hashable, CaseIterable { case none, prompt, form, unknown }

    /// Since when it can be had.
    public enum Timing: String, Sendable, Codable, Hashable, CaseIterable {
        /// Nothing is announced that is not there.
        case released
        /// A part is there, another is announced.
        case staged
        /// All of it is announced.
        case promised
        /// A day that was named for a part has passed by the release's own dates.
        case overdue
        case unknown
    }

    /// How a release is kept once it is out.
    public enum Practice: String, Sendable, Codable, Hashable, CaseIterable { case versions, feedback, retirement }

    /// A way with how far it is there.
    public struct Offer: Sendable, Hashable {
        /// The way.
        public var way: Way
        /// How far it is there.
        public var status: ComponentStatus
        /// What shows it.
        public var reason: Reason

        /// A way.
        public init(way: Way, status: ComponentStatus, reason: Reason) {
            self.way = way
            self.status = status
            self.reason = reason
        }
    }

    /// Something announced that is not there.
    public struct Promise: Sendable, Hashable {
        /// The parts that are announced.
        public var parts: [ComponentID]
        /// By when; `nil` where no date is named.
        public var due: StatedDate?
        /// Whether the release's own dates are later.
        public var isOverdue: Bool
        /// The announcement.
        public var reason: Reason

        /// An announcement.
        public init(parts: [ComponentID], due: StatedDate?, isOverdue: Bool, reason: Reason) {
            self.parts = parts
            self.due = due
            self.isOverdue = isOverdue
            self.reason = reason
        }
    }

    /// Something that is done for a release once it is out.
    public struct Custom: Sendable, Hashable {
        /// What is done.
        public var practice: Practice
        /// Whether the release shows it; nothing is known where not.
        public var isShown: Bool
        /// What shows it.
        public var reason: Reason

        /// A practice.
        public init(practice: Practice, isShown: Bool, reason: Reason) {
            self.practice = practice
            self.isShown = isShown
            self.reason = reason
        }
    }

    /// An answer with what it rests on.
    public struct Answer<Value: Sendable & Hashable>: Sendable, Hashable {
        /// The answer.
        public var value: Value
        /// What it rests on.
        public var reason: Reason

        /// An answer.
        public init(_ value: Value, _ reason: Reason) {
            self.value = value
            self.reason = reason
        }
    }

    /// Ways to the model itself.
    public var direct: [Offer]
    /// What is given beside it.
    public var indirect: [Offer]
    /// To whom.
    public var who: Answer<Audience>
    /// What stands before the files.
    public var gate: Answer<Gate>
    /// Since when.
    public var when: Answer<Timing>
    /// What is announced and not there.
    public var promises: [Promise]
    /// How it is kept.
    public var how: [Custom]
    /// All of it in a sentence.
    public var summary: Reason

    /// Access, judged.
    public init(
        direct: [Offer], indirect: [Offer], who: Answer<Audience>, gate: Answer<Gate>, when: Answer<Timing>,
        promises: [Promise], how: [Custom], summary: Reason
    ) {
        self.direct = direct
        self.indirect = indirect
        self.who = who
        self.gate = gate
        self.when = when
        self.promises = promises
        self.how = how
        self.summary = summary
    }

    /// Of a release that nothing is known of.
    public static let unknown = ReleaseAccess(
        direct: [], indirect: [], who: Answer(.unknown, Reason("nothing says who can have it")),
        gate: Answer(.unknown, Reason("nothing says what stands before the files")),
        when: Answer(.unknown, Reason("nothing says since when it can be had")), promises: [], how: [],
        summary: Reason("how it can be had is not known"))
}
