/// What a licence field of some metadata says.
public struct LicenceValue: Sendable, Hashable, Codable {
    /// The value as it stands.
    public var raw: String
    /// Licences it names; empty for a family ("gpl"), a placeholder ("other") or a name that nobody knows.
    public var ids: [LicenceID]
    /// The same as an SPDX expression, where it is one.
    public var expression: LicenceExpression?
    /// A family or placeholder, which says no text.
    public var isFamily: Bool
    /// Whether it says that there is nothing to say ("none", "unknown").
    public var isBlank = false
    /// Whether it stands for any licence of the release's own ("other").
    public var isOpenEnded = false
    /// Parts of the release that the value names beside licences ("MIT (code)").
    public var parts: [LicenceID: Set<ReleasePart>] = [:]

    /// A value as read.
    public init(raw: String, ids: [LicenceID], expression: LicenceExpression?, isFamily: Bool) {
        self.raw = raw
        self.ids = ids
        self.expression = expression
        self.isFamily = isFamily
    }

    /// A name that nobody knows.
    public var isUnknown: Bool { ids.isEmpty && !isFamily }
}
