import Dispatch
import OpenscanArtefacts
import OpenscanBytes
import OpenscanFacts
import OpenscanUnpacking
import Synchronization

/// Reads a release into facts, on as many workers as asked.
public struct ReleaseScanner: Sendable {
    /// Bounds on what is read.
    public var limits: Limits
    /// Threads to use.
    public var workers: Int
    /// Told of every file, where somebody watches.
    public var progress: ScanProgress?
    /// Files that were read before.
    public var known: (any KnownContents)?
    private let readers: Readers

    /// - Parameters:
    ///   - readers: what reads text.
    ///   - limits: bounds on what is read.
    ///   - workers: threads to use.
    public init(_ readers: Readers, limits: Limits = Limits(), workers: Int = 1) {
        self.readers = readers
        self.limits = limits
        self.workers = max(1, workers)
    }

    /// - Parameter shownPath: the path as the report shows it.
    /// - Throws: `ScanRefusal` when the release cannot be read at all or nothing of one is there.
    public func scan(_ location: ReleaseLocation, shownPath: String) throws(ScanRefusal) -> ReleaseFacts {
        if location.kind == .directory, BareRepository.isAt(location.root) {
            throw .bareRepository(path: Printable.path(shownPath))
        }
        let read: (facts: ReleaseFacts, holdsRepositories: Bool)
        do throws(ReadError) { read = try self.read(location, shownPath: shownPath) } catch { throw .unreadable(error) }
        guard read.facts.files.allSatisfy(\.isUnread) else { return read.facts }
        if read.holdsRepositories { throw .severalRepositories(path: read.facts.path) }
        let reason =
            read.facts.errors.first?.message
            ?? read.facts.problems.first.map { "\($0.path): \($0.finding.detail)" as Wording }
        throw reason.map { .nothingReadable(path: read.facts.path, reason: $0) } ?? .empty(path: read.facts.path)
    }

    private var recall: Recall? {
        known.map { Recall(known: $0, edition: "\(readers.edition) \(limits)") }
    }

    private func read(_ location: ReleaseLocation, shownPath: String) throws(ReadError)
        -> (facts: ReleaseFacts, holdsRepositories: Bool)
    {
        var holdsRepositories = false
        var origin: SkeletonOrigin?
        let budget = ScanBudget(limits)
        var collected = Collected()
        switch location.kind {
        case .file, .archive:
            let collector = Collector(readers, budget: budget, progress: progress, recall: recall)
            let bytes = try FileBytes(
                path: location.root, followLinks: true, shownAs: Printable.path(shownPath))
            let content = EntryContent(bytes, buffer: PrefixBuffer())
            if let fetched = SkeletonLookup.fetched(location.root, size: bytes.byteCount, limits: limits) {
                scan(bytes, fetched, location, collector)
            } else if location.kind == .archive, let packed = try ArtefactReader.packed(content) {
                collector.add(packed, Entry(path: location.name, kind: .file, size: bytes.byteCount))
            } else if location.kind == .archive {
                try scanArchive(content, collector, budget, name: location.name)
            } else {
                collector.visit(
                    Entry(path: location.name, kind: .file, size: bytes.byteCount), content, bytes.identity)
            }
            collected = collector.handedOver()
        default:
            let walker: DirectoryWalker
            do throws(ReadError) { walker = try Self.walk(location, budget) } catch {
                guard case .system(let operation, _, let code) = error else { throw error }
                throw .system(operation: operation, path: Printable.path(shownPath), code: code)
            }
            holdsRepositories = walker.holdsRepositories
            origin = walker.origin
            collected.problems = walker.problems
            collected.unlisted = walker.unlistedFiles
            collected.merge(inspect(walker, budget))
        }
        var facts = collected.facts(location, shownPath: shownPath, limits: limits)
        if let origin {
            facts.name = origin.repository ?? facts.name
            facts.revision = facts.revision ?? origin.revision
            facts.gate = origin.gate
        }
        Completeness.check(&facts)
        Totals.check(&facts)
        return (facts, holdsRepositories)
    }

    /// A file that was named by itself and lies in a skeleton.
    private func scan(_ bytes: FileBytes, _ fetched: Fetched, _ location: ReleaseLocation, _ collector: Collector) {
        let entry = Entry(path: location.name, kind: .file, size: bytes.byteCount)
        if fetched.isListedOnly || location.kind == .archive { return collector.list(entry, fetched) }
        let content = EntryContent(
            PartialBytes(bytes, seen: fetched.ranges, path: location.name), buffer: PrefixBuffer())
        collector.visit(entry, content, nil, unseen: fetched.unseen)
        withExtendedLifetime(content) {}
    }

    private static func walk(_ location: ReleaseLocation, _ budget: ScanBudget) throws(ReadError) -> DirectoryWalker {
        var walker = try DirectoryWalker(location, budget: budget)
        try walker.run()
        return walker
    }

    private func scanArchive(_ content: EntryContent, _ collector: Collector, _ budget: ScanBudget, name: String)
        throws(ReadError)
    {
        guard let kind = ArchiveKind.detect(try content.prefix(300)) else { return }
        do throws(ReadError) {
            try collector.walk(content, kind, path: "", depth: 0, budget)
        } catch {
            // What came before the damage stays; with nothing before it, the archive could not be read at all.
            if collector.collected.files.isEmpty, collector.collected.problems.isEmpty {
                if case .badArchive(_, let message) = error { throw .badArchive(path: name, message: message) }
                throw error
            }
            collector.collected.errors.append(
                ReleaseFacts.ReadProblem(path: name, code: "unreadable", message: error.words))
        }
    }

    /// What several workers share and use up, they use up in an order that no other run repeats. Then one reads anew, in order.
    private func inspect(_ walker: DirectoryWalker, _ budget: ScanBudget) -> Collected {
        let items = walker.items
        progress?.list(items.count)
        // A thread costs more than a few small files do.
        let count = max(1, min(workers, items.count / 16))
        guard count > 1 else { return inspect(items, walker.root, budget, workers: 1) }
        let shared = ScanBudget(copying: budget)
        let collected = inspect(items, walker.root, shared, workers: count)
        return shared.hasRefused && budget.hasTime ? inspect(items, walker.root, budget, workers: 1) : collected
    }

    /// Files are handed out one at a time, so that a large one does not hold the others up.
    private func inspect(
        _ items: [DirectoryWalker.Item], _ root: RootFolder, _ budget: ScanBudget, workers count: Int
    ) -> Collected {
        let next = SharedCounter()
        let (readers, progress, recall) = (self.readers, self.progress, self.recall)
        let all = Mutex(Collected())
        Workers.run(count) {
            let collector = Collector(readers, budget: budget, progress: progress, recall: recall)
            let buffer = PrefixBuffer()
            // What several read once something is used up is read again.
            while let number = next.take(), number < items.count, count == 1 || !budget.hasRefused {
                collector.visit(items[number], in: root, budget: budget, buffer: buffer)
            }
            let collected = collector.handedOver()
            all.withLock { $0.merge(collected) }
        }
        return all.withLock { $0 }
    }
}

extension FileFacts {
    /// Whether all that is known of the file is that the system refused it.
    fileprivate var isUnread: Bool {
        entry.kind != .archive && !findings.isEmpty && findings.allSatisfy { $0.id == .unreadable } && artefact == nil
            && licence == nil && card == nil
    }
}
