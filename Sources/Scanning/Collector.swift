import OpenscanArtefacts
import OpenscanBytes
import OpenscanFacts
import OpenscanRules
import OpenscanUnpacking

/// One worker's visitor.
final class Collector: EntryVisitor {
    private let inspector: FileInspector
    private let places: PlaceRules
    private let paths: PathTable
    private let budget: ScanBudget
    private let progress: ScanProgress?
    private let recall: Recall?
    var collected = Collected()
    /// Of the archive that is being walked; files on disk are counted where they are listed.
    private var emptyFiles: EmptyFiles?

    private static let mostProblems = 10_000

    init(_ readers: Readers, budget: ScanBudget, progress: ScanProgress? = nil, recall: Recall? = nil) {
        self.progress = progress
        self.recall = recall
        inspector = FileInspector(readers, budget: budget, recall: recall)
        places = readers.rules.places
        paths = PathTable()
        self.budget = budget
    }

    private func facts(_ entry: Entry) -> FileFacts {
        FileFacts(entry: entry, place: places.place(paths.path(entry.path)))
    }

    func visit(_ entry: Entry, content: EntryContent) {
        if emptyFiles != nil, entry.name == SkeletonManifest.fileName {
            let words: Wording =
                "a manifest of what was fetched inside an archive is not followed; what was not may read as zeros"
            report(Finding(.badManifest, .medium, words), path: entry.path)
        }
        visit(entry, content, nil)
    }

    /// - Parameters:
    ///   - identity: what the file system says of a file that lies there as it is.
    ///   - unseen: bytes of it that were not fetched.
    func visit(_ entry: Entry, _ content: EntryContent, _ identity: FileIdentity?, unseen: Int = 0) {
        if entry.kind == .archive {
            collected.files.append(facts(entry))
            return
        }
        do throws(ReadError) {
            if entry.size == 0, emptyFiles != nil, try content.prefix(1).isEmpty, emptyFiles?.take() == false { return }
            progress?.begin(entry.path, bytes: entry.size)
            var facts = self.facts(entry)
            if unseen > 0 { facts.note(unseenBytes: unseen, isListedOnly: false) }
            if !budget.hasTime {
                collected.unread.late += 1
            } else {
                do throws(ReadError) { try inspect(&facts, content, identity) } catch {
                    guard error.isUnseen else { throw error }
                    facts.findings.append(Finding(.unseen, .low, error.words))
                }
            }
            list(facts, identity)
            collected.files.append(facts)
        } catch {
            fail(entry, error)
        }
    }

    private func inspect(_ facts: inout FileFacts, _ content: EntryContent, _ identity: FileIdentity?) throws(ReadError)
    {
        let outcome: FileInspector.Outcome
        if let identity, let key = recall?.known.key(of: identity, path: facts.path),
            let known = inspector.take(key, &facts)
        {
            outcome = known
        } else {
            outcome = try inspector.inspect(&facts, content)
        }
        let key: ContentKey?
        let cost: Int
        switch outcome {
        case .refused:
            collected.unread.texts += 1
            return
        case .text(let textCost, let found): (key, cost) = (found, textCost)
        case .read(let textCost):
            (key, cost) = (identity.flatMap { recall?.key($0, path: facts.path) }, textCost)
        }
        // Names of tensors are hashes of one run.
        guard let key, facts.shardIndex == nil, facts.artefact?.tensorNames.isEmpty ?? true else { return }
        remember(&facts, cost, key)
    }

    private func remember(_ facts: inout FileFacts, _ textCost: Int, _ key: ContentKey) {
        guard facts.content != key else { return }
        var read = facts.read
        read.textCost = textCost
        facts.take(read, content: key)
    }

    /// Files of one release that are listed.
    private static let mostListed = 20_000

