import OpenscanFacts

/// What a policy says of a release: which rules were asked, which are not kept, and for which an exception stands.
public struct PolicyResult: Sendable, Hashable {
    /// A rule that the release does not keep.
    public struct Failure: Sendable, Hashable {
        /// The rule by its keys in the policy: `licences.weights.allow`, `use.commercial-use`.
        public var rule: String
        /// The part that it was asked of.
        public var part: ReleasePart?
        /// What does not keep it, and where that stands.
        public var reason: Reason
        /// The line of the policy that asks it, where it is a file.
        public var line: Int?
        /// An exception that would have held, were it not over.
        public var expired: String?

        /// A failure.
        public init(rule: String, part: ReleasePart? = nil, reason: Reason, line: Int? = nil) {
            self.rule = rule
            self.part = part
            self.reason = reason
            self.line = line
        }
    }

    /// A failure that somebody answers for.
    public struct Waiver: Sendable, Hashable {
        /// What is waived.
        public var failure: Failure
        /// Why.
        public var reason: String
        /// Who answers for it.
        public var owner: String
        /// The last day on which it holds.
        public var expires: StatedDate

        /// A waiver.
        public init(failure: Failure, reason: String, owner: String, expires: StatedDate) {
            self.failure = failure
            self.reason = reason
            self.owner = owner
            self.expires = expires
        }
    }

    /// The policy's name.
    public var name: String
    /// Every rule that was asked.
    public var rules: [String]
    /// What is not kept.
    public var failures: [Failure]
    /// What is not kept and waived.
    public var waivers: [Waiver]

    /// Whether every rule is kept or waived.
    public var isKept: Bool { failures.isEmpty }

    /// A result.
    public init(name: String, rules: [String], failures: [Failure], waivers: [Waiver] = []) {
        self.name = name
        self.rules = rules
        self.failures = failures
        self.waivers = waivers
    }
}
