import OpenscanFacts
import OpenscanTestSupport
import Testing

/// What a file of a large release takes, and that nothing of what is said of it is lost for that.
@Suite struct FileFactsTests {
    private static let paths = [
        "README.md", "Weights/Model.safetensors", "a/b/c.txt", "a/b.txt", "a.txt", "a-b/c.txt", "a", "A/B",
        "Größe/Ü.md", "Gro\u{308}ße/U\u{308}.md", "数据/说明.md", "x.zip!/inner/LICENSE", "",
    ]

    private func file(_ path: String, in table: PathTable? = nil, kind: Entry.Kind = .file, size: Int? = nil)
        -> FileFacts
    {
        let places = TestRules.shared.places
        return FileFacts(
            entry: Entry(path: path, kind: kind, size: size), place: places.place(table?.path(path) ?? FilePath(path)))
    }

    @Test func aFileOfWhichNothingWasReadIsSmall() { #expect(MemoryLayout<FileFacts>.stride <= 48) }

    @Test(arguments: paths) func aPathComesBackByteForByte(path: String) {
        let file = file(path)
        #expect(Array(file.path.utf8) == Array(path.utf8))
        #expect(Array((file.folder + file.entry.name).utf8) == Array(path.utf8))
        #expect(!file.isKnown)
    }

    @Test(arguments: paths) func placesAreInLowerCase(path: String) {
        let parts = path.lowercased().split(separator: "/").map(String.init)
        #expect(file(path).place.name == parts.last ?? "")
        #expect(file(path).place.folders == parts.dropLast())
        #expect(file(path).place.depth == max(0, parts.count - 1))
    }

    @Test func pathsOfOneTableAreKeptApart() {
        let table = PathTable()
        // More names than a block holds, in more folders than are remembered.
        let paths = (0..<5000).map { "folder\($0 % 1500)/sub/\(String(repeating: "n", count: $0 % 90))\($0).txt" }
        let files = paths.map { file($0, in: table) }
        #expect(files.map(\.path) == paths)
        #expect(files == paths.map { file($0) }, "as those that share nothing")
        #expect(Set(files).count == paths.count)
    }

    @Test func aNameLongerThanABlockIsWhole() {
        let long = "d/" + String(repeating: "x", count: 100_000)
        #expect(file(long, in: PathTable()).path == long)
    }

    @Test func filesAreInOrderOfTheBytesOfTheirPaths() {
        let table = PathTable()
        let sorted = Self.paths.map { file($0, in: table) }.sorted { $0.precedes($1) }.map { Array($0.path.utf8) }
        #expect(sorted == Self.paths.map { Array($0.utf8) }.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func entriesComeBack() {
        for kind in [Entry.Kind.file, .archive, .link(target: "blobs/x")] {
            for size in [nil, 0, 7, Int.max] {
                let entry = Entry(path: "A/b.bin", kind: kind, size: size)
                #expect(file(entry.path, kind: kind, size: size).entry == entry)
            }
        }
    }

    @Test func aPlaceMayBeAnotherThanThePaths() {
        var file = file("Tests/README.md", size: 3)
        file.place = TestRules.shared.places.place("model.bin")
        #expect(file.path == "Tests/README.md" && file.folder == "Tests/")
        #expect(file.place.name == "model.bin" && file.place.depth == 0)
        file.entry.path = "Model.bin"
        #expect(file.path == "Model.bin" && file.entry.size == 3)
        file.place = TestRules.shared.places.place("Model.bin")
        #expect(!file.isKnown, "where they agree again, nothing is held apart")
    }

    @Test func whatIsTakenBackLeavesNothing() {
        var file = file("a.md")
        let unread = file
        file.findings = [Finding(.unreadable, .low, "x")]
        file.card = CardFacts()
        #expect(file.isKnown && file != unread && file.card != nil)
        file.findings = []
        file.card = nil
        #expect(file == unread && !file.isKnown)
    }
}
