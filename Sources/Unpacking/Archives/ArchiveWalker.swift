import OpenscanBytes
import OpenscanFacts

#if canImport(Glibc)
    import Glibc
#endif

/// Visits the members of an archive, and of archives inside it, within the budget.
public struct ArchiveWalker {
    let budget: ScanBudget
    let visitor: any EntryVisitor
    let buffer: PrefixBuffer

    /// - Parameters:
    ///   - budget: what may still be spent on entries and expanded bytes.
    ///   - visitor: gets every member and every finding.
    ///   - buffer: for members that come front to back; no other content may use it meanwhile.
    public init(budget: ScanBudget, visitor: any EntryVisitor, buffer: PrefixBuffer) {
        self.budget = budget
        self.visitor = visitor
        self.buffer = buffer
    }

    /// - Parameters:
    ///   - path: the archive's own path in the release; empty when it is the release.
    ///   - depth: archives around this one.
    public func walk(_ content: EntryContent, kind: ArchiveKind, path: String, depth: Int) throws(ReadError) {
        guard depth < budget.limits.depth else {
            visitor.report(
                Finding(
                    .nestingDepth, .medium,
                    "archive inside \(depth) others is not opened (limit \(budget.limits.depth))"), path: path)
            return
        }
        if kind == .zip, let bytes = content.randomAccess {
            let directory = try ZipDirectory(bytes, path: path)
            for finding in directory.findings + directory.overlaps() { visitor.report(finding, path: path) }
            if directory.hasOnlyCommonMethods { return try walk(directory, path: path, depth: depth) }
        }
        let archive =
            if let bytes = content.randomAccess {
                try LibArchive(bytes, path: path, isCompressed: kind == .other(isCompressedStream: true))
            } else {
                try LibArchive(
                    content.replayed(), path: path, isCompressed: kind == .other(isCompressedStream: true))
            }
        do throws(ReadError) {
            try walk(archive, path: path, depth: depth)
        } catch {
            // libarchive says that it cannot go on; the headers themselves say why.
            if let bytes = content.randomAccess, let directory = try? TarDirectory(bytes, memberLimit: 10_000) {
                for finding in directory.findings.prefix(5) { visitor.report(finding, path: path) }
            }
            throw error
        }
    }

    // MARK: Zip by its directory

    private func walk(_ directory: ZipDirectory, path: String, depth: Int) throws(ReadError) {
        var seen = Set<Int>()
        let overlapping = directory.overlapping()
        if !overlapping.isEmpty {
            visitor.report(
                Finding(
                    .notInspected, .medium, "\(overlapping.count) members that overlap others are not read"), path: path
            )
        }
        for (number, member) in directory.members.enumerated() where !member.isDirectory {
            guard takeEntry(path) else { return }
            // A few bytes that many members share would cost as much as that many files.
            if overlapping.contains(number) { continue }
            guard let name = usableName(member.name, in: path, seen: &seen) else { continue }
            if let mode = member.unixMode, mode & UInt16(S_IFMT) == UInt16(S_IFLNK) {
                visitor.report(Finding(.externalLink, .info, "link inside an archive; not followed"), path: name)
                continue
            }
            if member.isEncrypted {
                visitor.report(
                    Finding(.zipAnomaly, .medium, "marked as encrypted; read only where the mark is not true"),
                    path: name)
                guard isPlainPickle(member, directory) else { continue }
            }
            do throws(ReadError) {
                switch try directory.open(member, finding: { visitor.report($0, path: name) }) {
                case .stored(let window):
                    try visit(EntryContent(window, buffer: PrefixBuffer()), path: name, size: member.size, depth: depth)
                case .deflated(let stream):
                    let guarded = GuardedInflate(stream, budget: budget) { visitor.report($0, path: name) }
                    try visit(
                        EntryContent(guarded, announcedSize: member.size, buffer: PrefixBuffer(capacity: 64 << 10)),
                        path: name, size: member.size, depth: depth)
                }
            } catch {
                visitor.report(Finding(.unreadable, .medium, error.words), path: name)
            }
        }
    }

    /// A bit in a header makes scanners pass over a member that loaders read as it is: the marker of a pickle shows which it is.
    private func isPlainPickle(_ member: ZipDirectory.Member, _ directory: ZipDirectory) -> Bool {
        guard member.method == 0 || member.method == 8, let opened = try? directory.open(member, finding: { _ in }),
            let head = try? opened.randomAccess(size: member.size, path: "", limits: budget.limits).bytes(
                at: 0, count: 2)
        else { return false }
        return head.count == 2 && head[0] == 0x80 && head[1] <= 5
    }

    // MARK: Anything else, front to back

