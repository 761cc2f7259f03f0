import OpenscanFacts
import OpenscanOpenness
import OpenscanScanning
import OpenscanTestSupport
import Testing

@Suite struct ComponentListTests {
    private func read(_ text: String) throws -> ComponentList {
        try ComponentListReader(TestRules.shared).read(text, name: "x")
    }
    private func judged(_ text: String) throws -> Dossier { Judge(TestRules.shared).dossier(try read(text)) }
    private func mof(_ text: String) throws -> MOFResult { try judged(text).yardsticks.mof }

    /// Component's own licence, then the one for its kind, then the distribution's; "unlicensed" and an empty value stop there.
    @Test func theNearestLicenceCounts() throws {
        let components = [
            "Model architecture", "Model parameters (Final)", "Evaluation results", "Data card", "Technical report",
        ].map { "  - {name: '\($0)', description: x}" }.joined(separator: "\n")
        func file(_ licences: String, _ card: String) -> String {
            "framework: {name: Model Openness Framework}\nrelease:\n  name: Tiny\n  license:\n    \(licences)\n  components:\n\(components)\n  - {name: Model card, description: x\(card)}\n"
        }
        #expect(try mof(file("distribution: {name: Apache-2.0, path: x}", "")).class == 3)
        #expect(try mof(file("distribution: {name: Apache-2.0, path: x}", ", license: unlicensed")).class == 0)
        #expect(try mof(file("distribution: {name: Apache-2.0, path: x}", ", license: ''")).class == 0)
        #expect(
            try mof(file("document: {name: CC-BY-4.0}", "")).missing["3"] == [
                "Model architecture", "Model parameters (Final)",
            ])
        #expect(
            try mof(file("distribution: {name: llama3}", ", license: MIT")).classes["3"]?.included == [
                "Model card"
            ])
    }

    @Test func aListOfComponentsIsJudged() throws {
        let dossier = try judged(
            "name: T\nlicence: MIT\ncomponents:\n- {id: weights-final, licence: LicenseRef-llama-2}\n"
                + "- {id: training-code, status: absent}\n- {id: inference-code}\n")
        #expect(dossier.yardsticks.osd.failed.contains(.noDiscriminationAgainstFields))
        #expect(dossier.verdict.answer == .no)
        #expect(dossier.gradient.rank == 5)
        let osaid = dossier.yardsticks.framework("osaid")
        func status(_ id: String) -> FrameworkResult.Status? { osaid?.criteria.first { $0.id == id }?.status }
        #expect(status("osaid-training-code") == .notMet)
        #expect(status("osaid-use") == .notMet)
        #expect(status("osaid-inference-code") == .met)
    }

    @Test(
        arguments: [
            ("a: [", 2, "no well formed YAML"), ("x: 1", nil, "neither 'components' nor 'release.components'"),
            ("components:\n- {id: nonsense}", 2, "'nonsense' is no component"),
            ("components:\n- {id: training-code}\n- {id: dataset, status: maybe}", 3, "'maybe' is no status"),
            ("", nil, "empty"),
        ] as [(String, Int?, String)])
    func problemsSayWhatIsWrongAndWhere(text: String, line: Int?, words: String) throws {
        let problem = try #require(throws: ComponentListReader.Problem.self) { try read(text) }
        #expect(problem.line == line)
        #expect(problem.message.contains(words), "\(problem.message)")
    }
}
