import OpenscanFacts

/// Where the release stands on the gradient (Solaiman 2023, as modified by Bommasani et al. 2023).
public struct Gradient: Sendable, Hashable {
    /// What was judged.
    public enum Subject: String, Sendable, Codable, CaseIterable {
        case model
        case codeOnly = "code-only"
        case dataOnly = "data-only"
        case notAModel = "not-a-model"
        /// Nothing of it could be read, so nothing is said of what it is.
        case unread
        /// Several models, each a release of its own.
        case several

        /// Whether anything is said of it as one release.
        public var isJudged: Bool { self != .unread && self != .several }
    }

    /// What was judged.
    public var subject: Subject
    /// Level id, `undetermined` where files cannot tell.
    public var level: String
    /// 1 to 7.
    public var rank: Int?
    /// Highest level possible where it is undetermined.
    public var atMost: String?
    /// Solaiman's own level.
    public var solaiman: String?
    /// Label of the G7 vision on AI openness.
    public var g7: String?
    /// Class of the weights' licence.
    public var licenceClass: LicenceClass
    /// Whether parts are still announced.
    public var isStaged: Bool
    /// How sure the level is.
    public var confidence: Confidence
    /// Number of the rule of the decision table.
    public var rule: Int?
    /// What the level rests on.
    public var reasons: [Reason]
    /// What would have to be there for the next level.
    public var next: [Reason]

    /// A level.
    public init(
        subject: Subject, level: String, rank: Int? = nil, atMost: String? = nil, solaiman: String? = nil,
        g7: String? = nil, licenceClass: LicenceClass, isStaged: Bool = false, confidence: Confidence,
        rule: Int? = nil, reasons: [Reason] = [], next: [Reason] = []
    ) {
        self.subject = subject
        self.level = level
        self.rank = rank
        self.atMost = atMost
        self.solaiman = solaiman
        self.g7 = g7
        self.licenceClass = licenceClass
        self.isStaged = isStaged
        self.confidence = confidence
        self.rule = rule
        self.reasons = reasons
        self.next = next
    }
}
