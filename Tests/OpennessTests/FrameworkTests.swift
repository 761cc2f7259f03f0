import Cards
import Openness
import Testing
import Unpacking

@Suite struct MOFTests {
    private static let class3 = [
        "Model architecture", "Model parameters (Final)", "Evaluation results", "Model card", "Data card",
        "Technical report",
    ]
    private static let class2 = class3 + ["Training code", "Inference code", "Evaluation code", "Evaluation data"]
    private static let class1 =
        class2 + ["Datasets", "Data preprocessing code", "Model parameters (Intermediate)", "Research paper"]

    /// `except` gives parts a licence of their own; an empty one is none.
    private func entries(_ names: [String], _ licence: String = "Apache-2.0", except: [String: String] = [:]) -> [MOF
        .Entry]
    {
        names.map { name in
            let own = except[name] ?? licence
            return MOF.Entry(name: name, licence: own.isEmpty ? nil : own)
        }
    }

    @Test func classesStandOnEachOther() {
        #expect(MOF.shared.judge(entries(Self.class1)).class == 1)
        #expect(MOF.shared.judge(entries(Self.class2)).class == 2)
        #expect(MOF.shared.judge(entries(Self.class3)).class == 3)
        // Class I's own parts without class II's give class III.
        #expect(MOF.shared.judge(entries(Self.class3 + Self.class1.suffix(4))).class == 3)
    }

    /// One part of each class missing, without a licence, or under a closed one.
    @Test(arguments: class1.filter { $0 != "Research paper" && $0 != "Technical report" })
    func everyRequiredPartCounts(name: String) {
        let level = Self.class3.contains(name) ? 0 : Self.class2.contains(name) ? 3 : 2
        #expect(MOF.shared.judge(entries(Self.class1.filter { $0 != name })).class == level)
        #expect(MOF.shared.judge(entries(Self.class1, except: [name: ""])).class == level)
        #expect(MOF.shared.judge(entries(Self.class1, except: [name: "CC-BY-NC-4.0"])).class == level)
    }

    @Test func aPaperStandsInForTheReport() {
        let withoutReport = Self.class1.filter { $0 != "Technical report" }
        #expect(MOF.shared.judge(entries(withoutReport)).class == 1)
        // A paper under closed terms replaces the missing report, as invalid.
        let closed = MOF.shared.judge(entries(withoutReport, except: ["Research paper": "arXiv-perpetual"]))
        #expect(closed.class == 0)
        #expect(closed.classes["3"]?.invalid == ["Research paper"])
        #expect(MOF.shared.judge(entries(Self.class1.filter { $0 != "Research paper" })).class == 2)
        #expect(MOF.shared.judge(entries(Self.class1, except: ["Research paper": "arXiv-perpetual"])).class == 2)
    }

    @Test func namesAreComparedAsWritten() {
        let result = MOF.shared.judge(entries(Self.class3, "Apache 2.0"))
        #expect(result.class == 0)
        #expect(result.normalisedClass == 3)
    }

    @Test(arguments: [
        ("MIT", true), ("CC-BY-4.0", true), ("GPL-3.0", true), ("ODC-By-1.0", true), ("OpenMDW-1.0", true),
        ("PDDL-1.0", false), ("CC-PDDC", false), ("llama2", false), ("CC-BY-NC-4.0", false),
    ])
    func openLicences(licence: String, isOpen: Bool) {
        #expect((MOF.shared.judge(entries(Self.class3, licence)).class == 3) == isOpen)
    }

    @Test func optionalPartsNeverCount() {
        #expect(
            MOF.shared.judge(entries(Self.class3) + [MOF.Entry(name: "Model metadata", licence: "proprietary")]).class
                == 3)
    }
}

@Suite struct InventoryTests {
    private func read(_ text: String) throws -> JudgedRelease { try Inventory.read(text, name: "x") }

    /// Component's own licence, then the one for its kind, then the distribution's; "unlicensed" and an empty value stop there.
    @Test func modelFilesOfTheTool() throws {
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

    @Test func ownForm() throws {
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

    @Test(arguments: [
        ("a: [", 1), ("x: 1", 0), ("components:\n- {id: nonsense}", 2),
        ("components:\n- {id: dataset, status: maybe}", 2), ("", 0),
    ])
    func problemsSayWhere(text: String, line: Int) {
        #expect { try read(text) } throws: { error in
            ((error as? Inventory.Problem)?.line ?? 0) >= line
                && !((error as? Inventory.Problem)?.message.isEmpty ?? true)
        }
    }
}

@Suite struct FrameworkTests {
    @Test func everyFrameworkIsData() {
        #expect(Framework.all.count == 6)
        for framework in Framework.all {
            #expect(!framework.source.isEmpty && !framework.criterionIDs.isEmpty)
            #expect(Set(framework.criterionIDs).count == framework.criterionIDs.count)
        }
    }

    /// Nothing known makes nothing met; everything there under open terms leaves only what files cannot tell.
    @Test(arguments: Framework.all.map(\.id))
    func bothEnds(id: String) throws {
        let framework = try #require(Framework.all.first { $0.id == id })
        #expect(framework.judge(JudgedRelease(name: "nothing")).met == 0)
        let all =
            "licence: Apache-2.0\ncomponents:\n"
            + Catalogue.components.map { "- {id: \($0.id), licence: Apache-2.0}\n" }.joined()
        var release = try Inventory.read(all, name: "all")
        for section in [
            "intended-use", "limits", "training-data", "evaluation", "bias-and-risk", "environmental-impact", "contact",
            "model-details",
        ] { release.sections[section] = Evidence(path: "README.md") }
        #expect(framework.judge(release).notMet == 0)
        #expect(framework.judge(release).partly == 0)
    }

    @Test(
        arguments: [
            ("Trained on 2 trillion tokens of data.", 2e12), ("pre-trained on 300B tokens", 3e11),
            ("使用 2.6万亿 tokens 训练", 2.6e12), ("trained with 8 GPUs on tokens", nil), ("trained for 15T tokens", 1.5e13),
        ] as [(String, Double?)])
    func tokens(line: String, tokens: Double?) {
        #expect(CardFacts.read(line, path: "README.md").trainingTokens?.tokens == tokens)
    }
}
