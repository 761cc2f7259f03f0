/// What a path says about a file, content aside; made by the place rules.
public struct FilePlace: Sendable, Hashable {
    /// Which part of a repository the folders name.
    public enum Area: String, Sendable, Hashable, CaseIterable {
        /// Part of the release proper.
        case main
        /// Tests and their fixtures.
        case test
        /// Examples, tutorials, demos.
        case example
        /// Other people's code that travels along.
        case thirdParty = "third-party"
        /// Documentation site.
        case documentation
    }

    /// What a name says that the file licenses; `general` names no part.
    public enum LicenceName: String, Sendable, Hashable, CaseIterable {
        case general, weights, data, code, documents
        /// An attribution file.
        case notice
        /// A list of other people's licences.
        case thirdParty = "third-party"
    }

    /// Which part of a repository the folders name.
    public var area: Area
    /// Set when the name says that the file is there to license.
    public var licenceName: LicenceName?
    /// Lower-case last name.
    public var name: String
    /// Folders above, lower case.
    public var folders: [String]
    /// Whether the name is one of a README.
    public var isReadme: Bool
    /// Whether the name is one of a policy of use.
    public var isPolicy: Bool

    /// A place as the rules read it.
    public init(
        area: Area = .main, licenceName: LicenceName? = nil, name: String, folders: [String] = [],
        isReadme: Bool = false, isPolicy: Bool = false
    ) {
        self.area = area
        self.licenceName = licenceName
        self.name = name
        self.folders = folders
        self.isReadme = isReadme
        self.isPolicy = isPolicy
    }

    /// Depth 0 is the release's own folder.
    public var depth: Int { folders.count }

    /// Folders and name, lower case.
    public var path: String { (folders + [name]).joined(separator: "/") }
}