    private func walk(_ archive: LibArchive, path: String, depth: Int) throws(ReadError) {
        var seen = Set<Int>()
        var lastProduced = 0
        var bombed = false
        let limits = budget.limits
        func goOn() -> Bool {
            let (consumed, produced) = archive.progress
            let taken = budget.takeExpanded(max(0, produced - lastProduced))
            lastProduced = produced
            if bombed || !budget.hasTime { return false }
            if !taken {
                visitor.report(
                    Finding(
                        .decompressionBomb, .high,
                        "expands past the limit of \(limits.expandedBytes) bytes; the rest is not read"), path: path)
                bombed = true
            } else if archive.isCompressed, limits.isBomb(produced: produced, consumed: consumed) {
                visitor.report(
                    Finding(
                        .decompressionBomb, .high, "expands more than \(limits.ratio) times; the rest is not read"),
                    path: path)
                bombed = true
            }
            return !bombed
        }
        defer {
            if archive.wasCut {
                visitor.report(
                    Finding(.trailingData, .medium, "zeros behind the stream; the rest is not read"), path: path)
            }
        }
        while let header = try archive.next() {
            guard goOn() else { return }
            if header.type & mode_t(S_IFMT) != mode_t(S_IFDIR) {
                guard takeEntry(path) else { return }
                if let name = usableName(header.name, in: path, seen: &seen), isToRead(header, name) {
                    let content = EntryContent(
                        MemberStream(archive, goOn: goOn), announcedSize: header.size, buffer: buffer)
                    do throws(ReadError) {
                        try visit(content, path: name, size: header.size, depth: depth)
                    } catch {
                        visitor.report(Finding(.unreadable, .medium, error.words), path: name)
                    }
                }
            }
            // Also what is not read is expanded on the way to the next member, and counts.
            guard try archive.skipData(goOn) else { return }
        }
    }

    /// Whether a member is a plain file; what else it is gets reported.
    private func isToRead(_ header: LibArchive.Header, _ name: String) -> Bool {
        switch header.type & mode_t(S_IFMT) {
        case mode_t(S_IFLNK):
            visitor.report(linkFinding(target: Printable.path(header.linkTarget ?? "?")), path: name)
            return false
        case mode_t(S_IFREG), 0: break
        default:
            visitor.report(Finding(.specialFile, .medium, "device, pipe or socket; not read"), path: name)
            return false
        }
        if header.isEncrypted { visitor.report(Finding(.zipAnomaly, .medium, "encrypted; not read"), path: name) }
        return !header.isEncrypted
    }

    private func linkFinding(target: String) -> Finding {
        let leaves = target.hasPrefix("/") || target.split(separator: "/").contains("..")
        return leaves
            ? Finding(.symlinkEscape, .medium, "link to \(target) may lead out of the release; not followed")
            : Finding(.externalLink, .info, "link to \(target); not followed")
    }

    // MARK: Shared

    private func takeEntry(_ path: String) -> Bool {
        if budget.takeEntry() { return true }
        visitor.report(
            Finding(.manyEntries, .medium, "more than \(budget.limits.entries) entries; the rest is not read"),
            path: path)
        return false
    }

    private func usableName(_ raw: [UInt8], in path: String, seen: inout Set<Int>) -> String? {
        switch raw.withUnsafeBytes({ EntryName.check($0, limits: budget.limits) }) {
        case .refused(let shown, let finding):
            visitor.report(finding, path: Self.joined(path, shown))
            return nil
        case .usable(let name):
            if name.isEmpty { return nil }
            if !seen.insert(name.hashValue).inserted {
                visitor.report(
                    Finding(
                        .duplicateKey, .medium, "the archive holds this name more than once; only the first is read"),
                    path: Self.joined(path, Printable.path(name)))
                return nil
            }
            let shown = Self.joined(path, Printable.path(name))
            if !SystemPath.isText(name) { visitor.report(EntryName.notUTF8, path: shown) }
            return shown
        }
    }

    static func joined(_ path: String, _ name: String) -> String { path.isEmpty ? name : path + "!/" + name }

    private func visit(_ content: EntryContent, path: String, size: Int?, depth: Int) throws(ReadError) {
        if ArchiveKind.hasPackageName(path), let kind = ArchiveKind.detect(try content.prefix(300)) {
            visitor.visit(Entry(path: path, kind: .archive, size: size), content: content)
            let inner = ArchiveWalker(budget: budget, visitor: visitor, buffer: PrefixBuffer())
            return try inner.walk(content, kind: kind, path: path, depth: depth + 1)
        }
        visitor.visit(Entry(path: path, kind: .file, size: size), content: content)
    }
}

/// Stops a deflate stream that expands past the budget.
final class GuardedInflate: ByteStream {
    private let stream: InflateStream
    private let budget: ScanBudget
    private let report: (Finding) -> Void
    private var stopped = false

    init(_ stream: InflateStream, budget: ScanBudget, report: @escaping (Finding) -> Void) {
        self.stream = stream
        self.budget = budget
        self.report = report
    }

    func read(into buffer: UnsafeMutableRawBufferPointer) throws(ReadError) -> Int {
        guard !stopped else { return 0 }
        let got = try stream.read(into: buffer)
        if !budget.takeExpanded(got) || budget.limits.isBomb(produced: stream.produced, consumed: stream.consumed) {
            stopped = true
            report(Finding(.decompressionBomb, .high, "expands past the limits; the rest is not read"))
        }
        return got
    }
}
