import Foundation
import OpenscanTestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// Somebody who is not root.
private enum Nobody {
    static let canRun = (try? run(["--version"]).code) == 0

    static func run(_ arguments: [String]) throws -> Openscan.Result {
        guard geteuid() == 0 else { return try Openscan.run(arguments) }
        let nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", Openscan.binary]
        return try Openscan.run(nobody + arguments, executable: "/usr/bin/env")
    }
}

/// Files that the system refuses; root is refused none, so the program runs as nobody there.
@Suite(.enabled(if: Nobody.canRun, "needs a user other than root who can run the program"))
struct RefusedFilesTests {
    private let root: TemporaryFolder

    init() throws {
        let card = "---\nlicense: mit\n---\n# X\n"
        root = try TemporaryFolder([
            ("ok/README.md", card), ("ok/weights.txt", "x"), ("ok/sub/LICENSE", "x"), ("flat/README.md", card),
            ("shut/README.md", card), ("bad/README.md", card),
        ])
        for (path, mode) in [
            ("", 0o755), ("ok/sub", 0o444), ("flat", 0o444), ("shut", 0), ("bad/README.md", 0), ("ok/weights.txt", 0),
        ] { #expect(chmod(root.path + "/" + path, mode_t(mode)) == 0) }
    }

    private func mend() {
        for path in ["ok/sub", "flat", "shut"] { chmod(root.path + "/" + path, 0o755) }
    }

    @Test(arguments: ["bad", "flat", "shut"])
    func aReleaseWithoutOneReadableFileEndsWithThree(name: String) throws {
        defer { mend() }
        let result = try Nobody.run(["-q", root.path + "/" + name])
        #expect(result.code == 3)
        #expect(result.error.contains("Permission denied"))
    }

    @Test func errorsNameFilesAsTheReleaseDoes() throws {
        defer { mend() }
        let result = try Nobody.run(["-f", "json", root.path + "/ok"])
        #expect(result.code == 0)
        #expect(result.output.contains("weights.txt: cannot open"))
        #expect(result.output.contains("sub/LICENSE: cannot find"))
        #expect(!result.output.contains(root.path + "/ok/weights") && !result.output.contains(root.path + "/ok/sub"))
    }

    @Test func eachFolderThatCannotBeReadHasItsLine() throws {
        defer { mend() }
        let result = try Nobody.run(["batch", root.path])
        #expect(result.code == 3)
        let lines = result.output.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines.count { $0.contains("Permission denied") && $0.contains("unreadable") } >= 3)
    }
}
