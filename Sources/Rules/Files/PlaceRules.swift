import OpenscanBytes
import OpenscanFacts

/// Reads what paths say (Licenses/places.yml).
public struct PlaceRules: Sendable {
    private struct AreaRule {
        let area: FilePlace.Area
        let folders: NamePatterns
        let names: NamePatterns
    }

    private struct CoverRule {
        let what: FilePlace.LicenceName
        let words: Set<String>
        let endings: Set<String>
        let names: NamePatterns
    }

    private let areas: [AreaRule]
    private let readmes: NamePatterns
    private let policies: NamePatterns
    private let communityFiles: NamePatterns
    private let packageDescriptions: NamePatterns
    private let packageFolders: NamePatterns
    private let endings: Set<String>
    private let otherEndings: Set<String>
    private let words: Set<String>
    private let stems: NamePatterns
    private let names: NamePatterns
    private let licenceFolders: Set<String>
    private let folderEndings: Set<String>
    private let notices: Set<String>
    private let covers: [CoverRule]

    /// - Parameter root: the document `places`.
    public init(_ root: JSONValue) {
        areas = root.items("areas").compactMap { item in
            FilePlace.Area(rawValue: item.text("area")).map {
                AreaRule(area: $0, folders: item.patterns("folders"), names: item.patterns("names"))
            }
        }
        readmes = root.patterns("readmes")
        policies = root.patterns("policies")
        communityFiles = root.patterns("community-files")
        packageDescriptions = root.patterns("package-descriptions")
        packageFolders = root.patterns("package-folders")
        let files = root["licence-files"] ?? .null
        endings = Set(files.list("endings"))
        otherEndings = Set(files.list("other-endings"))
        words = Set(files.list("words"))
        stems = files.patterns("stems")
        names = files.patterns("names")
        licenceFolders = Set(files.list("folders"))
        folderEndings = Set(files.list("folder-endings"))
        notices = Set(files.list("notices"))
        covers = files.items("covers").compactMap { item in
            FilePlace.LicenceName(rawValue: item.text("what")).map {
                CoverRule(
                    what: $0, words: Set(item.list("words")), endings: Set(item.list("endings")),
                    names: item.patterns("names"))
            }
        }
    }

    /// What a path says.
    public func place(_ path: String) -> FilePlace { place(FilePath(path)) }

    /// What a path says.
    public func place(_ path: FilePath) -> FilePlace {
        var place = FilePlace(path)
        let (name, folders) = (place.name, place.folders)
        place.area = areas.first { $0.folders.matches(any: folders) || $0.names.matches(name) }?.area ?? .main
        place.licenceName = licenceName(name, folders)
        place.isReadme = readmes.matches(name)
        place.isPolicy = policies.matches(name)
        return place
    }

    private func licenceName(_ name: String, _ folders: [String]) -> FilePlace.LicenceName? {
        let stem = name.split(separator: ".").first.map(String.init) ?? name
        let ending = name.holds(".") ? String(name.split(separator: ".").last ?? "") : ""
        let isUsual = endings.contains(ending) || ending.allSatisfy(\.isNumber)
        guard isUsual || !otherEndings.contains(ending) else { return nil }
        let row = stem.split(whereSeparator: { !$0.isLetter }).map(String.init)
        let parts = Set(row)
        // A name that begins or ends as a licence's is one whatever stands behind its dot, but for what is no text.
        let isNamed = [row.first, row.last].contains { $0.map { words.contains($0) || notices.contains($0) } ?? false }
        guard isUsual || isNamed else { return nil }
        let isThirdParty = covers.first { $0.what == .thirdParty }.map { fits($0, name, ending, parts) } ?? false
        if !parts.isDisjoint(with: notices) { return isThirdParty ? .thirdParty : .notice }
        let isLicence = !parts.isDisjoint(with: words) || stems.matches(stem) || names.matches(name)
        let ofFolder = folders.last.map(self.ofFolder) ?? []
        let isInFolder = !ofFolder.isEmpty && folderEndings.contains(ending)
        guard isLicence || isInFolder else { return nil }
        return covers.first { fits($0, name, ending, parts.union(ofFolder)) }?.what ?? .general
    }

    /// Words of a folder that is there for licences ("model_licenses"); empty for others.
    private func ofFolder(_ folder: String) -> Set<String> {
        if licenceFolders.contains(folder) { return [folder] }
        let parts = Set(folder.split(whereSeparator: { !$0.isLetter }).map(String.init))
        return parts.isDisjoint(with: licenceFolders) ? [] : parts
    }

    /// Whether the file's own folder is there for licences.
    public func isInLicenceFolder(_ place: FilePlace) -> Bool {
        place.folders.last.map { !ofFolder($0).isEmpty } ?? false
    }

    private func fits(_ rule: CoverRule, _ name: String, _ ending: String, _ parts: Set<String>) -> Bool {
        !parts.isDisjoint(with: rule.words) || rule.endings.contains(ending) || rule.names.matches(name)
    }

    /// Whether the file speaks for the project's community and not for its model.
    public func isCommunityFile(_ place: FilePlace) -> Bool { communityFiles.matches(place.name) }

    /// Whether the file is a package manager's description of the project.
    public func isPackageDescription(_ place: FilePlace) -> Bool { packageDescriptions.matches(place.name) }

    /// Whether the folders above keep licences of the whole package.
    public func isInPackageFolder(_ place: FilePlace) -> Bool { packageFolders.matches(any: place.folders) }
}
