import OpenscanFacts
import OpenscanRules

/// What lies where in a release, looked up once: a release may have a million files.
struct FolderIndex: Sendable {
    /// Folders with weights in them or below, as paths with a slash behind; the release itself is the empty one.
    private(set) var withWeights: Set<String> = []
    /// Folders with code in them or below.
    private(set) var withCode: Set<String> = []
    /// Folders of a program's package: those with an `__init__.py`.
    private var packages: Set<String> = []
    /// Folders that hold an adapter's config.
    private(set) var withAdapter: Set<String> = []
    /// Folders that all files share: an sdist has one, a checkout none.
    private(set) var sharedDepth = 0
    /// Files outside NOTICE files that hold a licence's text.
    private(set) var licenceTexts: Set<String> = []

    init(_ release: ReleaseFacts, rules: ComponentRules) {
        sharedDepth = release.files.first?.place.depth ?? 0
        let first = release.files.first?.place.folders ?? []
        for file in release.files {
            if let artefact = file.artefact, artefact.holdsWeights,
                rules.weights.areWeights(artefact, at: file.place.path)
            {
                Self.add(file.folder, to: &withWeights)
            }
            if file.code != nil { Self.add(file.folder, to: &withCode) }
            if file.place.name == "__init__.py" { packages.insert(file.folder) }
            if file.config?.isAdapter == true { withAdapter.insert(file.folder) }
            if sharedDepth > 0 {
                sharedDepth = min(sharedDepth, zip(first, file.place.folders).prefix { $0.0 == $0.1 }.count)
            }
            if let name = file.place.licenceName, name != .notice, file.place.area == .main,
                file.licence?.matches.contains(where: { $0.method == .text }) ?? false
            {
                licenceTexts.insert(file.path)
            }
        }
    }

    /// Whether a folder is one of a program's package, or lies in one.
    func isInPackage(_ folder: String) -> Bool { Entry.isFolder(folder, in: packages) }

    private static func add(_ folder: String, to folders: inout Set<String>) {
        var folder = folder
        // Parents of a known folder are known.
        while folders.insert(folder).inserted, !folder.isEmpty { folder = Entry.folder(of: String(folder.dropLast())) }
    }
}
