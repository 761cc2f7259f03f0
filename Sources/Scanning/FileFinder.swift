import OpenscanFacts

/// Where the files are that others name. Only those that somebody names are looked up: a table of all would take more memory
/// than the files do.
struct FileFinder {
    private var places: [String: Int] = [:]

    /// - Parameter wanted: whole paths.
    init(_ release: ReleaseFacts, wanted: some Sequence<String>) {
        let wanted = Set(wanted)
        guard !wanted.isEmpty else { return }
        for (place, file) in release.files.enumerated() {
            let path = file.path
            if wanted.contains(path), places[path] == nil { places[path] = place }
        }
    }

    subscript(_ path: String) -> Int? { places[path] }
}
