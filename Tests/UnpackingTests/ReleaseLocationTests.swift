import Testing

@testable import OpenscanUnpacking

@Suite struct ReleaseLocationTests {
    @Test(arguments: [
        ("models--org--name", "org/name"), ("models--org--na-me-2", "org/na-me-2"), ("models--bert-base", "bert-base"),
        ("datasets--a--b", "a/b"),
    ])
    func foldersOfTheHubCacheAreNamed(folder: String, name: String) { #expect(ReleaseLocation.hubName(folder) == name) }
}
