import OpenscanTestSupport
import Testing

@testable import OpenscanMirror

@Suite struct DiscoveryTests {
    private func found(_ files: [(String, String)]) throws -> [String] {
        let folder = try TemporaryFolder(files)
        defer { withExtendedLifetime(folder) {} }
        return try Discovery().releases(under: folder.path).map { String($0.dropFirst(folder.path.utf8.count + 1)) }
    }

    @Test func modelScopesUnfinishedDownloadsAreNoReleases() throws {
        let paths = try found([
            ("hub/models/Org/A/.msc", "x"), ("hub/models/Org/A/README.md", "x"),
            ("hub/models/._____temp/Org/B/model.safetensors", "x"), ("hub/.lock/x", "x"),
        ])
        #expect(paths == ["hub/models/Org/A"])
    }

    /// The files that a hub's client puts beside its repositories make the cache no release.
    @Test func aHubCacheBelowIsAShelf() throws {
        let paths = try found([
            ("huggingface/hub/version.txt", "1"), ("huggingface/hub/CACHEDIR.TAG", "x"),
            ("huggingface/hub/models--a--b/snapshots/1/README.md", "x"),
            ("huggingface/hub/models--c--d/snapshots/1/README.md", "x"), ("huggingface/xet/logs/x", "x"),
        ])
        #expect(paths == ["huggingface/hub/models--a--b", "huggingface/hub/models--c--d"])
    }

    @Test func eachVersionOfKagglesCacheIsARelease() throws {
        let paths = try found([
            ("models/o/m/jax/2b/1/x.h5", "x"), ("models/o/m/jax/2b/1.complete", ""), ("models/o/m/jax/2b/2/x.h5", "x"),
            ("models/o/m/jax/2b/2.complete", ""),
        ])
        #expect(paths == ["models/o/m/jax/2b/1", "models/o/m/jax/2b/2"])
    }

    /// Stores may lie where people do not look; other things there are no releases.
    @Test func hiddenFoldersHoldStoresOnly() throws {
        let digest = String(repeating: "a", count: 64)
        let paths = try found([
            (".ollama/id_ed25519", "x"),
            (
                ".ollama/models/manifests/h/library/m/1b",
                "{\"layers\":[{\"mediaType\":\"x\",\"digest\":\"sha256:\(digest)\"}]}"
            ),
            (".ollama/models/blobs/sha256-" + digest, "x"), (".config/tool/settings", "x"), ("org/name/README.md", "x"),
        ])
        #expect(paths == [".ollama/models/manifests/h/library/m/1b", "org/name"])
    }

    @Test func aFolderWithoutReleasesIsOneItself() throws {
        #expect(try found([("a.txt", "x")]) == [""])
    }
}
