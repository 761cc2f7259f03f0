import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

/// Manifests of what was fetched, honest and not.
@Suite struct SkeletonTests {
    private static let name = SkeletonManifest.fileName

    static func manifest(_ files: String, more: String = "") -> String {
        #"{"format": "openscan-skeleton", "version": 1, "repository": "org/tiny", "revision": "abc", "gate": "manual", \#(more)"files": [\#(files)]}"#
    }

    private func walk(_ files: [(String, String)], limits: Limits = Limits()) throws -> (
        walker: DirectoryWalker, folder: TemporaryFolder
    ) {
        let folder = try TemporaryFolder(files)
        var walker = try DirectoryWalker(ReleaseLocation.find(folder.path), budget: ScanBudget(limits))
        try walker.run()
        return (walker, folder)
    }

    private func problems(_ manifest: String, _ files: [(String, String)] = [("w.bin", "0123456789")]) throws
        -> [String]
    {
        try walk(files + [(Self.name, manifest)]).walker.problems.map {
            "\($0.path): \($0.finding.id.rawValue) \($0.finding.severity)"
        }
    }

    private func fetched(_ entry: String, _ content: String = "0123456789") throws -> Fetched? {
        let walker = try walk([("w.bin", content), (Self.name, Self.manifest(entry))]).walker
        return try #require(walker.items.first { $0.entry.path == "w.bin" }).fetched
    }

    @Test func aFolderWithAManifestIsASkeleton() throws {
        let (walker, folder) = try walk([
            ("README.md", "# Tiny"), ("sub/w.bin", "0123456789"),
            (
                Self.name,
                Self.manifest(
                    #"{"path": "README.md", "size": 6, "state": "whole"}, {"path": "sub/w.bin", "size": 10, "state": "partial", "ranges": [[0, 4], [8, 10]]}, {"path": "gone.bin", "size": 99, "digest": "sha256:ab", "state": "gated", "reason": "401: no"}"#
                )
            ),
        ])
        #expect(try ReleaseLocation.find(folder.path).kind == .skeleton)
        #expect(walker.origin == SkeletonOrigin(repository: "org/tiny", revision: "abc", gate: .manual))
        #expect(walker.items.map(\.entry.path) == ["README.md", "gone.bin", "sub/w.bin"])
        #expect(walker.problems.isEmpty, "\(walker.problems)")
        #expect(walker.items[0].fetched == nil)
        let gone = try #require(walker.items[1].fetched)
        #expect(gone.isListedOnly && gone.unseen == 99 && gone.finding.id == .gated)
        #expect(gone.pointer == ArtefactFacts.Pointer(oid: "sha256:ab", size: 99))
        let partial = try #require(walker.items[2].fetched)
        #expect(partial.ranges == [0..<4, 8..<10] && partial.unseen == 4 && !partial.isListedOnly)
        let bytes = try walker.items[2].bytes(in: walker.root)
        #expect(try bytes.bytes(at: 8, count: 2) == Array("89".utf8))
        #expect(throws: ReadError.unseen(path: "sub/w.bin", offset: 4)) { try bytes.bytes(at: 4, count: 1) }
    }

    /// What cannot be counts as not fetched, and is said.
    @Test(arguments: [
        #"[[0, 11]]"#, #"[[-1, 4]]"#, #"[[4, 2]]"#, #"[[0, 9223372036854775808]]"#, #"[["0", "4"]]"#, #"[[0]]"#,
        #"[[0, 1, 2]]"#, #"[3]"#, #"{"0": 4}"#, #"[[1.5, 4]]"#, #"[[0, 1e30]]"#,
    ])
    func rangesThatCannotBe(ranges: String) throws {
        let entry = #"{"path": "w.bin", "size": 10, "state": "partial", "ranges": \#(ranges)}"#
        #expect(try problems(Self.manifest(entry)) == ["w.bin: bad-manifest medium"])
        let fetched = try #require(try fetched(entry))
        #expect(fetched.unseen == 10 && fetched.isListedOnly)
    }

    @Test func rangesThatOverlapAreMergedAndSaid() throws {
        for ranges in ["[[0, 4], [2, 6]]", "[[2, 6], [0, 3]]", "[[0, 6], [0, 6]]"] {
            let entry = #"{"path": "w.bin", "size": 10, "state": "partial", "ranges": \#(ranges)}"#
            #expect(try problems(Self.manifest(entry)) == ["w.bin: bad-manifest medium"])
            #expect(try fetched(entry)?.ranges == [0..<6])
        }
        let beside = #"{"path": "w.bin", "size": 10, "state": "partial", "ranges": [[0, 4], [4, 6]]}"#
        #expect(try problems(Self.manifest(beside)).isEmpty)
        #expect(try fetched(beside)?.ranges == [0..<6])
    }

