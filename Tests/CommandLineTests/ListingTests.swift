import OpenscanKit
import Testing

@Suite struct ListingTests {
    @Test(arguments: [
        "ow-01", "mau-threshold", "weights-final", "weights-available", "osd-6", "MIT", "llama2", "apache-2.0",
    ])
    func everyKindOfNameIsExplained(id: String) throws {
        let result = try Openscan.run(["explain", id])
        #expect(result.code == 0 && !result.output.isEmpty)
    }

    @Test(arguments: ["licences", "clauses", "flags", "formats", "components", "levels"])
    func everyVocabularyIsListed(kind: String) throws {
        let result = try Openscan.run(["list", kind])
        #expect(result.code == 0 && result.output.split(separator: "\n").count >= 8)
    }
}
