/// A line of a card that reads like a licence field: parts of the release, and a licence for each ("Code: MIT, weights: CC BY-NC 4.0").
public struct PartStatement: Sendable, Hashable, Codable {
    /// The licences named.
    public var value: LicenceValue
    /// The parts that they are for.
    public var parts: [ReleasePart]
    /// The model that a row of a table names, where it is about one.
    public var model: String?
    /// The line.
    public var evidence: Evidence

    /// A statement with its place.
    public init(value: LicenceValue, parts: [ReleasePart], model: String? = nil, evidence: Evidence) {
        self.value = value
        self.parts = parts
        self.model = model
        self.evidence = evidence
    }
}
