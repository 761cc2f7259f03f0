import OpenscanBytes
import OpenscanKit
import OpenscanTestSupport
import Testing

@Suite struct BatchCommandTests {
    private let root: TemporaryFolder

    init() throws {
        root = try TemporaryFolder([("org/one/README.md", "# X\n"), ("org/two/README.md", "# X\n")])
        try root.write("bad.tar.gz", [0x1F, 0x8B, 8, 0, 0, 0])
    }

    @Test func eachReleaseHasItsLineAndBadOnesAreSaid() throws {
        let result = try Openscan.run(["batch", root.path])
        let lines = result.output.split(separator: "\n")
        #expect(result.code == 3)
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.contains("\"schemaVersion\":2") })
        #expect(lines.count { $0.contains("\"subject\":\"unread\"") } == 1)
        #expect(lines.contains { $0.contains("bad.tar.gz") && $0.contains("unreadable") })
        #expect(result.error.contains("1 of 3"))
    }

    @Test func aTableHasOneHeaderAndALineARelease() throws {
        let result = try Openscan.run(["batch", "-f", "csv", root.path])
        let lines = result.output.split(whereSeparator: \.isNewline)
        #expect(result.code == 3)
        #expect(lines.count == 4)
        #expect(lines.count { $0.hasPrefix("name,path,kind,") } == 1)
        #expect(lines.first?.hasPrefix("name,path,kind,") ?? false)
        #expect(lines.contains { $0.hasPrefix("bad.tar.gz,") })
    }

    @Test func aRunThatReadsAllEndsWithZero() throws {
        #expect(try Openscan.run(["batch", root.path + "/org"]).code == 0)
    }

    /// Workers that may have less memory than the program itself takes die at once: all their releases still have their line.
    @Test func whatEndsAWorkerCostsOneLine() throws {
        let result = try Openscan.run(["batch", "--max-memory", String(64 << 20), root.path + "/org"])
        #expect(result.code == 3)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.count { $0.contains("\"code\":\"crashed\"") && $0.contains("org/") } == 2)
        #expect(result.error.contains("2 of 2 releases could not be read"))
    }

    @Test func pathsThatAreNoUTF8AreTakenFromStandardInput() throws {
        let made = try Openscan.run(
            [
                "-c",
                "import os,sys; d=os.fsencode(sys.argv[1])+b'/caf\\xe9'; os.mkdir(d); open(d+b'/README.md','w').write('# X'); sys.stdout.buffer.write(d+b'\\n')",
                root.path,
            ],
            executable: "/usr/bin/python3")
        #expect(made.code == 0)
        let script = "\(Openscan.binary) batch --stdin < <(printf '%s/caf\\xe9\\n' \(root.path))"
        let result = try Openscan.run(["-c", script], executable: "/bin/bash")
        #expect(result.code == 0, "\(result.error)")
        #expect(result.output.contains("caf\\\\xE9"))
    }

    @Test func aReleaseThatIsNotThereHasItsLine() throws {
        let result = try Openscan.run(["batch", "--stdin"], input: root.path + "/gone\n" + root.path + "/org/one\n")
        #expect(result.code == 3)
        #expect(result.output.split(separator: "\n").count { $0.contains("No such file") } == 1)
        #expect(result.output.split(separator: "\n").count == 2)
    }
}
