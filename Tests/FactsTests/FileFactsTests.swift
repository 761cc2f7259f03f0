import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@Suite struct FileFactsTests {
    private let key = ContentKey(digest: (0..<16).map { UInt8($0) })

    private func file() -> FileFacts {
        let path = FilePath("README.md")
        return FileFacts(
            entry: Entry(path: "README.md", kind: .file, size: 3), place: TestRules.shared.places.place(path))
    }

    @Test func aKeyIsItsBytes() throws {
        #expect(key?.bytes == (0..<16).map { UInt8($0) })
        #expect(ContentKey(digest: [UInt8](repeating: 0, count: 15)) == nil)
    }

    /// What the files beside it add is not what its bytes say: the key must not stand for it.
    @Test func aLaterFindingTakesTheKeyAway() {
        var facts = file()
        facts.take(ReadFacts(), content: key)
        #expect(facts.content == key)
        #expect(!facts.isKnown)
        facts.findings = [Finding(.missingShard, .medium, "x")]
        #expect(facts.content == nil)
        #expect(facts.isKnown)
    }
}