    @Test(arguments: [
        (#"{"path": "w.bin", "size": 10}"#, "w.bin: bad-manifest medium"),
        (#"{"path": "w.bin", "size": 10, "state": "all"}"#, "w.bin: bad-manifest medium"),
        (#"{"path": "w.bin", "size": -1, "state": "whole"}"#, "w.bin: bad-manifest medium"),
        (#"{"path": "w.bin", "size": 12, "state": "whole"}"#, "w.bin: bad-manifest medium"),
        (#"{"path": "w.bin", "size": "10", "state": "whole"}"#, "w.bin: bad-manifest medium"),
        (
            #"{"path": "w.bin", "size": 10, "state": "whole"}, {"path": "w.bin", "size": 10, "state": "whole"}"#,
            "w.bin: bad-manifest medium"
        ),
        (
            #"{"path": "w.bin", "size": 10, "state": "whole"}, {"path": "../../etc/passwd", "size": 1, "state": "whole"}"#,
            "../../etc/passwd: bad-manifest high"
        ),
        (
            #"{"path": "w.bin", "size": 10, "state": "whole"}, {"path": "/etc/passwd", "size": 1, "state": "whole"}"#,
            "/etc/passwd: bad-manifest high"
        ),
        (
            #"{"path": "w.bin", "size": 10, "state": "whole"}, {"size": 1}"#,
            ".openscan-skeleton.json: bad-manifest medium"
        ),
        (#"{"path": "w.bin", "size": 10, "state": "whole"}, 3"#, ".openscan-skeleton.json: bad-manifest medium"),
        (#"{"path": "other", "size": 1, "state": "gated"}"#, "w.bin: bad-manifest low"),
    ])
    func whatCannotBeIsSaid(files: String, problem: String) throws {
        #expect(try problems(Self.manifest(files)) == [problem])
    }

    @Test(arguments: [
        "", "[]", "{", #"{"format": "other", "version": 1}"#, #"{"format": "openscan-skeleton", "version": 2}"#,
    ])
    func aManifestThatIsNoneIsSaid(text: String) throws {
        #expect(try problems(text) == [".openscan-skeleton.json: bad-manifest high"])
    }

    @Test func aFileThatTheManifestHasAndTheDiskHasNotIsListed() throws {
        let entry =
            #"{"path": "w.bin", "size": 10, "state": "whole"}, {"path": "a/b.bin", "size": 5, "state": "whole"}"#
        let walker = try walk([("w.bin", "0123456789"), (Self.name, Self.manifest(entry))]).walker
        #expect(walker.items.map(\.entry.path) == ["a/b.bin", "w.bin"])
        #expect(walker.items[0].fetched?.finding.id == .badManifest)
        #expect(walker.items[0].fetched?.unseen == 5)
    }

    /// A million entries cost neither the memory nor the report.
    @Test func aFloodOfEntriesIsCut() throws {
        let entry = #"{"path":"f%","size":1,"state":"gated"}"#
        let flood = (0..<210_000).map { entry.replacing("%", with: String($0)) }.joined(separator: ",")
        var limits = Limits()
        limits.entries = 1000
        let walker = try walk([("w.bin", "x"), (Self.name, Self.manifest(flood))], limits: limits).walker
        #expect(walker.items.count == 1000)
        #expect(walker.problems.contains { $0.finding.id == .badManifest && $0.path == Self.name })
        #expect(walker.problems.contains { $0.finding.id == .manyEntries })
        let lies = (0..<5000).map { #"{"path":"f\#($0)","size":-1,"state":"gated"}"# }.joined(separator: ",")
        #expect(try problems(Self.manifest(lies)).count <= 103)
    }

    @Test func moreRangesThanAreReadCountForNothing() throws {
        let ranges = (0..<5000).map { "[\($0 * 2), \($0 * 2 + 1)]" }.joined(separator: ",")
        let entry = #"{"path": "w.bin", "size": 10000, "state": "partial", "ranges": [\#(ranges)]}"#
        let content = String(repeating: "x", count: 10_000)
        #expect(try problems(Self.manifest(entry), [("w.bin", content)]) == ["w.bin: bad-manifest medium"])
        #expect(try fetched(entry, content)?.unseen == 10_000)
    }

    /// The innermost manifest speaks of a file.
    @Test func skeletonsLieBesideOneAnother() throws {
        let part = Self.manifest(#"{"path": "w.bin", "size": 10, "state": "partial", "ranges": [[0, 2]]}"#)
        let walker = try walk([
            ("org/a/w.bin", "0123456789"), ("org/a/" + Self.name, part), ("org/b/w.bin", "0123456789"),
        ]).walker
        #expect(walker.items.map(\.entry.path) == ["org/a/w.bin", "org/b/w.bin"])
        #expect(walker.items.map { $0.fetched?.unseen } == [8, nil])
        #expect(walker.origin == nil && walker.problems.isEmpty)
    }

    /// A file that is named by itself is not read past what was fetched either.
    @Test func aFileAloneHasItsFoldersManifest() throws {
        let entry = #"{"path": "sub/w.bin", "size": 10, "state": "partial", "ranges": [[0, 2]]}"#
        let folder = try TemporaryFolder([("sub/w.bin", "0123456789"), (Self.name, Self.manifest(entry))])
        let path = try FileSystem.resolve(folder.path + "/sub/w.bin")
        #expect(SkeletonLookup.fetched(path, size: 10, limits: Limits())?.ranges == [0..<2])
        #expect(SkeletonLookup.fetched(path + "x", size: 10, limits: Limits()) == nil)
    }

    @Test func aLinkIsNoManifest() throws {
        let folder = try TemporaryFolder([("w.bin", "0123456789"), ("elsewhere/m.json", Self.manifest(""))])
        try folder.link(Self.name, to: "elsewhere/m.json")
        #expect(try ReleaseLocation.find(folder.path).kind == .directory)
        var walker = try DirectoryWalker(ReleaseLocation.find(folder.path), budget: ScanBudget(Limits()))
        try walker.run()
        #expect(walker.items.contains { $0.entry.path == "w.bin" && $0.fetched == nil })
    }
}
