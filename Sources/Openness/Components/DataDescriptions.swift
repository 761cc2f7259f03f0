import OpenscanFacts

/// Which files are the data that metadata of the release describe (Croissant, Kaggle, data packages, Kitfiles).
struct DataDescriptions {
    /// Files and folders that are named, as paths in the release without a slash behind.
    private var named: Set<String> = []
    /// Folders of which all tables are meant, with a slash behind.
    private var folders: Set<String> = []
    /// Data that are kept elsewhere.
    private(set) var addresses: [Evidence] = []

    private static let mostNames = 100_000
    private static let mostAddresses = 100

    init(_ release: ReleaseFacts) {
        for file in release.files where file.place.area == .main {
            guard let data = file.describedData else { continue }
            if data.paths.isEmpty { folders.insert(file.folder) }
            for path in data.paths where named.count < Self.mostNames {
                let parts = path.split(separator: "/").filter { $0 != "." }
                guard !parts.contains("..") else { continue }
                if parts.isEmpty { folders.insert(file.folder) }
                named.insert(file.folder + parts.joined(separator: "/"))
            }
            addresses += data.addresses.prefix(max(0, Self.mostAddresses - addresses.count))
        }
    }

    /// Whether a file is named, or lies in a folder that is.
    func names(_ file: FileFacts) -> Bool {
        guard !named.isEmpty, !named.contains(file.path) else { return !named.isEmpty }
        var folder = file.folder
        while !folder.isEmpty {
            if named.contains(String(folder.dropLast())) { return true }
            folder = Entry.folder(of: String(folder.dropLast()))
        }
        return false
    }

    /// Whether a table is named, or lies in or below the folder of a description of all that is there.
    func covers(_ file: FileFacts) -> Bool {
        names(file) || folders.contains("") || Entry.isFolder(file.folder, in: folders)
    }
}
