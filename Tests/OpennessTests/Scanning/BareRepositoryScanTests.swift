import OpenscanKit
import OpenscanTestSupport
import Testing

/// The library starts no process: what lies in git's objects is not opened, and nothing is said of terms that nobody has seen.
@Suite struct BareRepositoryScanTests {
    @Test func aBareRepositoryIsRefused() throws {
        let folder = try TemporaryFolder([
            ("r.git/HEAD", "ref: refs/heads/main\n"), ("r.git/objects/info/x", ""), ("r.git/refs/heads/main", "x"),
        ])
        let refusal = #expect(throws: ScanRefusal.self) { try Analyser.shared.scan(folder.path + "/r.git") }
        #expect(refusal?.message.contains("a bare repository") == true)
    }

    @Test func aFolderOfSuchNamesIsARelease() throws {
        let folder = try TemporaryFolder([
            ("r/HEAD", "of the department"), ("r/objects/x", ""), ("r/refs/x", ""), ("r/README.md", "# Tiny"),
        ])
        #expect(try Analyser.shared.scan(folder.path + "/r").release.kind == .directory)
    }
}
