import OpenscanFacts

/// What each published framework says. Nothing is averaged.
public struct Yardsticks: Sendable, Hashable {
    /// The Open Source Definition for the licence of the weights (of the code where there are none).
    public var osd: OSDAssessment
    /// The Model Openness Framework.
    public var mof: MOFResult
    /// Those whose criteria are data, in the order of reports.
    public var frameworks: [FrameworkResult]
    /// Where the yardsticks part for this release, and why.
    public var differences: [Wording]

    /// Results.
    public init(osd: OSDAssessment, mof: MOFResult, frameworks: [FrameworkResult], differences: [Wording]) {
        self.osd = osd
        self.mof = mof
        self.frameworks = frameworks
        self.differences = differences
    }

    /// A framework's result by its id.
    public func framework(_ id: String) -> FrameworkResult? { frameworks.first { $0.id == id } }
}

/// What a framework says of a release.
public struct FrameworkResult: Sendable, Codable, Hashable {
    /// Whether a criterion is met; `cannotTell` where files cannot show it.
    public enum Status: String, Sendable, Codable, Comparable, CaseIterable {
        case met, partly
        case cannotTell = "cannot-tell"
        case notMet = "not-met"

        private var rank: Int {
            switch self {
            case .met: 0
            case .partly: 1
            case .cannotTell: 2
            case .notMet: 3
            }
        }

        /// By weakness, `met` first.
        public static func < (left: Status, right: Status) -> Bool { left.rank < right.rank }
    }

    /// A criterion, judged.
    public struct Criterion: Sendable, Codable, Hashable {
        /// Its id.
        public var id: String
        /// Its name.
        public var name: String
        /// Whether it is met.
        public var status: Status
        /// Whether the verdict needs it.
        public var required: Bool
        /// Why.
        public var reason: Wording
        /// Places that show it.
        public var evidence: [Evidence]
        /// What would change the status; `nil` where it is met.
        public var change: String?

        /// A judged criterion.
        public init(
            id: String, name: String, status: Status, required: Bool, reason: Wording, evidence: [Evidence],
            change: String?
        ) {
            self.id = id
            self.name = name
            self.status = status
            self.required = required
            self.reason = reason
            self.evidence = evidence
            self.change = change
        }
    }

    /// Its id.
    public var id: String
    /// Its name.
    public var name: String
    /// Its version.
    public var version: String
    /// The verdict in the framework's words.
    public var verdict: String
    /// Numbers of criteria by status.
    public var met, partly, notMet, cannotTell: Int
    /// Its criteria, in order.
    public var criteria: [Criterion]

    /// A result.
    public init(id: String, name: String, version: String, verdict: String, criteria: [Criterion]) {
        self.id = id
        self.name = name
        self.version = version
        self.verdict = verdict
        self.criteria = criteria
        func count(_ status: Status) -> Int { criteria.count { $0.status == status } }
        met = count(.met)
        partly = count(.partly)
        notMet = count(.notMet)
        cannotTell = count(.cannotTell)
    }
}

/// The Model Openness Framework as its tool decides it (White et al. 2024): class by components that are there under an open licence, each class on top of the
/// one below.
public struct MOFResult: Sendable, Codable, Hashable {
    /// Whether a part counts: `unlicensed` is there without a licence, `invalid` under one that is not open.
    public enum PartStatus: String, Sendable, Codable { case missing, included, unlicensed, invalid }

    /// State of the components that a class needs.
    public struct ClassState: Sendable, Codable, Hashable {
        /// Whether the class is reached.
        public var met: Bool
        /// Number of components that it needs.
        public var needed: Int
        /// Names of those that count, are not there, have no licence, or none that is open.
        public var included, missing, unlicensed, invalid: [String]

        /// A state.
        public init(
            met: Bool, needed: Int, included: [String], missing: [String], unlicensed: [String], invalid: [String]
        ) {
            self.met = met
            self.needed = needed
            self.included = included
            self.missing = missing
            self.unlicensed = unlicensed
            self.invalid = invalid
        }
    }

    /// A component as the tool counts it.
    public struct Part: Sendable, Codable, Hashable {
        /// The tool's name.
        public var name: String
        /// The lowest class that asks for it.
        public var `class`: Int
        /// Whether its class needs it.
        public var required: Bool
        /// Whether it counts.
        public var status: PartStatus
        /// Its licence.
        public var licence: String?
        /// Open, though of a kind made for something else.
        public var notTypeAppropriate: Bool

        /// A part.
        public init(
            name: String, class level: Int, required: Bool, status: PartStatus, licence: String?,
            notTypeAppropriate: Bool
        ) {
            self.name = name
            self.class = level
            self.required = required
            self.status = status
            self.licence = licence
            self.notTypeAppropriate = notTypeAppropriate
        }
    }

    /// Its id among the frameworks.
    public var framework = "mof"
    /// 3, 2, 1, or 0 for unclassified; licences compared as written.
    public var `class`: Int
    /// The class in words.
    public var className: String
    /// The same with licence names brought to their SPDX ids first.
    public var normalisedClass: Int
    /// With the release's own licence for parts that carry none; `nil` where that was not asked.
    public var inheritedClass: Int?
    /// Class number -> what it needs.
    public var classes: [String: ClassState]
    /// Class number -> required components that are not there under an open licence.
    public var missing: [String: [String]]
    /// Every component.
    public var components: [Part]

    /// A result.
    public init(
        class level: Int, className: String, normalisedClass: Int, inheritedClass: Int?, classes: [String: ClassState],
        missing: [String: [String]], components: [Part]
    ) {
        self.class = level
        self.className = className
        self.normalisedClass = normalisedClass
        self.inheritedClass = inheritedClass
        self.classes = classes
        self.missing = missing
        self.components = components
    }
}
