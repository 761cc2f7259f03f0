import OpenscanFacts
import OpenscanOpenness

/// What a policy says of a release.
public struct ReportPolicy: Sendable, Codable, Hashable {
    /// A rule that is not kept.
    public struct Failure: Sendable, Codable, Hashable {
        /// The rule by its keys in the policy.
        public var rule: String
        /// The part that it was asked of.
        public var part: ReleasePart?
        /// What does not keep it, and where that stands.
        public var reason: Reason
        /// The line of the policy that asks it.
        public var line: Int?
        /// The day on which an exception ended.
        public var expired: String?

        init(_ failure: PolicyResult.Failure) {
            rule = failure.rule
            part = failure.part
            reason = failure.reason
            line = failure.line
            expired = failure.expired
        }
    }

    /// A rule that is not kept and waived.
    public struct Waiver: Sendable, Codable, Hashable {
        /// What is waived.
        public var failure: Failure
        /// Why.
        public var reason: String
        /// Who answers for it.
        public var owner: String
        /// The last day on which it holds.
        public var expires: String

        init(_ waiver: PolicyResult.Waiver) {
            failure = Failure(waiver.failure)
            reason = waiver.reason
            owner = waiver.owner
            expires = waiver.expires.description
        }
    }

    /// The policy's name.
    public var name: String
    /// Whether every rule is kept or waived.
    public var kept: Bool
    /// Every rule that was asked.
    public var rules: [String]
    /// What is not kept.
    public var failures: [Failure]
    /// What is not kept and waived.
    public var waivers: [Waiver]

    init(_ result: PolicyResult) {
        name = result.name
        kept = result.isKept
        rules = result.rules
        failures = result.failures.map(Failure.init)
        waivers = result.waivers.map(Waiver.init)
    }
}
