import OpenscanBytes
import OpenscanFacts
import OpenscanOpenness
import OpenscanReporting
import Testing

@Suite struct ReportTests {
    static let tool = ReportTool(name: "openscan", version: "0.2.0", licenceData: "0a", ruleData: "0b")

    /// The JSON of a dossier's report, as a value.
    static func json(_ dossier: Dossier, review: Review? = nil, policy: PolicyResult? = nil) throws -> JSONValue {
        let text = Array(
            try JSON.text(Report(dossier, tool: tool, review: review, policy: policy), isPretty: false).utf8)
        return try text.withUnsafeBytes { try JSONValue.parse($0) }
    }

    private func json() throws -> JSONValue { try Self.json(Samples.full) }

    @Test func theAnswerIsAWordASentenceAndWhatAPersonDecides() throws {
        let verdict = try json()["verdict"]
        #expect(verdict?["openSource"]?.string == "no")
        #expect(verdict?["sentence"]?.string == "licence of the weights LicenseRef-llama-2 fails OSD 5, 6")
        #expect(verdict?["evidence"]?.array?.first?["path"]?.string == "LICENSE")
        #expect(
            verdict?["needsPerson"]?.array?.first?["words"]?.string == "whether the use list is narrow enough")
    }

    @Test func termsStandUnderThePartsTheyCover() throws {
        let terms = try json()["terms"]
        #expect(terms?.members?.map(\.key) == ["code", "data", "documents", "weights"])
        #expect(terms?["code"]?["expression"]?.string == "MIT")
        #expect(terms?["code"]?["open"] == .bool(true))
        #expect(terms?["data"]?["basis"]?.string == "inherited")
        #expect(terms?["weights"]?["osd"]?["10"]?["verdict"]?.string == "pass")
    }

    @Test func aLinkNamesItsTargetAndItsPlace() throws {
        let dataset = try json()["components"]?.array?.first { $0["id"]?.string == "dataset" }
        let link = dataset?["links"]?.array?.first
        #expect(link?["target"]?.string == "org/data")
        #expect(link?["evidence"]?["path"]?.string == "README.md")
    }

    @Test func frameworksStandUnderTheirIds() throws {
        let frameworks = try json()["frameworks"]
        #expect(frameworks?.members?.map(\.key) == ["mof", "open-weights", "osd"])
        #expect(frameworks?["open-weights"]?["criteria"]?.array?.count == 2)
        #expect(frameworks?["osd"]?["5"]?["verdict"]?.string == "fail")
    }

    @Test func whatIsSaidOfTheWholeReleaseHasAPathOnlyHere() throws {
        let artefacts = try json()["artefacts"]?.array
        #expect(artefacts?.map { $0["path"]?.string } == ["model.safetensors", "."])
    }

    @Test func aClauseOfAnotherFileSaysWhichFile() throws {
        let clauses = try json()["licences"]?.array?.first?["clauses"]?.array
        #expect(clauses?.map { $0["path"]?.string } == [nil, "USE_POLICY.md", "README.md"])
        #expect(clauses?.map { $0["beside"] != nil } == [false, false, true])
    }

    @Test func aDutysNoteIsText() throws {
        let base = try json()["model"]?["baseModels"]?.array?.first
        #expect(base?["duties"]?.array?.first?["note"]?.string == "no copy in the release")
    }

    @Test func theSameDossierGivesTheSameBytes() throws {
        let texts = try (0..<3).map { _ in
            try JSON.text(Report(Samples.full, tool: Self.tool), isPretty: true)
        }
        #expect(Set(texts).count == 1)
    }
}
