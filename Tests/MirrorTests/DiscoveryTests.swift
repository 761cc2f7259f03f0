import Foundation
import OpenscanBytes
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

    // MARK: Why

    private func kinds(_ files: [(String, String)], change: (TemporaryFolder) throws -> Void = { _ in }) throws
        -> [String]
    {
        let folder = try TemporaryFolder(files)
        try change(folder)
        defer { withExtendedLifetime(folder) {} }
        var out: [String] = []
        try Discovery().releases(under: folder.path) { found in
            out.append(found.path.dropFirst(folder.path.utf8.count + 1) + " " + found.kind.rawValue)
            return true
        }
        return out
    }

    private static let skeleton = #"{"format": "openscan-skeleton", "version": 1, "files": []}"#
    private static let bare = [("HEAD", "ref: refs/heads/main\n"), ("objects/info/x", ""), ("refs/heads/main", "x")]

    @Test func everyReleaseHasItsReason() throws {
        let found = try kinds(
            [
                ("a.tar.gz", "x"), ("cache/hub/models--o--m/snapshots/1/README.md", "x"), ("git/one/.git/HEAD", "x"),
                ("git/one/sub/README.md", "x"), ("git/worktree/.git", "gitdir: x"), ("org/name/README.md", "x"),
                ("org/skeleton/.openscan-skeleton.json", Self.skeleton), ("ms/models/o/m/.msc", "x"),
                ("kaggle/models/o/m/f/i/1/x.h5", "x"), ("kaggle/models/o/m/f/i/1.complete", ""), ("packs/b.zip", "x"),
                ("packs/c.whl", "x"), ("packs/.hidden/README.md", "x"),
            ] + Self.bare.map { ("bare/r.git/" + $0.0, $0.1) })
        #expect(
            found == [
                "a.tar.gz archive", "bare/r.git bare-repository", "cache/hub/models--o--m hub-repository",
                "git/one checkout", "git/worktree checkout", "kaggle/models/o/m/f/i/1 kaggle-version",
                "ms/models/o/m modelscope-repository", "org/name folder", "org/skeleton skeleton",
                "packs/b.zip archive",
                "packs/c.whl archive",
            ])
    }

    /// What says of itself that it is one is one, also where the search begins; what only has files is a shelf there.
    @Test func theFolderThatIsNamedIsOneWhereItSaysSo() throws {
        #expect(try kinds([("sub/README.md", "x"), (".git/HEAD", "x")]) == [" checkout"])
        #expect(try kinds([("sub/w.bin", "x"), (".openscan-skeleton.json", Self.skeleton)]) == [" skeleton"])
        #expect(try kinds(Self.bare) == [" bare-repository"])
        #expect(try kinds([("index.html", "x"), ("org/name/README.md", "x")]) == ["org/name folder"])
        #expect(try kinds([("README.md", "x"), ("empty/.keep", "")]) == [" remainder"])
    }

    @Test func foldersThatOnlyLookLikeABareRepositoryAreNone() throws {
        for head in ["", "hello", "ref: elsewhere", "ref:", String(repeating: "z", count: 40)] {
            let files = [("r/HEAD", head), ("r/objects/x", ""), ("r/refs/x", "")]
            #expect(try kinds(files) == ["r folder"], "\(head)")
        }
        let detached = [("r/HEAD", String(repeating: "a", count: 40) + "\n"), ("r/objects/x", ""), ("r/refs/x", "")]
        #expect(try kinds(detached) == ["r bare-repository"])
    }

    @Test func storesAreTheirManifests() throws {
        let digest = String(repeating: "a", count: 64)
        let manifest = #"{"layers":[{"mediaType":"x","digest":"sha256:\#(digest)"}]}"#
        let files = [
            ("manifests/h/library/a/1b", manifest), ("manifests/h/library/b/2b", manifest),
            ("blobs/sha256-" + digest, "x"),
        ]
        let found = ["manifests/h/library/a/1b store-manifest", "manifests/h/library/b/2b store-manifest"]
        #expect(try kinds(files) == found)
        #expect(try kinds(files.map { ("models/" + $0.0, $0.1) }) == found.map { "models/" + $0 })
    }

    @Test func collectionsInsideCollectionsAreOpened() throws {
        #expect(
            try kinds([("a/b/c/d/one/README.md", "x"), ("a/b/two/README.md", "x"), ("a/three.tar", "x")]) == [
                "a/b/c/d/one folder", "a/b/two folder", "a/three.tar archive",
            ])
        let deep = String(repeating: "d/", count: 40)
        let found = try kinds([(deep + "README.md", "x"), ("z/README.md", "x")])
        #expect(found.count == 2 && found[0].hasSuffix(" beyond") && found[1] == "z folder")
    }

    @Test func linksAreNotFollowed() throws {
        let found = try kinds([("org/name/README.md", "x")]) { folder in
            try folder.link("again", to: "org")
            try folder.link("up", to: "..")
            try folder.link("loop", to: "loop")
        }
        #expect(found == ["org/name folder"])
        #expect(
            try kinds([("org/.keep", "")]) { try $0.link("org/model.safetensors", to: "/elsewhere") } == ["org folder"])
    }

    @Test func aSearchEndsWhenNobodyAsks() throws {
        let folder = try TemporaryFolder((0..<50).map { ("org/m\($0)/README.md", "x") })
        var count = 0
        try Discovery().releases(under: folder.path) { _ in
            count += 1
            return count < 3
        }
        #expect(count == 3)
        var iterator = try DiscoveryIterator(folder.path)
        var all: [String] = []
        while let found = iterator.next() { all.append(found.path) }
        #expect(all.count == 50 && all == all.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
        #expect(iterator.next() == nil)
    }

    @Test func aFileIsAReleaseAndNothingIsAnError() throws {
        let folder = try TemporaryFolder([("a.zip", "x"), ("w.bin", "x")])
        var found: [Discovered] = []
        for name in ["a.zip", "w.bin"] {
            try Discovery().releases(under: folder.path + "/" + name) {
                found.append($0)
                return true
            }
        }
        #expect(found.map(\.kind) == [.archive, .file])
        #expect(throws: ReadError.self) { try Discovery().releases(under: folder.path + "/gone") }
    }

    @Test func everyReasonIsSaidInWords() {
        for kind in Discovered.Kind.allCases { #expect(!kind.why.description.isEmpty) }
    }
}

