import OpenscanBytes

/// Words that tell licences from their neighbours and grants from mentions (Licenses/licence-words.yml).
public struct LicenceWords: Sendable {
    private let lists: [String: [String]]

    /// - Parameter root: the document `licence-words`.
    public init(_ root: JSONValue) {
        var lists: [String: [String]] = [:]
        for member in root.members ?? [] { lists[member.key] = member.value.strings }
        self.lists = lists
    }

    /// A list of words by its name.
    public subscript(_ list: String) -> [String] { lists[list] ?? [] }
}
