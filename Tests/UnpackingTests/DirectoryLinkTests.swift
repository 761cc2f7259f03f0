import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

/// Links in a release's folder: nothing outside it is opened, and no link is followed twice.
@Suite struct DirectoryLinkTests {
    /// A folder `release` with a file, and beside it what a link must not reach.
    private func folder() throws -> TemporaryFolder {
        try TemporaryFolder([
            ("release/model.bin", "weights"), ("release/sub/config.json", "{}"), ("outside/secret.txt", "secret"),
            ("release-private/secret.txt", "secret"),
        ])
    }

    private func link(_ name: String, to target: String, in folder: TemporaryFolder) throws {
        try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + name, withDestinationPath: target)
    }

    private func walk(_ folder: TemporaryFolder, _ root: String = "release") throws -> DirectoryWalker {
        var walker = try DirectoryWalker(
            try ReleaseLocation.find(folder.path + "/" + root), budget: ScanBudget(Limits()))
        try walker.run()
        return walker
    }

    private func found(_ walker: DirectoryWalker) -> [String] {
        walker.problems.map { "\($0.path): \($0.finding.id.rawValue)" }
    }

    private let own = ["model.bin", "sub/config.json"]

    // MARK: Inside

    @Test(arguments: ["model.bin", "./model.bin", "sub/../model.bin", "../release/model.bin"])
    func aLinkToAFileInsideIsReadAsThatFile(target: String) throws {
        let folder = try folder()
        try link("release/latest.bin", to: target, in: folder)
        let walker = try walk(folder)
        let item = try #require(walker.items.first { $0.entry.path == "latest.bin" })
        #expect(item.entry.kind == .link(target: "model.bin"))
        #expect(item.entry.size == 7, "the file's size, not the link's")
        #expect(item.location == "model.bin")
        #expect(walker.problems.isEmpty)
    }

    @Test func anAbsoluteLinkInsideIsInside() throws {
        let folder = try folder()
        try link("release/latest.bin", to: folder.path + "/release/model.bin", in: folder)
        #expect(try walk(folder).items.map(\.entry.path) == ["latest.bin"] + own)
    }

    @Test func aLinkToALinkIsReadAsTheFile() throws {
        let folder = try folder()
        try link("release/a.bin", to: "model.bin", in: folder)
        try link("release/b.bin", to: "a.bin", in: folder)
        let walker = try walk(folder)
        #expect(walker.items.first { $0.entry.path == "b.bin" }?.entry.kind == .link(target: "model.bin"))
    }

    @Test func aFolderIsListedAtItsOwnPlaceOnly() throws {
        let folder = try folder()
        try link("release/copy", to: "sub", in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker) == ["copy: external-link"])
    }

    // MARK: Outside

    @Test(arguments: [
        "../outside/secret.txt", "../outside", "/etc/passwd", "../release-private/secret.txt", "..", "/",
    ])
    func aLinkThatLeadsOutIsNotFollowed(target: String) throws {
        let folder = try folder()
        try link("release/sly", to: target, in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker) == ["sly: symlink-escape"])
    }

    @Test func aLinkThatLeadsOutByAnotherIsNotFollowed() throws {
        let folder = try folder()
        try link("release/door", to: "../outside", in: folder)
        try link("release/sly.txt", to: "door/secret.txt", in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker).sorted() == ["door: symlink-escape", "sly.txt: symlink-escape"])
    }

    // MARK: Nowhere and round

    @Test func aLinkToNothingStandsForAFileThatIsNotThere() throws {
        let folder = try folder()
        try link("release/shard.bin", to: "gone.bin", in: folder)
        try link("release/out.bin", to: "/nowhere/gone.bin", in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker).sorted() == ["out.bin: dangling-link", "shard.bin: dangling-link"])
    }

    @Test func linksThatLeadToEachOtherEnd() throws {
        let folder = try folder()
        try link("release/a", to: "b", in: folder)
        try link("release/b", to: "a", in: folder)
        try link("release/self", to: "self", in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker).sorted() == ["a: link-cycle", "b: link-cycle", "self: link-cycle"])
    }

    @Test(arguments: [".", "..", "../sub", "../../release"])
    func aLinkToAFolderAboveIsNotGoneDown(target: String) throws {
        let folder = try folder()
        try link("release/sub/round", to: target, in: folder)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker) == ["sub/round: external-link"])
    }

    // MARK: Where a release begins

    @Test func aPersonMayNameALink() throws {
        let folder = try folder()
        try link("mine", to: "release", in: folder)
        #expect(try walk(folder, "mine").items.map(\.entry.path) == own)
    }

    /// The files of a hub cache's snapshot are links to the blobs beside it.
    @Test func linksOfAHubCacheLeadToItsBlobs() throws {
        let folder = try TemporaryFolder([
            ("models--org--name/blobs/abc", "weights"), ("models--org--name/refs/main", "c0ffee"),
            ("models--org--other/blobs/def", "others"),
        ])
        let snapshot = "models--org--name/snapshots/c0ffee"
        try folder.write(snapshot + "/README.md", "# Name")
        try link(snapshot + "/model.bin", to: "../../blobs/abc", in: folder)
        try link(snapshot + "/gone.bin", to: "../../blobs/gone", in: folder)
        try link(snapshot + "/other.bin", to: "../../../models--org--other/blobs/def", in: folder)
        for root in ["models--org--name", snapshot] {
            let walker = try walk(folder, root)
            #expect(walker.items.map(\.entry.path) == ["README.md", "model.bin"], "\(root)")
            #expect(walker.items.last?.entry.kind == .link(target: "blobs/abc"))
            #expect(found(walker).sorted() == ["gone.bin: dangling-link", "other.bin: symlink-escape"])
        }
    }

    // MARK: Other things than files

    @Test func pipesAreNotOpened() throws {
        let folder = try folder()
        try #require(mkfifo(folder.path + "/release/pipe", 0o600) == 0)
        let walker = try walk(folder)
        #expect(walker.items.map(\.entry.path) == own)
        #expect(found(walker) == ["pipe: special-file"])
    }

    @Test func foldersOfToolsAreNoContent() throws {
        let folder = try folder()
        for name in [".git/config", "__pycache__/a.pyc", "node_modules/x/index.js"] {
            try folder.write("release/" + name, "x")
        }
        try folder.write("release/.github/a.yml", "x")
        #expect(try walk(folder).items.map(\.entry.path) == [".github/a.yml"] + own)
    }

    @Test func linksCountAsEntries() throws {
        let folder = try folder()
        for number in 0..<5 { try link("release/\(number)", to: "model.bin", in: folder) }
        var limits = Limits()
        limits.entries = 3
        var walker = try DirectoryWalker(
            try ReleaseLocation.find(folder.path + "/release"), budget: ScanBudget(limits))
        try walker.run()
        #expect(walker.items.count <= 3)
        #expect(walker.problems.contains { $0.finding.id == .manyEntries })
    }
}
