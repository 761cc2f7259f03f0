/// What kind of file a text comes from; it decides how much weight its words have.
public enum TextRole: Sendable, Hashable, Codable {
    /// LICENSE, COPYING, NOTICE, terms: the text is there to license.
    case licence
    /// README, card, documentation: prose that may license.
    case document
    /// Program text: the head counts.
    case source
    /// Anything else.
    case other
}
