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
        /// What clients of hubs keep for themselves.
        case client
    }

    /// What a name says that the file licenses; `general` names no part.
    public enum LicenceName: String, Sendable, Hashable, CaseIterable {
        case general, weights, data, code, documents
        /// An attribution file.
        case notice
        /// A list of other people's licences.
        case thirdParty = "third-party"
    }

    /// Where the file is, as written.
    private(set) var written: FilePath
    /// Which part of a repository the folders name.
    public var area: Area
    /// Set when the name says that the file is there to license.
    public var licenceName: LicenceName?
    /// Whether the name is one of a README.
    public var isReadme: Bool
    /// Whether the name is one of a policy of use.
    public var isPolicy: Bool
    /// Whether the name as written is in lower case; then it need not be folded each time.
    private var isPlain: Bool

    /// A path, and what the rules read from it.
    public init(
        _ path: FilePath, area: Area = .main, licenceName: LicenceName? = nil, isReadme: Bool = false,
        isPolicy: Bool = false
    ) {
        written = path
        isPlain = path.isPlain
        self.area = area
        self.licenceName = licenceName
        self.isReadme = isReadme
        self.isPolicy = isPolicy
    }

    /// A place of a name and the folders above, both in lower case.
    public init(
        area: Area = .main, licenceName: LicenceName? = nil, name: String, folders: [String] = [],
        isReadme: Bool = false, isPolicy: Bool = false
    ) {
        self.init(
            FilePath((folders + [name]).joined(separator: "/")), area: area, licenceName: licenceName,
            isReadme: isReadme, isPolicy: isPolicy)
    }

    /// Lower-case last name.
    public var name: String {
        get { isPlain ? written.name : written.name.lowercased() }
        set { move(folders, newValue) }
    }

    /// Folders above, lower case.
    public var folders: [String] {
        get { written.folder.names }
        set { move(newValue, name) }
    }

    private mutating func move(_ folders: [String], _ name: String) {
        written = FilePath((folders + [name]).joined(separator: "/"))
        isPlain = written.isPlain
    }

    /// Depth 0 is the release's own folder.
    public var depth: Int { written.folder.depth }

    /// Folders and name, lower case.
    public var path: String { (folders + [name]).joined(separator: "/") }
}
