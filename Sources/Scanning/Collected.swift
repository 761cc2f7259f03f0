import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Facts as they come in; put in order at the end, so that the same release gives the same report.
struct Collected: Sendable {
    var files: [FileFacts] = []
    var problems: [ReleaseFacts.Problem] = []
    var errors: [ReleaseFacts.ReadProblem] = []

    mutating func merge(_ other: Collected) {
        files += other.files
        problems += other.problems
        errors += other.errors
    }

    func facts(_ location: ReleaseLocation, shownPath: String) -> ReleaseFacts {
        ReleaseFacts(
            name: location.name, kind: location.kind, path: Printable.path(shownPath),
            revision: location.revision,
            files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            problems: problems.sorted {
                ($0.path, $0.finding.id.rawValue, $0.finding.detail) < (
                    $1.path, $1.finding.id.rawValue, $1.finding.detail
                )
            },
            errors: errors.sorted { ($0.path, $0.message) < ($1.path, $1.message) })
    }
}
