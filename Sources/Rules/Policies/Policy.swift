import OpenscanFacts

/// What an organisation asks of a release (openscan.yml, Licenses/policies/): rules, and who answers for what does not keep them.
public struct Policy: Sendable, Hashable {
    /// A value with the line that states it, where it stands in a file.
    public struct Stated<Value: Sendable & Hashable>: Sendable, Hashable {
        /// The value.
        public var value: Value
        /// Counted from 1; `nil` of what ships with the program.
        public var line: Int?
        /// The file or preset that states it.
        public var origin: String

        /// A value with its place.
        public init(value: Value, line: Int?, origin: String) {
            self.value = value
            self.line = line
            self.origin = origin
        }
    }

    /// What the terms of a part have to be.
    public struct Terms: Sendable, Hashable {
        /// Licences of which one has to hold.
        public var allow: Stated<[LicenceID]>?
        /// Licences that must not hold.
        public var deny: Stated<[LicenceID]>?
        /// Kinds of licence of which each has to be one.
        public var categories: Stated<[LicenceCategory]>?
        /// Kinds that must not be there.
        public var denyCategories: Stated<[LicenceCategory]>?
        /// Clauses that must not be there.
        public var denyClauses: Stated<[ClauseID]>?
        /// How the terms may be known.
        public var basis: Stated<[String]>?
        /// Whether they have to pass the Open Source Definition.
        public var open: Stated<Bool>?
        /// Whether they have to be on the Open Source Initiative's list.
        public var approved: Stated<Bool>?

        /// Nothing is asked.
        public init() {}
    }

    /// What an answer on use has to be, and for which parts.
    public struct Use: Sendable, Hashable {
        /// The question.
        public var id: UseID
        /// `yes`, or `conditions` where limits are taken.
        public var least: UseAnswer
        /// Parts of which it is asked; all that are there where none is named.
        public var parts: [ReleasePart]
    }

    /// What a published framework has to say.
    public enum Yardstick: Sendable, Hashable {
        /// Every required criterion is met.
        case met(String)
        /// A class of the Model Openness Framework or better, 3 to 1.
        case openness(Int)
    }

    /// Flags and findings that fail.
    public struct Flags: Sendable, Hashable {
        /// This severity and above.
        public var least: Severity?
        /// Flags and findings by their ids.
        public var ids: [String]

        /// Some.
        public init(least: Severity? = nil, ids: [String] = []) {
            self.least = least
            self.ids = ids
        }
    }

    /// A rule that does not have to be kept for a while.
    public struct Exception: Sendable, Hashable {
        /// The rule by its keys; a rule behind it with further keys is meant as well.
        public var rule: String
        /// Name of the release; `nil` for every one.
        public var release: String?
        /// Why.
        public var reason: String
        /// Who answers for it.
        public var owner: String
        /// The last day on which it holds.
        public var expires: StatedDate
        /// The line that states it.
        public var line: Int?
    }

    /// Its name.
    public var name: String
    /// What it is for.
    public var about: String?
    /// Whether the answer to "is it open source" has to be yes.
    public var openSource: Stated<Bool>?
    /// The least level.
    public var level: Stated<String>?
    /// What terms have to be; of every part that is there under `nil`.
    public var terms: [ReleasePart?: Terms]
    /// What may have to be done.
    public var use: [Stated<Use>]
    /// Components that have to be there or linked.
    public var components: Stated<[ComponentID]>?
    /// Components that have to be in the release itself.
    public var files: Stated<[ComponentID]>?
    /// What frameworks have to say.
    public var yardsticks: [Stated<Yardstick>]
    /// Flags and findings that fail.
    public var flags: Stated<Flags>?
    /// Rules that do not have to be kept for a while.
    public var exceptions: [Exception]

    /// A policy that asks nothing.
    public init(name: String) {
        self.name = name
        terms = [:]
        use = []
        yardsticks = []
        exceptions = []
    }

    /// The small one of `--fail-on`.
    public init(failingOn flags: Flags) {
        self.init(name: "--fail-on")
        self.flags = Stated(value: flags, line: nil, origin: name)
    }
}
