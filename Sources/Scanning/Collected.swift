import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Facts as they come in; put in order at the end, so that the same release gives the same report.
struct Collected: Sendable {
    var files: [FileFacts] = []
    var problems: [ReleaseFacts.Problem] = []
    var errors: [ReleaseFacts.ReadProblem] = []
    /// Files that are counted and not among `files`.
    var unlisted = 0
    var unread = Unread()
    /// Files as the file system lists them, where somebody asks for that.
    var listed: [ListedFile] = []
    /// Findings about entries without facts of their own that are not among `problems`.
    var unreported = 0

    private static let mostErrors = 10_000

    mutating func merge(_ other: consuming Collected) {
        // The first to come is most of it, or all: a copy would be the largest thing in memory.
        if files.isEmpty { files = other.files } else { files += other.files }
        problems += other.problems
        errors += other.errors
        unlisted += other.unlisted
        unread.merge(other.unread)
        listed += other.listed
        unreported += other.unreported
    }

    /// The release; nothing of it stays here.
    mutating func facts(_ location: ReleaseLocation, shownPath: String, limits: Limits) -> ReleaseFacts {
        let path = Printable.path(shownPath)
        for (finding, message) in unread.words(limits) {
            problems.append(.init(path: "", finding: finding))
            errors.append(.init(path: path, code: "limit", message: message))
        }
        if unreported > 0 {
            let words: Wording = "\(unreported) more findings about entries are not listed"
            problems.append(.init(path: "", finding: Finding(.manyEntries, .medium, words)))
        }
        sortFiles()
        problems.sort {
            ($0.path, $0.finding.id.rawValue, $0.finding.detail.description) < (
                $1.path, $1.finding.id.rawValue, $1.finding.detail.description
            )
        }
        errors.sort { ($0.path, $0.message.description) < ($1.path, $1.message.description) }
        if errors.count > Self.mostErrors {
            let more = errors.count - Self.mostErrors
            errors.removeLast(more)
            errors.append(.init(path: path, code: "unreadable", message: "and \(more) more could not be read"))
        }
        var facts = ReleaseFacts(
            name: location.name, kind: location.kind, path: path, revision: location.revision, files: files,
            problems: problems, errors: errors)
        facts.unlisted = unlisted
        facts.listed = listed
        facts.models = location.models.map(\.folder)
        self = Collected()
        return facts
    }

    /// Sorts numbers first and then moves each file once: what a sort holds beside the files would be half as much again.
    private mutating func sortFiles() {
        // Walks and most archives come in order.
        if zip(files, files.dropFirst()).allSatisfy({ !$1.precedes($0) }) { return }
        var order = files.indices.map { UInt32(truncatingIfNeeded: $0) }
        order.sort { files[Int($0)].precedes(files[Int($1)]) }
        for start in order.indices {
            var place = start
            while Int(order[place]) != start {
                let source = Int(order[place])
                order[place] = UInt32(truncatingIfNeeded: place)
                files.swapAt(place, source)
                place = source
            }
            order[place] = UInt32(truncatingIfNeeded: place)
        }
    }
}