/// Releases that are asked for on standard input.
@Suite struct BatchInputTests {
    private func lines(_ text: String) throws -> [String] { try lines(Array(text.utf8)) }

    private func lines(_ bytes: [UInt8]) throws -> [String] {
        let folder = try TemporaryFolder()
        try folder.write("in", bytes)
        let descriptor = open(folder.path + "/in", O_RDONLY)
        defer { close(descriptor) }
        var input = BatchInput(descriptor: descriptor)
        var out: [String] = []
        while let line = input.next() {
            switch line {
            case .request(let request):
                out.append(
                    [request.path, request.name.map { "name " + $0 }, request.id.map { "id " + $0 }]
                        .compactMap { $0 }.joined(separator: ", "))
            case .bad(let number, _, let problem): out.append("\(number): \(problem)")
            }
        }
        #expect(input.failure == nil && input.next() == nil)
        return out
    }

    @Test func pathsAndObjectsAreTaken() throws {
        #expect(
            try lines(
                "/a b\n\n{\"path\": \"/c\", \"name\": \"org/c\", \"id\": 7, \"size\": [1]}\r\n{\"path\":\"{d\"}\n/e")
                == ["/a b", "/c, name org/c, id 7", "{d", "/e"])
        #expect(try lines("").isEmpty)
        #expect(try lines([0x2F, 0xE9, 0x0A]) == ["/\u{10FFE9}"])
    }

    @Test func aBadLineIsSaidAndTheNextIsRead() throws {
        let found = try lines(
            "{\n/a\n{\"name\": \"x\"}\n{\"path\": 3}\n{\"path\": \"\"}\n{\"path\": \"a\\u0000\"}\n/b\n")
        #expect(
            found == [
                "1: begins as JSON and is not well formed", "/a", "3: names no path", "4: names no path",
                "5: names no path", "6: a path with a zero byte", "/b",
            ])
    }

    @Test func aLineOfAnyLengthIsPassedOver() throws {
        let long = String(repeating: "x", count: 3 << 20)
        #expect(
            try lines("/a\n" + long + "\n/b\n" + long).map { String($0.prefix(19)) }
                == ["/a", "2: a line of more t", "/b", "4: a line of more t"].map { String($0.prefix(19)) })
        let many = (0..<20_000).map { "/release/\($0)" }.joined(separator: "\n")
        #expect(try lines(many).count == 20_000)
    }
}
