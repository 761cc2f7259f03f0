import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

/// A repository of which nothing is checked out: its files are in git's objects.
@Suite struct BareRepositoryTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder([
            ("work/README.md", "---\nlicense: mit\n---\n# Tiny\nA small model.\n"), ("work/config.json", "{}"),
        ])
        try git(["init", "-q", "-b", "main", "work"])
        try git(["-C", "work", "add", "-A"])
        try git([
            "-C", "work", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false", "commit",
            "-q", "-m", "first",
        ])
        try git(["clone", "-q", "--bare", "work", "mirror/tiny.git"])
        try git(["init", "-q", "--bare", "mirror/empty.git"])
    }

    private func git(_ words: [String]) throws {
        let result = try Openscan.run(["git", "-C", folder.path] + words, executable: "/usr/bin/env")
        try #require(result.code == 0, "\(result.error)")
    }

    @Test func whatItsHeadHoldsIsScanned() throws {
        let result = try Openscan.run(["-f", "json", folder.path + "/mirror/tiny.git"])
        #expect(result.code == 0, "\(result.error)")
        let report = try Array(result.output.utf8).withUnsafeBytes { try JSONValue.parse($0) }
        #expect(report["release"]?["name"]?.string == "tiny.git" && report["release"]?["fileCount"]?.int == 2)
        #expect(report["release"]?["kind"]?.string == "git-checkout")
        #expect(report["release"]?["revision"]?.string?.utf8.count == 40)
        #expect(report["release"]?["path"]?.string?.hasSuffix("/mirror/tiny.git") == true)
        #expect(result.output.contains("MIT"))
    }

    @Test func aMirrorOfThemIsScanned() throws {
        let result = try Openscan.run(["batch", folder.path + "/mirror"])
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2 && result.code == 3)
        #expect(lines.count { $0.contains("tiny.git") && $0.contains("MIT") } == 1)
        #expect(lines.count { $0.contains("empty.git") && $0.contains("no commit, tag or branch") } == 1)
    }
}
