/// A question on use that people came with; territories that terms name add their own.
public struct UseID: StringIdentifier {
    /// The identifier as written.
    public let rawValue: String

    /// The identifier as written.
    public init(rawValue: String) { self.rawValue = rawValue }

    /// For money, or in a business.
    public static let commercialUse: UseID = "commercial-use"
    /// To change the work and make others from it.
    public static let modify: UseID = "modify"
    /// To pass copies on.
    public static let redistribute: UseID = "redistribute"
    /// To let others use it over a network.
    public static let hostAsService: UseID = "host-as-service"
    /// To use what it puts out.
    public static let useOutput: UseID = "use-output"
    /// To train other models on it or its output.
    public static let trainOtherModels: UseID = "train-other-models"
    /// To bring what it has learnt into another model.
    public static let distil: UseID = "distil"
    /// To use it in the European Union.
    public static let useInEU: UseID = "use-in-eu"
    /// To use it whatever the number of users and the revenue.
    public static let atScale: UseID = "at-scale"
    /// To use it in every field.
    public static let fieldsOfUse: UseID = "fields-of-use"
    /// To keep one's changes to oneself.
    public static let keepPrivate: UseID = "keep-private"

    /// Those that are answered for every part of every release, in the order of reports.
    public static let ofEveryPart: [UseID] = [
        .commercialUse, .modify, .redistribute, .hostAsService, .useOutput, .trainOtherModels, .distil, .useInEU,
        .atScale, .fieldsOfUse, .keepPrivate,
    ]

    /// Use in a territory.
    public static func territory(_ id: String) -> UseID { UseID("use-in-" + id) }
}

/// An answer on use.
public enum UseAnswer: String, Sendable, Codable, CaseIterable, Comparable {
    /// Words grant it.
    case yes
    /// Granted within limits that are listed.
    case conditions
    /// What was read does not settle it.
    case unclear
    /// Words forbid it, or nothing permits it.
    case no

    /// By strictness: where several terms hold, the strictest does.
    public static func < (left: UseAnswer, right: UseAnswer) -> Bool { left.strictness < right.strictness }

    private var strictness: Int {
        switch self {
        case .yes: 0
        case .conditions: 1
        case .unclear: 2
        case .no: 3
        }
    }
}

/// Something that terms ask of whoever uses a work.
public enum DutyID: String, Sendable, Codable, CaseIterable {
    case attribution, display, report
    case includeLicence = "include-licence"
    case includeNotice = "include-notice"
    case stateChanges = "state-changes"
    case modelName = "model-name"
    case passOnLimits = "pass-on-limits"
    case shareAlike = "share-alike"
    case discloseSource = "disclose-source"
    case acceptGate = "accept-gate"
}

/// When a duty falls due, in the order of reports.
public enum DutyMoment: String, Sendable, Codable, CaseIterable, Comparable {
    /// On passing copies on.
    case redistribute
    /// On passing on what was made from the work.
    case derive
    /// On showing or naming what was made with it.
    case display
    /// On letting others use it over a network.
    case serve
    case always

    /// In the order of reports.
    public static func < (left: DutyMoment, right: DutyMoment) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// A number from which on other terms hold.
public struct UseThreshold: Sendable, Hashable, Codable {
    /// What is counted.
    public enum Measure: String, Sendable, Codable, CaseIterable {
        case monthlyUsers = "monthly-users"
        case revenue
    }

    /// What begins above it.
    public enum Effect: String, Sendable, Codable, CaseIterable {
        /// The rights end; a licence of its own is needed.
        case deny
        /// Words have to be shown.
        case display
    }

    /// What is counted.
    public var measure: Measure
    /// The number.
    public var above: Int
    /// ISO 4217, of revenue.
    public var currency: String?
    /// `annual` or `monthly`, of revenue.
    public var period: String?
    /// What begins above it.
    public var effect: Effect

    /// A threshold.
    public init(measure: Measure, above: Int, currency: String? = nil, period: String? = nil, effect: Effect) {
        self.measure = measure
        self.above = above
        self.currency = currency
        self.period = period
        self.effect = effect
    }
}

/// Uses of one field that a list of terms shuts out.
public struct UseField: Sendable, Hashable, Codable {
    /// The field.
    public var name: Wording
    /// How many uses of the list belong to it.
    public var uses: Int
    /// Places of the list.
    public var evidence: [Evidence]

    /// A field with the uses that are shut out.
    public init(name: Wording, uses: Int, evidence: [Evidence]) {
        self.name = name
        self.uses = uses
        self.evidence = evidence
    }
}
