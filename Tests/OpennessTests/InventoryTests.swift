import Openness
import Testing

@Suite struct InventoryTests {
    private func read(_ text: String) throws -> JudgedRelease { try Inventory.read(text, name: "x") }

    /// Component's own licence, then the one for its kind, then the distribution's; "unlicensed" and an empty value stop there.
    @Test func theNearestLicenceCounts() throws {
        let components = [
            "Model architecture", "Model parameters (Final)", "Evaluation results", "Data card", "Technical report",
        ].map { "  - {name: '\($0)', description: x}" }.joined(separator: "\n")
        func file(_ licences: String, _ card: String) -> String {
            "framework: {name: Model Openness Framework}\nrelease:\n  name: Tiny\n  license:\n    \(licences)\n  components:\n\(components)\n  - {name: Model card, description: x\(card)}\n"
        }
        #expect(try read(file("distribution: {name: Apache-2.0, path: x}", "")).mof.class == 3)
        #expect(try read(file("distribution: {name: Apache-2.0, path: x}", ", license: unlicensed")).mof.class == 0)
        #expect(try read(file("distribution: {name: Apache-2.0, path: x}", ", license: ''")).mof.class == 0)
        #expect(
            try read(file("document: {name: CC-BY-4.0}", "")).mof.missing["3"] == [
                "Model architecture", "Model parameters (Final)",
            ])
        #expect(
            try read(file("distribution: {name: llama3}", ", license: MIT")).mof.classes["3"]?.included == [
                "Model card"
            ])
    }

    @Test func aListOfComponentsIsJudged() throws {
        let release = try read(
            "name: T\nlicence: MIT\ncomponents:\n- {id: weights-final, licence: LicenseRef-llama-2}\n- {id: training-code, status: absent}\n- {id: inference-code}\n"
        )
        #expect(release.osd["6"]?.verdict == .fail)
        let judgement = Judgement(release)
        #expect(judgement.gradient.rank == 5)
        #expect(judgement.frameworks.osaid?.criteria.first { $0.id == "osaid-training-code" }?.status == .notMet)
        #expect(judgement.frameworks.osaid?.criteria.first { $0.id == "osaid-use" }?.status == .notMet)
        #expect(judgement.frameworks.osaid?.criteria.first { $0.id == "osaid-inference-code" }?.status == .met)
    }

    @Test(
        arguments: [
            ("a: [", 2, "no well formed YAML"), ("x: 1", nil, "neither 'components' nor 'release.components'"),
            ("components:\n- {id: nonsense}", 2, "'nonsense' is no component"),
            ("components:\n- {id: training-code}\n- {id: dataset, status: maybe}", 3, "'maybe' is no status"),
            ("", nil, "empty"),
        ] as [(String, Int?, String)])
    func problemsSayWhatIsWrongAndWhere(text: String, line: Int?, words: String) throws {
        let problem = try #require(throws: Inventory.Problem.self) { try read(text) }
        #expect(problem.line == line)
        #expect(problem.message.contains(words), "\(problem.message)")
    }
}
