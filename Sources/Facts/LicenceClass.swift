/// What a licence comes to for the gradient, the most telling first; what makes a class, which are open and which limit
/// use is data (Licenses/gradient.yml).
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
    /// Terms of its own that decide nothing.
    case customUnclear = "custom-unclear"
    /// Sources that contradict each other.
    case conflicting
    /// No licence was found.
    case none
}

/// How sure a verdict is.
public enum Confidence: String, Sendable, Codable, CaseIterable { case high, medium, low }
