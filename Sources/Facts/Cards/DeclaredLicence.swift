/// A licence field of some package's or citation's metadata.
public struct DeclaredLicence: Sendable, Hashable, Codable {
    /// Name of the field, as its format calls it.
    public var field: String
    /// Whether the field's values are of a fixed list, which knows families only.
    public var isClassifier: Bool
    /// What it names.
    public var value: LicenceValue
    /// The part of the release that it speaks of, where the format says so.
    public var part: ReleasePart?
    /// Its line.
    public var evidence: Evidence

    /// A field as read.
    public init(
        field: String, isClassifier: Bool = false, value: LicenceValue, part: ReleasePart? = nil, evidence: Evidence
    ) {
        self.field = field
        self.isClassifier = isClassifier
        self.value = value
        self.part = part
        self.evidence = evidence
    }
}
