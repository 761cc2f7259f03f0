import Foundation
import OpenscanTestSupport
import Testing

@testable import OpenscanMirror

@Suite struct ReleaseSignatureTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            ("a/one.txt", "1"), ("a/deep/two.txt", "2"), ("a/.git/HEAD", "ref: refs/heads/main"), ("a/.git/x/y", "1"),
        ])
    }

    private func signature(_ name: String = "a") -> [UInt8]? {
        // What was written a moment ago has none.
        usleep(60_000)
        return ReleaseSignature.of(folder.path + "/" + name)
    }

    @Test func whatWasWrittenAMomentAgoHasNone() throws {
        try folder.write("a/one.txt", "3")
        #expect(ReleaseSignature.of(folder.path + "/a") == nil)
    }

    @Test func itStaysWhileNobodyWrites() throws {
        #expect(signature() != nil)
        #expect(signature() == signature())
    }

    @Test func whatIsWrittenAddedRemovedOrRenamedIsSeen() throws {
        var seen = [signature()]
        func next(_ change: () throws -> Void) rethrows {
            try change()
            let now = signature()
            #expect(!seen.contains(now))
            seen.append(now)
        }
        try next { try folder.write("a/one.txt", "3") }
        try next { try folder.write("a/deep/three.txt", "3") }
        try next { try FileManager.default.removeItem(atPath: folder.path + "/a/deep/two.txt") }
        try next {
            try FileManager.default.moveItem(atPath: folder.path + "/a/one.txt", toPath: folder.path + "/a/1.txt")
        }
        // The same name one folder up.
        try next {
            try FileManager.default.moveItem(
                atPath: folder.path + "/a/deep/three.txt", toPath: folder.path + "/a/three.txt")
        }
        try next { try folder.write("a/.git/HEAD", "ref: refs/heads/other") }
    }

    /// A time that is set back betrays itself: nobody sets when a file was changed last.
    @Test func aTimeThatIsSetBackIsSeen() throws {
        let path = folder.path + "/a/one.txt"
        let before = signature()
        let times = try FileManager.default.attributesOfItem(atPath: path)
        try folder.write("a/one.txt", "9")
        let date = try #require(times[.modificationDate] as? Date)
        try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        #expect(signature() != before)
    }

    @Test func aRepositorysObjectsAreNotLookedAt() throws {
        let before = signature()
        try folder.write("a/.git/x/y", "22")
        #expect(signature() == before)
    }

    @Test func aFileIsARelease() throws {
        #expect(signature("a/one.txt") != nil)
        #expect(signature("gone") == nil)
    }
}
