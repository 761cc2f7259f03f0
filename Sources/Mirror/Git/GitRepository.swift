import OpenscanBytes
import OpenscanKit

#if canImport(Glibc)
    import Glibc
#endif

/// The versions of a checkout, read from its objects: the working tree is neither read nor changed.
public struct GitRepository: Sendable {
    /// A commit.
    public struct Commit: Sendable, Hashable {
        /// Its id.
        public var id: String
        /// Its date, `2026-11-28`.
        public var date: String
        /// Tags on it.
        public var tags: [String]
        /// The first line of its message.
        public var subject: String
    }

    private let path: String

    /// - Parameter path: a checkout or a bare repository.
    public init(_ path: String) { self.path = path }

    /// Its name.
    public var name: String {
        let whole = SystemPath.withCString(path) { realpath($0, nil) }
        defer { free(whole) }
        return Printable.path(String(Entry.name(of: whole.map { SystemPath.text($0) } ?? path)))
    }

    /// The commit that a name stands for.
    /// - Throws: `GitProblem` where there is none.
    public func commit(_ name: String) throws(GitProblem) -> String {
        // What begins with a dash is an option to git.
        guard !name.isEmpty, !name.hasPrefix("-") else { throw .noRevision(Printable.path(name)) }
        guard
            let said = try GitProcess.output(
                path, ["rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"])
        else {
            // Is there a repository at all?
            guard try GitProcess.output(path, ["rev-parse", "--git-dir"]) != nil else {
                throw .failed(command: "rev-parse", path: Printable.path(path))
            }
            throw .noRevision(Printable.path(name))
        }
        let id = String(decoding: said, as: UTF8.self).trimmed
        guard Self.isID(id) else { throw .garbled }
        return id
    }

    private static func isID(_ text: String) -> Bool {
        (text.utf8.count == 40 || text.utf8.count == 64) && text.allSatisfy(\.isHexDigit)
    }

    /// Commits with tags, and those that touched some paths, the oldest first.
    /// - Parameters:
    ///   - paths: in the release, as reports show them.
    ///   - most: commits in all; the newest are kept.
    public func commits(touching paths: Set<String>, most: Int) throws(GitProblem) -> [Commit] {
        let format = ["log", "-z", "--no-show-signature", "--format=%H%x00%cs%x00%s", "HEAD"]
        var tags: [String: [String]] = [:]
        let listed =
            try GitProcess.output(
                path, ["for-each-ref", "--format=%(objectname) %(*objectname) %(refname:strip=2)", "refs/tags"]) ?? []
        for line in listed.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split(separator: " ", omittingEmptySubsequences: false)
            guard words.count >= 3 else { continue }
            let id = words[1].isEmpty ? words[0] : words[1]
            tags[String(id), default: []].append(Printable.text(words[2...].joined(separator: " "), limit: 100))
        }
        var wanted: [String: Commit] = [:]
        var order: [String: Int] = [:]
        guard let all = try GitProcess.output(path, format) else {
            throw .failed(command: "log", path: Printable.path(self.path))
        }
        var touched = Set<String>()
        let plain = paths.filter { !$0.contains("!/") && !$0.contains("\\") && !$0.isEmpty }
        if !plain.isEmpty {
            let found =
                try GitProcess.output(
                    path,
                    ["--literal-pathspecs", "log", "-z", "--no-show-signature", "--format=%H", "HEAD", "--"]
                        + plain.sorted().prefix(200)) ?? []
            for id in found.split(separator: 0) { touched.insert(String(decoding: id, as: UTF8.self).trimmed) }
        }
        let fields = all.split(separator: 0, omittingEmptySubsequences: false)
        var place = 0
        while place + 2 < fields.count {
            let id = String(decoding: fields[place], as: UTF8.self).trimmed
            let isHead = place == 0
            if Self.isID(id), isHead || touched.contains(id) || tags[id] != nil {
                wanted[id] = Commit(
                    id: id, date: Printable.text(String(decoding: fields[place + 1], as: UTF8.self), limit: 20),
                    tags: tags[id]?.sorted() ?? [],
                    subject: Printable.text(String(decoding: fields[place + 2], as: UTF8.self), limit: 100))
                order[id] = place
            }
            place += 3
        }
        let newestFirst = wanted.values.sorted { (order[$0.id] ?? 0) < (order[$1.id] ?? 0) }
        return Array(newestFirst.prefix(most).reversed())
    }

    /// Scans and judges a commit.
    /// - Throws: `GitProblem` where git does not give it, `ScanRefusal` where there is nothing to judge.
    public func scan(_ commit: String, _ openscan: Openscan, limits: Limits, workers: Int) throws -> Dossier {
        openscan.judge(try facts(commit, openscan, limits: limits, workers: workers))
    }

    /// Reads a commit.
    /// - Parameter known: files that were read before; it is told of those of the commit.
    /// - Throws: `GitProblem` where git does not give it, `ScanRefusal` where there is nothing in it.
    public func facts(
        _ commit: String, _ openscan: Openscan, limits: Limits, workers: Int, known: (any KnownContents)? = nil
    ) throws -> ReleaseFacts {
        let file = try GitArchive(path, commit: commit, limits: limits)
        defer { file.remove() }
        var facts = try openscan.facts(file.path, limits: limits, workers: workers, known: known)
        let shown = Printable.path(path)
        // What is said of the whole is said of the repository.
        let archive = Printable.path(file.path)
        for place in facts.errors.indices where facts.errors[place].path == archive { facts.errors[place].path = shown }
        (facts.name, facts.kind, facts.path, facts.revision) = (name, .gitCheckout, shown, commit)
        return facts
    }

    /// Bytes of a bare repository's commit that are written down to be read.
    private static let largestBare = 8 << 30

    /// Reads what a bare repository's HEAD holds.
    /// - Throws: `ScanRefusal` with git's reason where it does not give it.
    public func headFacts(_ openscan: Openscan, limits: Limits, workers: Int, known: (any KnownContents)? = nil)
        throws(ScanRefusal) -> ReleaseFacts
    {
        var limits = limits
        limits.expandedBytes = min(limits.expandedBytes, Self.largestBare)
        do {
            return try facts(try commit("HEAD"), openscan, limits: limits, workers: workers, known: known)
        } catch let refusal as ScanRefusal { throw refusal } catch {
            let reason = (error as? GitProblem)?.message ?? "git does not give its files"
            throw .nothingReadable(path: Printable.path(path), reason: Wording(reason))
        }
    }
}
