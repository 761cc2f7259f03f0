import Unpacking

/// What a path says about a file, content aside.
public struct FilePlace: Sendable, Hashable {
    public enum Area: Sendable, Hashable {
        /// Part of the release proper.
        case main
        /// Tests and their fixtures.
        case test
        /// Examples, tutorials, demos.
        case example
        /// Other people's code that travels along.
        case thirdParty
        /// Documentation site.
        case documentation
    }

    public enum LicenceName: Sendable, Hashable {
        case general, weights, data, code, documents
        /// An attribution file.
        case notice
        /// A list of other people's licences.
        case thirdParty
    }

    public let area: Area
    /// Set when the name says that the file is there to license.
    public let licenceName: LicenceName?
    /// Lower-case last name.
    public let name: String
    /// Folders above, lower case.
    public let folders: [String]

    private static let testFolders: Set<String> = [
        "test", "tests", "testing", "testdata", "test_data", "fixtures", "unittests", "__tests__", "spec",
    ]
    private static let exampleFolders: Set<String> = [
        "example", "examples", "tutorial", "tutorials", "demo", "demos", "notebooks", "samples",
    ]
    private static let thirdPartyFolders: Set<String> = [
        "third_party", "thirdparty", "third-party", "3rdparty", "vendor", "_vendor", "vendored", "external", "extern",
        "externals", "submodules", "deps", "node_modules", "site-packages", "contrib",
    ]
    private static let documentationFolders: Set<String> = ["docs", "doc", "documentation", "website"]

    public init(_ path: String) {
        let parts = path.lowercased().split(whereSeparator: { $0 == "/" }).map(String.init)
        name = parts.last ?? ""
        folders = Array(parts.dropLast())
        if folders.contains(where: Self.thirdPartyFolders.contains) {
            area = .thirdParty
        } else if folders.contains(where: Self.testFolders.contains)
            || (name.hasPrefix("test_") && name.hasSuffix(".py")) || name.hasSuffix("_test.py") || name == "conftest.py"
        {
            area = .test
        } else if folders.contains(where: Self.exampleFolders.contains) {
            area = .example
        } else if folders.contains(where: Self.documentationFolders.contains) {
            area = .documentation
        } else {
            area = .main
        }
        licenceName = Self.licenceName(name, folders)
    }

    private static func licenceName(_ name: String, _ folders: [String]) -> LicenceName? {
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        let ending = name.holds(".") ? String(name.split(separator: ".").last ?? "") : ""
        let isText =
            [
                "", "txt", "md", "rst", "html", "pdf", "license", "tex", "mit", "apache", "bsd", "model", "code", "0",
                "weights", "data",
            ].contains(ending) || ending.allSatisfy(\.isNumber)
        guard isText else { return nil }
        let words = stem.split(whereSeparator: { !$0.isLetter }).map(String.init)
        let isLicence =
            [
                "license", "licence", "licenses", "licences", "copying", "copyright", "unlicense", "eula", "terms",
                "tos", "agreement", "legal", "许可协议",
            ].contains { words.contains($0) } || stem.hasPrefix("license") || stem.hasPrefix("licence")
            || stem.hasSuffix("license") || stem.holds("许可") || name.hasSuffix(".license")
        if words.contains("notice") || words.contains("notices") {
            return words.contains("third") || words.contains("thirdparty") ? .thirdParty : .notice
        }
        guard isLicence || (folders.last == "licenses" && ["", "txt", "md"].contains(ending)) else { return nil }
        let all = name
        if all.holds("third") || all.holds("3rd") || words.contains("dependencies") { return .thirdParty }
        if ["model", "weight", "weights", "checkpoint"].contains(where: words.contains) || ending == "model"
            || ending == "weights" || all.holds("model_license") || all.holds("weight")
        {
            return .weights
        }
        if words.contains("data") || words.contains("dataset") || ending == "data" { return .data }
        if words.contains("code") || ending == "code" { return .code }
        if words.contains("docs") || words.contains("documentation") { return .documents }
        return .general
    }

    /// Depth 0 is the release's own folder.
    public var depth: Int { folders.count }

    public var isReadme: Bool { name.hasPrefix("readme") || name == "huggingface_readme.md" }
}
