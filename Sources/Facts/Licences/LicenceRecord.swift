/// Kind of licence, after the categories of the pinned package (ScanCode) with finer ones for AI licences.
public enum LicenceCategory: String, Sendable, Codable, CaseIterable, Hashable {
    case permissive
    case publicDomain = "public-domain"
    case copyleft
    /// Copyleft for the files or library themselves, not for what is built with them.
    case copyleftLimited = "copyleft-limited"
    case openData = "open-data"
    /// Open but for a list of uses that travels with the model.
    case openRAIL = "openrail"
    /// A community licence after Meta's: limits by users or place, names and notices to hand on.
    case llamaStyle = "llama-style"
    /// To be read, and used within limits of business.
    case sourceAvailable = "source-available"
    case researchOnly = "research-only"
    case nonCommercial = "non-commercial"
    case noDerivatives = "no-derivatives"
    case proprietary
    /// No licence: rules of use that one refers to.
    case usePolicy = "use-policy"
    /// No licence: permissions on top of one.
    case exception
    case unclear
}

/// A licence as the catalogue knows it, its text aside.
public struct LicenceRecord: Sendable, Hashable {
    /// SPDX id, or `LicenseRef-` and a key.
    public let id: LicenceID
    /// The licence's name.
    public let name: String
    /// Its kind.
    public let category: LicenceCategory
    /// Whether the Open Source Initiative has approved it.
    public let isOSIApproved: Bool
    /// Whether it is an exception to other licences.
    public let isException: Bool
    /// Whether SPDX has withdrawn the id.
    public let isDeprecated: Bool
    /// Written for models or data of machine learning.
    public let isAI: Bool

    /// A record.
    public init(
        id: LicenceID, name: String, category: LicenceCategory, isOSIApproved: Bool = false, isException: Bool = false,
        isDeprecated: Bool = false, isAI: Bool = false
    ) {
        self.id = id
        self.name = name
        self.category = category
        self.isOSIApproved = isOSIApproved
        self.isException = isException
        self.isDeprecated = isDeprecated
        self.isAI = isAI
    }
}
