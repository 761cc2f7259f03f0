import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Reads single files of a release whole, as bytes: through the same doors as a scan, within its limits.
public struct ReleaseFiles {
    /// No text to be shipped along is longer.
    public static let largest = 4 << 20

    /// All of them together.
    private static let largestTotal = 64 << 20

    /// What was read, and what is there.
    public struct Survey: Sendable {
        /// Files by their paths in the release.
        public var found: [String: [UInt8]] = [:]
        /// SHA-256 over path and size of every file, in order of path: another inventory has another digest.
        public var inventory = ""
    }

    /// Files by their paths in the release; what is not there, too large or cannot be read is left out.
    /// - Throws: `ReadError` where the release cannot be opened.
    public static func read(_ paths: Set<String>, of location: ReleaseLocation, limits: Limits) throws(ReadError)
        -> [String: [UInt8]]
    { try survey(paths, of: location, limits: limits).found }

    /// The same, with the digest of the inventory.
    /// - Throws: `ReadError` where the release cannot be opened.
    public static func survey(_ paths: Set<String>, of location: ReleaseLocation, limits: Limits) throws(ReadError)
        -> Survey
    {
        let budget = ScanBudget(limits)
        let picker = FilePicker(paths, room: largestTotal)
        switch location.kind {
        case .file, .archive:
            let bytes = try FileBytes(path: location.root, followLinks: true, shownAs: location.name)
            let content = EntryContent(bytes, buffer: PrefixBuffer())
            if location.kind == .archive, let kind = ArchiveKind.detect(try content.prefix(300)) {
                // What came before some damage is as good as without it.
                try? ArchiveWalker(budget: budget, visitor: picker, buffer: PrefixBuffer()).walk(
                    content, kind: kind, path: "", depth: 0)
            } else {
                picker.visit(
                    Entry(path: location.name, kind: .file, size: bytes.byteCount), content: content)
            }
            withExtendedLifetime(content) {}
        default:
            var walker = try DirectoryWalker(location, budget: budget)
            try walker.run()
            let buffer = PrefixBuffer()
            for item in walker.items {
                let entry = item.entry
                picker.note(entry)
                guard paths.contains(entry.path), let bytes = try? item.bytes(in: walker.root)
                else { continue }
                let content = EntryContent(bytes, buffer: buffer)
                picker.keep(entry, content)
                withExtendedLifetime(content) {}
            }
        }
        return picker.survey
    }
}

/// Keeps the bytes of files that are asked for, and notes all that are there.
private final class FilePicker: EntryVisitor {
    private let paths: Set<String>
    private var found: [String: [UInt8]] = [:]
    private var room: Int
    private var lines: [String] = []

    init(_ paths: Set<String>, room: Int) {
        self.paths = paths
        self.room = room
    }

    var survey: ReleaseFiles.Survey {
        var sum = SHA256()
        for line in lines.sorted() { sum.update(line.utf8) }
        return ReleaseFiles.Survey(found: found, inventory: SHA256.hex(digest: sum.digest()))
    }

    func visit(_ entry: Entry, content: EntryContent) {
        note(entry)
        keep(entry, content)
    }

    func note(_ entry: Entry) { lines.append("\(entry.path)\0\(entry.size.map(String.init) ?? "")\n") }

    func keep(_ entry: Entry, _ content: EntryContent) {
        guard entry.kind != .archive, paths.contains(entry.path), found[entry.path] == nil,
            let bytes = try? content.prefix(ReleaseFiles.largest + 1), bytes.count <= ReleaseFiles.largest,
            bytes.count <= room, !content.endsUnseen
        else { return }
        room -= bytes.count
        found[entry.path] = Array(bytes)
    }

    func report(_ finding: Finding, path: String) {}
}
