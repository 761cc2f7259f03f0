import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanUnpacking

@Suite struct ClientStoreTests {
    private func walk(_ path: String) throws -> (location: ReleaseLocation, paths: [String]) {
        let location = try ReleaseLocation.find(path)
        var walker = try DirectoryWalker(location, budget: ScanBudget(Limits()))
        try walker.run()
        return (location, walker.items.map(\.entry.path))
    }

    @Test func modelsOfModelScopesCacheAreNamedAsOnTheHub() throws {
        let folder = try TemporaryFolder([
            ("hub/models/Org/Name-2___5/.mdl", "x"), ("hub/models/Org/Name-2___5/README.md", "# A"),
            ("hub/models/Org/Name-2___5/.mv", "Revision:v1.0,CreatedAt:1"), ("hub/models/other/b/.msc", "x"),
            ("hub/models/other/b/LICENSE", "MIT"), ("hub/models/._____temp/Org/c/model.safetensors", "x"),
        ])
        let found = try walk(folder.path)
        #expect(found.location.kind == .modelScopeCache)
        #expect(found.location.models.map(\.folder) == ["Org/Name-2.5/", "other/b/"])
        #expect(
            found.paths == [
                "Org/Name-2.5/.mdl", "Org/Name-2.5/.mv", "Org/Name-2.5/README.md", "other/b/.msc", "other/b/LICENSE",
            ])
        let one = try walk(folder.path + "/hub/models/Org/Name-2___5").location
        #expect(one.name == "Org/Name-2.5" && one.revision == "v1.0" && one.models.isEmpty)
        withExtendedLifetime(folder) {}
    }

    @Test func aCacheOfOneModelIsThatModel() throws {
        let folder = try TemporaryFolder([("models/Org/A___1/.msc", "x"), ("models/Org/A___1/README.md", "# A")])
        let found = try walk(folder.path)
        #expect(found.location.name == "Org/A.1" && found.paths == [".msc", "README.md"])
        withExtendedLifetime(folder) {}
    }

    /// One revision of each, whatever else lies in the cache.
    @Test func repositoriesOfAHubCacheAreShownByTheirNames() throws {
        let folder = try TemporaryFolder([
            ("version.txt", "1"), (".locks/models--a--b/x.lock", ""), ("models--a--b/refs/main", "2"),
            ("models--a--b/snapshots/1/README.md", "# old"), ("models--a--b/snapshots/2/README.md", "# new"),
            ("models--a--b/blobs/00", "x"), ("datasets--a--b/snapshots/1/data.csv", "a"), ("xet/logs/x", "x"),
        ])
        let found = try walk(folder.path)
        #expect(found.location.kind == .hubCache)
        #expect(found.location.models.count == 2)
        #expect(found.paths == ["a/b/data.csv", "models--a--b/README.md"])
        withExtendedLifetime(folder) {}
    }

    @Test func versionsOfKagglesCacheAreNamed() throws {
        let folder = try TemporaryFolder([
            ("models/o/m/pyTorch/2b/1/model.safetensors", "x"), ("models/o/m/pyTorch/2b/1.complete", ""),
            ("models/o/m/pyTorch/2b/3/model.safetensors", "x"), ("models/o/m/pyTorch/2b/3.complete", ""),
        ])
        let found = try walk(folder.path)
        #expect(found.location.kind == .kaggleCache)
        #expect(found.location.models.map(\.folder) == ["o/m/pyTorch/2b/1/", "o/m/pyTorch/2b/3/"])
        let one = try walk(folder.path + "/models/o/m/pyTorch/2b/3").location
        #expect(one.name == "o/m/pyTorch/2b/3" && one.revision == "3")
        withExtendedLifetime(folder) {}
    }

    /// Any file of somebody's own makes it a release with caches in it.
    @Test(arguments: ["README.md", "models/notes.txt", "models/Org/x.py"])
    func whatElseHoldsFilesIsARelease(file: String) throws {
        let folder = try TemporaryFolder([
            ("models/Org/A/.msc", "x"), ("models/Org/A/README.md", "# A"), ("models/Org/B/.msc", "x"),
            ("models/Org/B/README.md", "# B"), (file, "x"),
        ])
        let location = try ReleaseLocation.find(folder.path)
        #expect(location.kind == .directory && location.models.isEmpty)
        withExtendedLifetime(folder) {}
    }
}
