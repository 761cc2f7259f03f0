import OpenscanBytes
import OpenscanFacts

/// A flag in words (Licenses/flags.yml); its rule stands in Openness.
public struct FlagDescription: Sendable, Hashable {
    /// Its id.
    public let id: FlagID
    /// How much it matters.
    public let severity: Severity
    /// What it says.
    public let title: String
    /// What clears it.
    public let remedy: String
    /// What keeps it from a false alarm.
    public let guardWords: String?

    init(_ item: JSONValue) {
        id = FlagID(item.text("id"))
        severity = Severity(rawValue: item.text("severity")) ?? .info
        title = item.text("title")
        remedy = item.text("remedy")
        guardWords = item.optionalText("guard")
    }
}
