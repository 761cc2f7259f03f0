import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

@Suite struct FileSystemTests {
    @Test func aFolderThatCannotBeListedIsNoEmptyOne() throws {
        let folder = try TemporaryFolder([("file", "x")])
        #expect(FileSystem.names(folder.path) == ["file"])
        #expect(FileSystem.names(folder.path + "/file") == nil)
        #expect(FileSystem.names(folder.path + "/missing") == nil)
    }

    @Test func errorsNameAFileAsTheyAreTold() throws {
        #expect(throws: ReadError.system(operation: "open", path: "a/b.txt", code: 2)) {
            try FileBytes(path: "/no/such/place/b.txt", shownAs: "a/b.txt")
        }
    }

    @Test(arguments: ["", "..", "a/../file", "/file", "folder", "link", "missing"])
    func smallTextsComeFromFilesBelowTheFolderAlone(path: String) throws {
        let folder = try TemporaryFolder([("root/file", "x"), ("root/folder/file", "y"), ("file", "z")])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/root/link", withDestinationPath: "folder/file")
        let root = try RootFolder(FileSystem.resolve(folder.path + "/root"))
        #expect(root.smallText("folder/file") == "y")
        #expect(root.smallText(path) == nil)
    }

    /// A path over the limit is said with its place, not with the one on disk.
    @Test func whatTheSystemRefusesIsSaidWithItsPlaceInTheRelease() throws {
        let folder = try TemporaryFolder([("README.md", "x")])
        let root = try FileSystem.resolve(folder.path)
        // The longest folder that can still be listed, and in it a name that makes the path too long.
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [
            "python3", "-c",
            """
            import os,sys
            left=4080-len(sys.argv[1])
            os.chdir(sys.argv[1])
            while left>1:
                n=min(200,left-1);n=n if left-1-n!=1 else n-1
                os.mkdir('d'*n);os.chdir('d'*n);left-=n+1
            open('f'*100,'w').close()
            """, root,
        ]
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0)
        var walker = try DirectoryWalker(try ReleaseLocation.find(root), budget: ScanBudget(Limits()))
        try walker.run()
        #expect(walker.items.map(\.entry.path) == ["README.md"])
        let problem = try #require(walker.problems.first)
        #expect(walker.problems.count == 1 && problem.finding.id == .stringLength)
        #expect(problem.path.hasSuffix("/" + String(repeating: "f", count: 100) + "…"))
        #expect(!problem.finding.detail.description.contains(root))
    }

    @Test func emptyFilesBeyondTheirNumberAreCountedInOrder() throws {
        let folder = try TemporaryFolder((0..<8).map { ("d\($0 % 2)/f\($0)", $0 == 7 ? "x" : "") })
        var walker = try DirectoryWalker(try ReleaseLocation.find(folder.path), budget: ScanBudget(Limits()))
        walker.emptyFiles = EmptyFiles(most: 5)
        try walker.run()
        #expect(walker.items.map(\.entry.path) == ["d0/f0", "d0/f2", "d0/f4", "d0/f6", "d1/f1", "d1/f7"])
        #expect(walker.problems.map(\.finding.id) == [.manyEntries])
        #expect(walker.problems.allSatisfy { $0.finding.detail.description.hasPrefix("7 empty files; the last 2 ") })
        withExtendedLifetime(folder) {}
    }

    @Test func theEndOfTheEntriesIsSaidOnce() throws {
        let folder = try TemporaryFolder((0..<6).map { ("d\($0)/f", "x") })
        var limits = Limits()
        limits.entries = 3
        var walker = try DirectoryWalker(try ReleaseLocation.find(folder.path), budget: ScanBudget(limits))
        try walker.run()
        #expect(walker.items.map(\.entry.path) == ["d0/f", "d1/f", "d2/f"])
        #expect(walker.problems.map(\.finding.id) == [.manyEntries])
        withExtendedLifetime(folder) {}
    }
}
