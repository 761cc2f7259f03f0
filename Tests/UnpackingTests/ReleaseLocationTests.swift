import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

@Suite struct ReleaseLocationTests {
    @Test(arguments: [
        ("models--org--name", "org/name"), ("models--org--na-me-2", "org/na-me-2"), ("models--bert-base", "bert-base"),
        ("datasets--a--b", "a/b"),
    ])
    func foldersOfTheHubCacheAreNamed(folder: String, name: String) { #expect(ReleaseLocation.hubName(folder) == name) }

    private static let commit = String(repeating: "0123456789", count: 4)

    /// A folder outside every release, with all that a link could be followed for.
    private func folder(_ files: [(String, String)], links: [(String, String)]) throws -> TemporaryFolder {
        let outside = [
            ("outside/README.md", "# Outsider"), ("outside/HEAD", Self.commit),
            ("outside/refs/heads/main", Self.commit), ("outside/snapshots/abc/README.md", "# Outsider"),
        ]
        let folder = try TemporaryFolder(outside + files)
        for (place, target) in links {
            try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + place, withDestinationPath: target)
        }
        return folder
    }

    private func walk(_ location: ReleaseLocation) throws -> DirectoryWalker {
        var walker = try DirectoryWalker(location, budget: ScanBudget(Limits()))
        try walker.run()
        return walker
    }

    @Test(arguments: [
        ("snapshots", "../outside/snapshots", ["refs/main"]),
        ("snapshots/abc", "../../outside", ["refs/main", "snapshots/.keep"]),
    ])
    func aSnapshotThatIsALinkIsSaidAndNotFollowed(place: String, target: String, files: [String]) throws {
        let folder = try folder(
            files.map { ("models--a--b/" + $0, "abc") }, links: [("models--a--b/" + place, target)])
        let location = try ReleaseLocation.find(folder.path + "/models--a--b")
        #expect(location.revision == nil && location.root.hasSuffix("/models--a--b"))
        let walker = try walk(location)
        #expect(walker.problems.contains { $0.path == place && $0.finding.id == .symlinkEscape })
        #expect(walker.items.allSatisfy { !$0.entry.path.contains("README") })
        withExtendedLifetime(folder) {}
    }

    @Test func theCachesOwnLinksToItsBlobsAreFollowed() throws {
        let folder = try folder(
            [
                ("models--a--b/refs/main", "abc\n"), ("models--a--b/blobs/1", "# X"),
                ("models--a--b/snapshots/abc/x", ""),
            ],
            links: [("models--a--b/snapshots/abc/README.md", "../../blobs/1")])
        let location = try ReleaseLocation.find(folder.path + "/models--a--b")
        #expect(location.revision == "abc")
        #expect(try walk(location).items.map(\.entry.path) == ["README.md", "x"])
        withExtendedLifetime(folder) {}
    }

    @Test func aRepositoryThatIsALinkIsSaidAndNotFollowed() throws {
        let folder = try folder([("co/README.md", "# X")], links: [("co/.git", "../outside")])
        let location = try ReleaseLocation.find(folder.path + "/co")
        #expect(location.kind == .directory && location.revision == nil)
        let problems = try walk(location).problems
        #expect(problems.map(\.path) == [".git"] && problems.map(\.finding.id) == [.symlinkEscape])
        withExtendedLifetime(folder) {}
    }

    @Test(arguments: [true, false])
    func aBranchIsReadFromTheRepositoryItself(isReal: Bool) throws {
        let head = [("co/README.md", "# X"), ("co/.git/HEAD", "ref: refs/heads/main\n")]
        let folder = try folder(
            isReal ? head + [("co/.git/refs/heads/main", Self.commit + "\n")] : head,
            links: isReal ? [] : [("co/.git/refs", "../../outside/refs")])
        let location = try ReleaseLocation.find(folder.path + "/co")
        #expect(location.kind == .gitCheckout)
        #expect(location.revision == (isReal ? Self.commit : nil))
        withExtendedLifetime(folder) {}
    }
}
