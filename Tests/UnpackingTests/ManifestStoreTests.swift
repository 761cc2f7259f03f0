import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

@Suite struct ManifestStoreTests {
    private static func digest(_ letter: String) -> String { String(repeating: letter, count: 64) }

    private func walk(_ path: String) throws -> (location: ReleaseLocation, walker: DirectoryWalker) {
        let location = try ReleaseLocation.find(path)
        var walker = try DirectoryWalker(location, budget: ScanBudget(Limits()))
        try walker.run()
        return (location, walker)
    }

    private func manifest(_ layers: [(type: String, digest: String, title: String?)]) -> String {
        let items = layers.map { layer in
            let notes = layer.title.map { ",\"annotations\":{\"org.opencontainers.image.title\":\"\($0)\"}" } ?? ""
            return "{\"mediaType\":\"\(layer.type)\",\"digest\":\"\(layer.digest)\",\"size\":1\(notes)}"
        }
        return "{\"schemaVersion\":2,\"layers\":[\(items.joined(separator: ","))]}"
    }

    @Test func layersAreFilesOfTheModelThatTheManifestNames() throws {
        let (a, b, c) = (Self.digest("a"), Self.digest("b"), Self.digest("c"))
        let folder = try TemporaryFolder([
            (
                "manifests/hub.example.org/library/tiny/1b",
                manifest([
                    ("application/vnd.ollama.image.model", "sha256:" + a, nil),
                    ("application/vnd.ollama.image.license", "sha256:" + b, nil),
                    ("application/vnd.ollama.image.license", "sha256:" + c, nil),
                    ("application/vnd.ollama.image.system", "sha256:" + Self.digest("d"), nil),
                ])
            ),
            ("blobs/sha256-" + a, "GGUF"), ("blobs/sha256-" + b, "MIT"), ("blobs/sha256-" + c, "Policy"),
            ("blobs/sha256-" + Self.digest("e"), "another model's"),
        ])
        #expect(
            ManifestStore.manifests(at: folder.path) == [folder.path + "/manifests/hub.example.org/library/tiny/1b"])
        for path in [folder.path, folder.path + "/manifests/hub.example.org/library/tiny/1b"] {
            let found = try walk(path)
            #expect(found.location.name == "tiny:1b")
            #expect(found.walker.items.map(\.entry.path) == ["LICENSE", "LICENSE-2", "model"])
            #expect(found.walker.problems.map(\.path) == ["system.txt"])
            #expect(found.walker.problems.map(\.finding.id) == [.danglingLink])
        }
        withExtendedLifetime(folder) {}
    }

    /// Each manifest of a layout is a model, called as the index notes it.
    @Test func modelsOfALayoutAreNamedByItsIndex() throws {
        let (a, b, x, y) = (Self.digest("a"), Self.digest("b"), Self.digest("1"), Self.digest("2"))
        func entry(_ digest: String, _ name: String) -> String {
            "{\"digest\":\"sha256:\(digest)\",\"annotations\":{\"org.opencontainers.image.ref.name\":\"\(name)\"}}"
        }
        let layer = "application/vnd.cncf.model.weight.v1.raw"
        let folder = try TemporaryFolder([
            ("shelf/oci-layout", "{}"),
            ("shelf/index.json", "{\"manifests\":[\(entry(x, "v1")),\(entry(y, "org/b:v2"))]}"),
            ("shelf/blobs/sha256/" + x, manifest([(layer, "sha256:" + a, "m.safetensors")])),
            ("shelf/blobs/sha256/" + y, manifest([(layer, "sha256:" + b, "../m.safetensors")])),
            ("shelf/blobs/sha256/" + a, "A"), ("shelf/blobs/sha256/" + b, "B"),
        ])
        let found = try walk(folder.path + "/shelf")
        #expect(found.location.kind == .ociLayout)
        #expect(found.location.models.map(\.folder) == ["shelf:v1/", "org/b:v2/"])
        #expect(found.walker.items.map(\.entry.path) == ["org/b:v2/model", "shelf:v1/m.safetensors"])
        let one = try walk(folder.path + "/shelf/blobs/sha256/" + y).location
        #expect(one.name == "org/b:v2" && one.models.isEmpty)
        withExtendedLifetime(folder) {}
    }

    /// Tags of the same layers are one model, and its blobs are there once.
    @Test func tagsOfTheSameLayersAreOneModel() throws {
        let a = Self.digest("a")
        let same = manifest([("application/vnd.ollama.image.model", "sha256:" + a, nil)])
        let folder = try TemporaryFolder([
            ("manifests/h/library/m/latest", same), ("manifests/h/library/m/7b", same), ("blobs/sha256-" + a, "GGUF"),
        ])
        let found = try walk(folder.path)
        #expect(found.location.kind == .ollamaStore && found.location.models.isEmpty)
        #expect(found.walker.items.map(\.entry.path) == ["model"])
        withExtendedLifetime(folder) {}
    }

    /// What a manifest says opens nothing but blobs, and shows under no path outside.
    @Test func aManifestOpensNothingElse() throws {
        let folder = try TemporaryFolder([
            (
                "store/manifests/h/a/b",
                manifest([
                    ("application/vnd.ollama.image.license", "sha256:../../secret", nil),
                    ("application/vnd.ollama.image.license", "../secret", nil),
                    ("application/vnd.docker.ai.gguf.v3", "sha256:" + Self.digest("a"), "../../../up.gguf"),
                ])
            ),
            ("store/blobs/sha256/" + Self.digest("a"), "GGUF"), ("secret", "MIT"),
        ])
        let found = try walk(folder.path + "/store")
        #expect(found.walker.items.map(\.entry.path) == ["model.gguf"])
        withExtendedLifetime(folder) {}
    }

    @Test func foldersThatAreNoStoreAreWalked() throws {
        let folder = try TemporaryFolder([
            ("blobs/x", "text"), ("manifests/readme.json", "{\"layers\":[]}"), ("index.json", "{\"manifests\":[]}"),
        ])
        #expect(ManifestStore.manifests(at: folder.path) == nil)
        #expect(try walk(folder.path).walker.items.count == 3)
        withExtendedLifetime(folder) {}
    }

    @Test func aCacheWithOneRepositoryIsThatRepository() throws {
        let folder = try TemporaryFolder([
            ("hub/models--a--b/snapshots/c/x.bin", "1"), ("hub/models--a--b/blobs/1", "1"),
            ("two/models--a--b/snapshots/c/x", "1"),
            ("two/models--a--b/blobs/1", "1"), ("two/models--a--c/snapshots/c/y", "1"),
            ("two/models--a--c/refs/main", "c"),
        ])
        #expect(try walk(folder.path + "/hub").location.name == "a/b")
        #expect(
            try walk(folder.path + "/two").walker.items.map(\.entry.path)
                == ["a/b/x", "a/c/y"])
        withExtendedLifetime(folder) {}
    }
}
