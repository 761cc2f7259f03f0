import Foundation
import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct BatchStoreTests {
    private let folder: TemporaryFolder
    private var mirror: String { folder.path + "/mirror" }
    private var store: String { folder.path + "/mirror.sqlite" }

    init() throws {
        folder = try TemporaryFolder([
            ("mirror/org/one/README.md", "---\nlicense: mit\n---\n# One\n"),
            ("mirror/org/two/README.md", "# Two\n"), ("mirror/other/three/README.md", "# Three\n"),
        ])
    }

    private func batch(_ words: String...) throws -> Openscan.Result {
        // What was written a moment ago is read again by the next run.
        usleep(100_000)
        return try Openscan.run(["batch"] + words)
    }

    @Test func onlyWhatChangedIsReadAgain() throws {
        let first = try batch(mirror, "--store", store)
        #expect(first.code == 0, "\(first.error)")
        #expect(first.output.isEmpty)
        #expect(first.error.contains("3 read, 0 unchanged"))
        #expect(try batch(mirror, "--store", store).error.contains("0 read, 3 unchanged"))
        try folder.write("mirror/org/two/README.md", "---\nlicense: apache-2.0\n---\n# Two\n")
        try FileManager.default.removeItem(atPath: mirror + "/other/three")
        let third = try batch(mirror, "--store", store, "--format", "jsonl")
        #expect(third.error.contains("1 read, 1 unchanged, 1 with other answers than before, 1 gone"), "\(third.error)")
        #expect(third.output.split(separator: "\n").count == 1)
        #expect(third.output.contains("\"schemaVersion\":2"))
        let changes = try batch("--store", store, "--changes", "2").output
        #expect(changes.contains("two"))
        #expect(changes.contains("three  gone from"))
        #expect(!changes.contains("  one  "))
    }

    /// The same mirror under another path, or from another folder, is the same mirror.
    @Test func pathsAreWhole() throws {
        _ = try batch(mirror, "--store", store)
        let script = "b=$(realpath \(Openscan.binary)); cd \(folder.path) && $b batch ./mirror/ --store mirror.sqlite"
        let result = try Openscan.run(["-c", script], executable: "/bin/bash")
        #expect(result.error.contains("0 read, 3 unchanged"), "\(result)")
    }

    @Test func whatCannotBeReadIsARowAndComesBack() throws {
        try folder.write("mirror/bad.tar.gz", [0x1F, 0x8B, 8, 0, 0, 0])
        let first = try batch(mirror, "--store", store)
        #expect(first.code == 3)
        #expect(first.error.contains("1 of 4 releases could not be read"))
        #expect(try batch("--store", store, "--summary").output.contains("4 releases, 1 of them could not be read"))
        // It is not read again until somebody touches it.
        #expect(try batch(mirror, "--store", store).error.contains("0 read, 4 unchanged"))
    }

    @Test func judgedAnewNothingChanges() throws {
        _ = try batch(mirror, "--store", store)
        let result = try batch("--store", store, "--rejudge")
        #expect(result.code == 0)
        #expect(result.output.isEmpty)
        #expect(result.error.contains("3 judged anew, 0 with other answers"))
    }

    @Test func theFeedIsWellFormed() throws {
        try folder.write("mirror/org/a<b&c/README.md", "# X\n")
        _ = try batch(mirror, "--store", store)
        let feed = try batch("--store", store, "--changes", "0", "--format", "atom").output
        let parsed = try Openscan.run(
            [
                "-c",
                "import sys,xml.dom.minidom as m; d=m.parse(sys.stdin); print(len(d.getElementsByTagName('entry')))",
            ],
            input: feed, executable: "/usr/bin/python3")
        #expect(parsed.output == "4\n", "\(parsed.error)")
    }

    /// What workers wrote elsewhere is taken up; the next run over the mirror finds it there.
    @Test func linesOfWorkersAreTakenUp() throws {
        let lines = try batch(mirror).output
        try folder.write("lines.jsonl", lines + "{\"no\": \"report\"}\n\n")
        let result = try batch("--store", store, "--import", folder.path + "/lines.jsonl")
        #expect(result.code == 3)
        #expect(result.error.contains("lines.jsonl:4: "))
        #expect(result.error.contains("3 reports taken up, 1 refused"))
        let zipped = try Openscan.run(
            [
                "-c",
                "gzip -c \(folder.path)/lines.jsonl | \(Openscan.binary) batch --store \(store) --import - 2>&1; gzip -k \(folder.path)/lines.jsonl; \(Openscan.binary) batch --store \(store) --import \(folder.path)/lines.jsonl.gz",
            ],
            executable: "/bin/bash")
        #expect(zipped.error.contains("3 reports taken up"), "\(zipped.error)")
        #expect(try batch("--store", store, "--summary").output.hasPrefix("3 releases"))
    }

    @Test func shardsPartTheMirror() throws {
        for number in 0..<20 { try folder.write("mirror/many/m\(number)/README.md", "# X\n") }
        let all = try batch(mirror, "--dry-run").output.split(separator: "\n")
        #expect(all.count == 23)
        let parts = try (0..<3).map {
            try batch(mirror, "--dry-run", "--shard", "\($0)/3").output.split(separator: "\n")
        }
        #expect(parts.allSatisfy { $0.count < 20 && !$0.isEmpty })
        #expect(parts.flatMap(\.self).sorted() == all.sorted())
        #expect(try batch(mirror, "--dry-run", "--shard", "3/3").code == 2)
    }

    /// Whatever moment a run is killed at, the next one goes on and ends with the same store.
    @Test func aKilledRunIsGoneOnWith() throws {
        for number in 0..<60 { try folder.write("mirror/many/m\(number)/README.md", "# X \(number)\n") }
        let script =
            "for i in 0.02 0.05 0.1 0.2; do timeout -s KILL $i \(Openscan.binary) batch \(mirror) --store \(store); done; true"
        _ = try Openscan.run(["-c", script], executable: "/bin/bash")
        let last = try batch(mirror, "--store", store)
        #expect(last.code == 0, "\(last.error)")
        #expect(try batch(mirror, "--store", store).error.contains("0 read, 63 unchanged"))
        #expect(try batch("--store", store, "--summary").output.hasPrefix("63 releases"))
    }

    @Test func anInterruptedRunKeepsWhatItHas() throws {
        for number in 0..<300 { try folder.write("mirror/many/m\(number)/README.md", "# X \(number)\n") }
        let script =
            "\(Openscan.binary) batch \(mirror) --store \(store) --jobs 1 & p=$!; sleep 0.25; kill -INT $p; wait $p; echo code $?"
        let result = try Openscan.run(["-ic", script], executable: "/bin/bash")
        #expect(result.output.contains("code 130") || result.output.contains("code 0"))
        if result.output.contains("code 130") { #expect(result.error.contains("the same call goes on with the rest")) }
        #expect(try batch(mirror, "--store", store).error.contains(" unchanged"))
        #expect(try batch("--store", store, "--summary").output.hasPrefix("303 releases"))
    }

    @Test func oneRunAtATime() throws {
        let script = "exec 9>>\(store)-lock; flock 9; \(Openscan.binary) batch \(mirror) --store \(store); echo $?"
        let result = try Openscan.run(["-c", script], executable: "/bin/bash")
        #expect(result.output == "3\n")
        #expect(result.error.contains("another run is using this store"))
    }

    @Test func aFileThatIsNoStoreIsLeftAlone() throws {
        try folder.write("mirror.sqlite", String(repeating: "text\n", count: 300))
        let result = try batch(mirror, "--store", store)
        #expect(result.code == 3)
        #expect(result.error.contains("no store of this program"))
        #expect(try folder.text("mirror.sqlite").hasPrefix("text"))
    }

    @Test(arguments: [
        ["--rejudge"], ["--summary"], ["--changes", "1"], ["--store", "x", "--changes", "yesterday"],
        ["--store", "x", "--rejudge", "--changes", "1"], ["--store", "x", "--rejudge", "/tmp"], ["--store", "x"],
        ["/tmp", "--format", "atom"], ["--store", "x", "--changes", "1", "--format", "json"],
    ])
    func wrongCallsAreSaid(words: [String]) throws {
        let result = try Openscan.run(["batch"] + words)
        #expect(result.code == 2)
        #expect(!result.error.isEmpty)
    }
}
