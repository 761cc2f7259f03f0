import OpenscanFacts
import OpenscanOpenness

/// Where the release stands on the gradient.
public struct ReportGradient: Sendable, Codable, Hashable {
    /// What was judged.
    public var subject: Gradient.Subject
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
    public var staged: Bool
    /// How sure the level is.
    public var confidence: Confidence
    /// Number of the rule of the decision table.
    public var rule: Int?
    /// What the level rests on.
    public var reasons: [Reason]
    /// What would have to be there for the next level.
    public var next: [Reason]

    init(_ gradient: Gradient) {
        subject = gradient.subject
        level = gradient.level
        rank = gradient.rank
        atMost = gradient.atMost
        solaiman = gradient.solaiman
        g7 = gradient.g7
        licenceClass = gradient.licenceClass
        staged = gradient.isStaged
        confidence = gradient.confidence
        rule = gradient.rule
        reasons = gradient.reasons
        next = gradient.next
    }

    var gradient: Gradient {
        Gradient(
            subject: subject, level: level, rank: rank, atMost: atMost, solaiman: solaiman, g7: g7,
            licenceClass: licenceClass, isStaged: staged, confidence: confidence, rule: rule, reasons: reasons,
            next: next)
    }
}

/// One model of a collection.
public struct ReportPart: Sendable, Codable, Hashable {
    /// Its folder.
    public var path: String
    /// Components that are there in some way.
    public var components: [ComponentID: Component.Status]
    /// Where it stands on the gradient.
    public var gradient: ReportGradient
    /// What the weights are under.
    public var licenceOfWeights: String?
    /// Its flags.
    public var flags: [FlagID]

    init(_ part: PartDossier) {
        path = part.path
        components = part.components
        gradient = ReportGradient(part.gradient)
        licenceOfWeights = part.licenceOfWeights
        flags = part.flags
    }

    var part: PartDossier {
        PartDossier(
            path: path, components: components, gradient: gradient.gradient, licenceOfWeights: licenceOfWeights,
            flags: flags)
    }
}
