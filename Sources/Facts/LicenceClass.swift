/// What a licence comes to for the gradient; which are open and which limit use is data.
public enum LicenceClass: String, Sendable, Codable, CaseIterable, Hashable {
    case researchOnly = "research-only"
    case nonCommercial = "non-commercial"
    case noDerivatives = "no-derivatives"
    case userRestricted = "user-restricted"
    case territoryRestricted = "territory-restricted"
    case useRestricted = "use-restricted"
    case outputRestricted = "output-restricted"
    case noRedistribution = "no-redistribution"
    case osiOpen = "osi-open"
    case openDataOrContent = "open-data-or-content"
    case customUnclear = "custom-unclear"
    case conflicting
    case none
}

/// How sure a verdict is.
public enum Confidence: String, Sendable, Codable, CaseIterable { case high, medium, low }
