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
        #expect(lines.count { $0.contains("\"schemaVersion\":2") } == 2)
        #expect(lines.contains { $0.contains("bad.tar.gz") && $0.contains("unreadable") })
        #expect(result.error.contains("1 of 3"))
    }

    @Test func aRunThatReadsAllEndsWithZero() throws {
        #expect(try Openscan.run(["batch", root.path + "/org"]).code == 0)
    }
}
