import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking

/// Reads single files of a release whole, as bytes: through the same doors as a scan, within its limits.
public struct ReleaseFiles {
    /// No text to be shipped along is longer.
    public static let largest = 4 << 20

    /// Files by their paths in the release; what is not there, too large or cannot be read is left out.
    /// - Throws: `ReadError` where the release cannot be opened.
    public static func read(_ paths: Set<String>, of location: ReleaseLocation, limits: Limits) throws(ReadError)
        -> [String: [UInt8]]
    {
        let budget = ScanBudget(limits)
        let picker = FilePicker(paths)
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
            for item in walker.items where paths.contains(item.entry.path) {
                guard let bytes = try? walker.root.file(item.location, shownAs: item.entry.path) else { continue }
                let content = EntryContent(bytes, buffer: buffer)
                picker.visit(item.entry, content: content)
                withExtendedLifetime(content) {}
            }
        }
        return picker.found
    }
}

/// Keeps the bytes of files that are asked for.
private final class FilePicker: EntryVisitor {
    private let paths: Set<String>
    private(set) var found: [String: [UInt8]] = [:]

    init(_ paths: Set<String>) { self.paths = paths }

    func visit(_ entry: Entry, content: EntryContent) {
        guard entry.kind != .archive, paths.contains(entry.path), found[entry.path] == nil,
            let bytes = try? content.prefix(ReleaseFiles.largest + 1), bytes.count <= ReleaseFiles.largest
        else { return }
        found[entry.path] = Array(bytes)
    }

    func report(_ finding: Finding, path: String) {}
}
