import Foundation
import OpenscanBytes
import OpenscanFacts
import OpenscanTestSupport
import Synchronization
import Testing

@testable import OpenscanUnpacking

#if canImport(Glibc)
    import Glibc
#endif

/// Nothing below a folder leads out of it, whether the kernel sees to that or every step is looked at.
@Suite struct RootFolderTests {
    private func folder() throws -> TemporaryFolder {
        let folder = try TemporaryFolder([
            ("root/file", "x"), ("root/sub/deep/file", "y"), ("outside/file", "secret"), ("file", "secret"),
        ])
        for (name, target) in [
            ("link", "file"), ("out", "../outside"), ("sub/in", "deep"), ("absolute", folder.path + "/root/sub"),
        ] {
            try FileManager.default.createSymbolicLink(
                atPath: folder.path + "/root/" + name, withDestinationPath: target)
        }
        return folder
    }

    private func root(_ folder: TemporaryFolder, _ usesOpenat2: Bool) throws -> RootFolder {
        try RootFolder(FileSystem.resolve(folder.path + "/root"), usesOpenat2: usesOpenat2)
    }

    @Test(arguments: [true, false])
    func filesBelowAreOpened(usesOpenat2: Bool) throws {
        let folder = try folder()
        let root = try root(folder, usesOpenat2)
        for path in ["file", "sub/deep/file"] {
            #expect(try root.file(path, shownAs: path).byteCount == 1)
        }
        withExtendedLifetime(folder) {}
    }

    @Test(
        arguments: [
            "link", "out/file", "sub/in/file", "absolute/deep/file", "../file", "../outside/file", "sub/../../file",
            "/etc/passwd", "missing", "sub",
        ], [true, false])
    func nothingElseIs(path: String, usesOpenat2: Bool) throws {
        let folder = try folder()
        let root = try root(folder, usesOpenat2)
        #expect(throws: ReadError.self) { try root.file(path, shownAs: path) }
        withExtendedLifetime(folder) {}
    }

    @Test func pathsLongerThanOneCallTakesAreOpened() throws {
        let folder = try TemporaryFolder([("root/a", "")])
        let name = String(repeating: "d", count: 200)
        var descriptor = open(folder.path + "/root", O_RDONLY | O_DIRECTORY)
        for _ in 0..<24 {
            try #require(mkdirat(descriptor, name, 0o755) == 0)
            let next = openat(descriptor, name, O_RDONLY | O_DIRECTORY)
            close(descriptor)
            descriptor = next
        }
        let file = openat(descriptor, "file", O_WRONLY | O_CREAT, 0o644)
        try #require(write(file, "xyz", 3) == 3)
        close(file)
        close(descriptor)
        let path = Array(repeating: name, count: 24).joined(separator: "/") + "/file"
        for usesOpenat2 in [true, false] {
            #expect(try root(folder, usesOpenat2).file(path, shownAs: "file").byteCount == 3)
        }
        // The walk comes there as well where paths may be that long, and says it where not.
        for (most, isFound) in [(4096, false), (8192, true)] {
            var limits = Limits()
            limits.pathLength = most
            var walker = try DirectoryWalker(
                try ReleaseLocation.find(folder.path + "/root"), budget: ScanBudget(limits))
            try walker.run()
            #expect(walker.items.contains { $0.entry.name == "file" } == isFound)
            #expect(walker.problems.contains { $0.finding.id == .stringLength } == !isFound)
        }
    }

    /// Between the listing and the reading, a folder becomes a link to another place.
    @Test func aFolderThatBecomesALinkIsNotFollowed() throws {
        let folder = try TemporaryFolder([("root/sub/file", "own"), ("outside/file", "secret")])
        var walker = try DirectoryWalker(
            try ReleaseLocation.find(folder.path + "/root"), budget: ScanBudget(Limits()))
        try walker.run()
        let item = try #require(walker.items.first)
        #expect(try walker.root.file(item.location, shownAs: "").byteCount == 3)
        let files = FileManager.default
        try files.moveItem(atPath: folder.path + "/root/sub", toPath: folder.path + "/root/old")
        try files.createSymbolicLink(atPath: folder.path + "/root/sub", withDestinationPath: "../outside")
        #expect(throws: ReadError.self) { try walker.root.file(item.location, shownAs: "") }
    }

    /// The same as fast as the system can: whatever the moment, the other folder's names and files never come up.
    @Test func aFolderSwappedAllTheTimeLeadsNowhereElse() throws {
        let folder = try TemporaryFolder([
            ("root/sub/own", "own"), ("root/a", "own"), ("outside/secret", "secret of another"),
        ])
        try FileManager.default.createSymbolicLink(
            atPath: folder.path + "/root/.swap", withDestinationPath: "../outside")
        let names = (folder.path + "/root/sub", folder.path + "/root/.swap", folder.path + "/root/.own")
        let isOver = Atomic(false)
        let swaps = Atomic(0)
        let thread = Thread {
            while !isOver.load(ordering: .relaxed) {
                let moves = [(names.0, names.2), (names.1, names.0), (names.0, names.1), (names.2, names.0)]
                if moves.allSatisfy({ rename($0.0, $0.1) == 0 }) { swaps.add(1, ordering: .relaxed) }
            }
        }
        thread.start()
        defer { isOver.store(true, ordering: .relaxed) }
        var seen = 0
        for _ in 0..<2_000 {
            var walker = try DirectoryWalker(
                try ReleaseLocation.find(folder.path + "/root"), budget: ScanBudget(Limits()))
            try walker.run()
            for item in walker.items {
                #expect(item.entry.name != "secret")
                guard let bytes = try? walker.root.file(item.location, shownAs: "") else { continue }
                #expect(bytes.byteCount == 3)
                seen += 1
            }
        }
        #expect(seen > 1_000 && swaps.load(ordering: .relaxed) > 100)
    }

    @Test func namesThatAreNoUTF8AreReadAndShown() throws {
        let folder = try TemporaryFolder([("root/a\\b.txt", "x")])
        let raw: [CChar] = Array((folder.path + "/root/caf").utf8CString.dropLast()) + [CChar(bitPattern: 0xE9), 0]
        let descriptor = open(raw, O_WRONLY | O_CREAT, 0o644)
        try #require(descriptor >= 0 && write(descriptor, "xyz", 3) == 3)
        close(descriptor)
        var walker = try DirectoryWalker(
            try ReleaseLocation.find(folder.path + "/root"), budget: ScanBudget(Limits()))
        try walker.run()
        #expect(walker.items.map(\.entry.path) == ["a\\b.txt", "caf\\xE9"])
        #expect(walker.problems.map(\.finding.id) == [.nonUTF8])
        for item in walker.items { #expect(throws: Never.self) { try walker.root.file(item.location, shownAs: "") } }
    }
}
