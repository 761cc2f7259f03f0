import OpenscanBytes

/// How people license in one language (Licenses/languages.yml).
public struct LanguageRules: Sendable {
    /// What a word says.
    public enum Group: String, Sendable, CaseIterable {
        /// A noun for licences.
        case licence
        /// Puts something under what stands near.
        case grants
        /// Stands between the word for a licence and its name.
        case copulas
        /// Denies.
        case denials
        /// Is of what is yet to come.
        case promises
        /// Is of other times, other people's parts or comparisons.
        case others
        /// Names a part of a release.
        case weights, code, data, documents
        /// Forbids or limits.
        case binds
        /// Speaks of the release itself.
        case own
    }

    /// Its code after BCP 47.
    public let id: String
    /// Its words; parts of words in lower case.
    public let words: [Group: [String]]

    /// - Parameter item: an entry of the document `languages`.
    init(_ item: JSONValue) {
        id = item.text("id")
        words = Dictionary(uniqueKeysWithValues: Group.allCases.map { ($0, item.list($0.rawValue)) })
    }
}
