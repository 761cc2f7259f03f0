import Artefacts
import Dispatch
import Openness
import Synchronization
import Unpacking

/// Reads a release into facts, on as many workers as asked.
public struct ReleaseScanner: Sendable {
    public var limits: Limits
    public var workers: Int

    public init(limits: Limits = Limits(), workers: Int) {
        self.limits = limits
        self.workers = max(1, workers)
    }

    /// - Parameter shownPath: the path as the report shows it.
    /// - Throws: `ReadError` when the release itself cannot be read at all.
    public func scan(_ location: ReleaseLocation, shownPath: String) throws(ReadError) -> ReleaseFacts {
        let budget = ScanBudget(limits)
        var collected = Collected()
        switch location.kind {
        case .file, .archive:
            let collector = Collector(inspector: FileInspector(limits: limits))
            let bytes = try FileBytes(path: location.root, followLinks: true)
            let content = EntryContent(bytes, buffer: PrefixBuffer())
            if location.kind == .archive, let packed = try ArtefactReader.packed(content) {
                collector.add(packed, Entry(path: location.name, kind: .file, size: bytes.byteCount))
            } else if location.kind == .archive {
                try scanArchive(content, collector, budget, name: location.name)
            } else {
                collector.visit(Entry(path: location.name, kind: .file, size: bytes.byteCount), content: content)
            }
            collected = collector.collected
        default:
            var walker = DirectoryWalker(location, budget: budget)
            try walker.run()
            collected.problems = walker.problems
            collected.merge(inspect(walker.items, budget))
        }
        return collected.facts(location, shownPath: shownPath)
    }

    private func scanArchive(_ content: EntryContent, _ collector: Collector, _ budget: ScanBudget, name: String)
        throws(ReadError)
    {
        guard let kind = ArchiveKind.detect(try content.prefix(300)) else { return }
        do throws(ReadError) {
            try ArchiveWalker(budget: budget, visitor: collector, buffer: PrefixBuffer()).walk(
                content, kind: kind, path: "", depth: 0)
        } catch {
            // What came before the damage stays; with nothing before it, the archive could not be read at all.
            if collector.collected.files.isEmpty, collector.collected.problems.isEmpty {
                if case .badArchive(_, let message) = error { throw .badArchive(path: name, message: message) }
                throw error
            }
            collector.collected.errors.append(ReportError(path: name, code: "unreadable", message: error.message))
        }
    }

    /// Files are handed out one at a time, so that a large one does not hold the others up.
    private func inspect(_ items: [DirectoryWalker.Item], _ budget: ScanBudget) -> Collected {
        // A thread costs more than a few small files do.
        let count = max(1, min(workers, items.count / 16))
        let next = SharedCounter()
        let limits = self.limits
        let all = Mutex(Collected())
        Workers.run(count) {
            let collector = Collector(inspector: FileInspector(limits: limits))
            let buffer = PrefixBuffer()
            while let number = next.take(), number < items.count {
                collector.visit(items[number], budget: budget, buffer: buffer)
            }
            let collected = collector.collected
            all.withLock { $0.merge(collected) }
        }
        return all.withLock { $0 }
    }
}

/// Runs work on several threads and waits for all. Threads rather than tasks: a program whose main is asynchronous pays
/// for the unwinding of its first thread, ten times what a small scan costs.
public enum Workers {
    public static func run(_ count: Int, _ work: @Sendable () -> Void) {
        guard count > 1 else { return work() }
        DispatchQueue.concurrentPerform(iterations: count) { _ in work() }
    }
}

/// A counter that workers share.
final class SharedCounter: Sendable {
    private let value = Atomic(0)

    func take() -> Int? { value.add(1, ordering: .relaxed).oldValue }
}

/// Facts as they come in; put in order at the end, so that the same release gives the same report.
struct Collected: Sendable {
    var files: [FileFacts] = []
    var problems: [(path: String, finding: Finding)] = []
    var errors: [ReportError] = []

    mutating func merge(_ other: Collected) {
        files += other.files
        problems += other.problems
        errors += other.errors
    }

    func facts(_ location: ReleaseLocation, shownPath: String) -> ReleaseFacts {
        ReleaseFacts(
            name: location.name, kind: location.kind.rawValue, path: Printable.path(shownPath),
            revision: location.revision,
            files: files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) },
            problems: problems.sorted {
                ($0.path, $0.finding.id, $0.finding.detail) < ($1.path, $1.finding.id, $1.finding.detail)
            },
            errors: errors.sorted { ($0.path, $0.message) < ($1.path, $1.message) })
    }
}

/// One worker's visitor.
final class Collector: EntryVisitor {
    private let inspector: FileInspector
    var collected = Collected()

    init(inspector: FileInspector) { self.inspector = inspector }

    func visit(_ entry: Entry, content: EntryContent) {
        if entry.kind == .archive {
            collected.files.append(FileFacts(entry: entry))
            return
        }
        do throws(ReadError) {
            collected.files.append(try inspector.inspect(entry, content))
        } catch {
            fail(entry, error)
        }
    }

    func visit(_ item: DirectoryWalker.Item, budget: ScanBudget, buffer: PrefixBuffer) {
        do throws(ReadError) {
            let content = EntryContent(try FileBytes(path: item.location), buffer: buffer)
            if ArchiveKind.hasPackageName(item.entry.path), let kind = ArchiveKind.detect(try content.prefix(300)) {
                if let packed = try ArtefactReader.packed(content) { return add(packed, item.entry) }
                collected.files.append(
                    FileFacts(entry: Entry(path: item.entry.path, kind: .archive, size: item.entry.size)))
                try ArchiveWalker(budget: budget, visitor: self, buffer: PrefixBuffer()).walk(
                    content, kind: kind, path: item.entry.path, depth: 1)
            } else {
                visit(item.entry, content: content)
            }
        } catch {
            fail(item.entry, error)
        }
    }

    /// An archive that is data in itself.
    func add(_ packed: ArtefactFacts, _ entry: Entry) {
        var facts = FileFacts(entry: entry)
        facts.artefact = packed
        collected.files.append(facts)
    }

    private func fail(_ entry: Entry, _ error: ReadError) {
        collected.errors.append(ReportError(path: entry.path, code: "unreadable", message: error.message))
        // An archive that breaks in the middle is listed already, as the last or before its members.
        guard entry.kind != .archive, !ArchiveKind.hasPackageName(entry.path) else { return }
        var facts = FileFacts(entry: entry)
        facts.findings.append(Finding("unreadable", .medium, error.message))
        collected.files.append(facts)
    }

    func report(_ finding: Finding, path: String) {
        guard collected.problems.count < 10_000 else { return }
        collected.problems.append((path, finding))
    }
}
