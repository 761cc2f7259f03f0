/// Kind of licence, after the categories of the pinned package (ScanCode) with finer ones for AI licences.
public enum LicenceCategory: String, Sendable, Codable, CaseIterable, Hashable {
    case permissive
    case publicDomain = "public-domain"
    case copyleft
    case copyleftLimited = "copyleft-limited"
    case openData = "open-data"
    case openRAIL = "openrail"
    case llamaStyle = "llama-style"
    case sourceAvailable = "source-available"
    case researchOnly = "research-only"
    case nonCommercial = "non-commercial"
    case noDerivatives = "no-derivatives"
    case proprietary
    case usePolicy = "use-policy"
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
