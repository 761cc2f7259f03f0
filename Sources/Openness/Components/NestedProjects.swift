import OpenscanFacts
import OpenscanRules

/// Other people's projects inside a release, copied with all that makes them projects: code, a README and a licence's text of their own,
/// under a name that is none of the release's. What they say of themselves is not said of the release, and their code is vendored.
enum NestedProjects {
    /// The release with the files of such folders in the third-party area.
    static func marked(_ release: ReleaseFacts, _ rules: RuleSet) -> ReleaseFacts {
        let roots = roots(of: release, rules)
        guard !roots.isEmpty else { return release }
        var release = release
        for place in release.files.indices where release.files[place].place.area != .thirdParty {
            if Entry.isFolder(release.files[place].folder, in: roots) { release.files[place].place.area = .thirdParty }
        }
        return release
    }

    /// What lies directly in a folder.
    private struct Signs {
        var title: String?
        var hasReadme = false, hasLicence = false
    }

    private static func roots(of release: ReleaseFacts, _ rules: RuleSet) -> Set<String> {
        var found: [String: Signs] = [:]
        var isInside = false
        for file in release.files where file.isKnown && file.place.area != .thirdParty {
            let place = file.place
            // Inside means that there is an outside: a README of the release above.
            if place.depth == 0 {
                isInside = isInside || place.isReadme
                continue
            }
            let isLicence =
                place.licenceName == .general && file.licence?.matches.contains { $0.method == .text } ?? false
            guard place.isReadme || isLicence else { continue }
            var signs = found[file.folder] ?? Signs()
            signs.hasReadme = signs.hasReadme || place.isReadme
            signs.hasLicence = signs.hasLicence || isLicence
            if place.isReadme { signs.title = signs.title ?? file.card?.headings.first?.text }
            found[file.folder] = signs
        }
        let candidates = found.filter { $0.value.hasReadme && $0.value.hasLicence }
        guard isInside, !candidates.isEmpty else { return [] }
        let names = OwnNames(release, rules: rules)
        guard names.areKnown else { return [] }
        let folders = FolderIndex(release, rules: rules.components)
        return Set(
            candidates.filter { folder, signs in
                // A folder of weights with a card and a licence is a model of the release's.
                folders.withCode.contains(folder) && !folders.withWeights.contains(folder)
                    && !names.bears(String(Entry.name(of: String(folder.dropLast()))))
                    && !(signs.title.map(names.bears) ?? false)
            }.keys)
    }
}