    private func list(_ facts: FileFacts, _ identity: FileIdentity?) {
        guard recall != nil, let identity, collected.listed.count < Self.mostListed else { return }
        collected.listed.append(ListedFile(path: facts.path, identity: identity, content: facts.content))
    }

    func visit(_ item: DirectoryWalker.Item, in root: RootFolder, budget: ScanBudget, buffer: PrefixBuffer) {
        let fetched = item.fetched
        if let fetched, fetched.isListedOnly || ArchiveKind.hasPackageName(item.entry.path) {
            return list(item.entry, fetched)
        }
        do throws(ReadError) {
            let file = try item.bytes(in: root)
            let content = EntryContent(file, buffer: buffer)
            if item.isPackage, let kind = ArchiveKind.detect(try content.prefix(300)) {
                // The layers of a store are unpacked into one folder.
                let folder = String(Entry.folder(of: item.entry.path).dropLast())
                try walk(content, kind, path: folder, depth: folder.isEmpty ? 0 : 1, budget)
            } else if ArchiveKind.hasPackageName(item.entry.path),
                let kind = ArchiveKind.detect(try content.prefix(300))
            {
                if let packed = try ArtefactReader.packed(content) { return add(packed, item.entry) }
                collected.files.append(
                    facts(Entry(path: item.entry.path, kind: .archive, size: item.entry.size)))
                try walk(content, kind, path: item.entry.path, depth: 1, budget)
            } else {
                // A file of which only parts were fetched is not what the file system says of it.
                visit(item.entry, content, (file as? FileBytes)?.identity, unseen: fetched?.unseen ?? 0)
            }
        } catch {
            fail(item.entry, error)
        }
    }

    /// Visits the members of an archive.
    func walk(_ content: EntryContent, _ kind: ArchiveKind, path: String, depth: Int, _ budget: ScanBudget)
        throws(ReadError)
    {
        emptyFiles = EmptyFiles()
        defer {
            if let finding = emptyFiles?.finding { report(finding, path: path) }
            collected.unlisted += emptyFiles?.unlisted ?? 0
            emptyFiles = nil
        }
        try ArchiveWalker(budget: budget, visitor: self, buffer: PrefixBuffer()).walk(
            content, kind: kind, path: path, depth: depth)
    }

    /// An archive that is data in itself.
    func add(_ packed: ArtefactFacts, _ entry: Entry) {
        var facts = self.facts(entry)
        facts.artefact = packed
        collected.files.append(facts)
    }

    /// A file of which a manifest has the name, and what the hub says of it. What an archive holds is told only by all of it.
    func list(_ entry: Entry, _ fetched: Fetched) {
        var facts = self.facts(entry)
        facts.note(unseenBytes: fetched.unseen, isListedOnly: true)
        facts.findings.append(fetched.finding)
        // Of large files the hub gives a digest of their bytes, as a pointer does; of small ones that of git.
        if let pointer = fetched.pointer, pointer.oid.hasPrefix("sha256:") || ArtefactNames.isWeights(entry.path) {
            facts.artefact = ArtefactReader.listed(pointer, path: entry.path)
        }
        collected.files.append(facts)
    }

    private func fail(_ entry: Entry, _ error: ReadError) {
        collected.errors.append(ReleaseFacts.ReadProblem(path: entry.path, code: "unreadable", message: error.words))
        // An archive that breaks in the middle is listed already, as the last or before its members.
        guard entry.kind != .archive, !ArchiveKind.hasPackageName(entry.path) else { return }
        var facts = self.facts(entry)
        facts.findings.append(Finding(.unreadable, .medium, error.words))
        collected.files.append(facts)
    }

    /// Everything collected; the collector keeps nothing.
    func handedOver() -> Collected {
        defer { collected = Collected() }
        return collected
    }

    func report(_ finding: Finding, path: String) {
        guard collected.problems.count < Self.mostProblems else {
            collected.unreported += 1
            return
        }
        collected.problems.append(.init(path: path, finding: finding))
    }
}
