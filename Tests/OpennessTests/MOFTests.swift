import OpenscanFacts
import OpenscanRules
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct MOFTests {
    private static let judge = MOFJudge(rules: TestRules.shared.openness, licences: TestRules.shared.licences)
    private static let class3 = [
        "Model architecture", "Model parameters (Final)", "Evaluation results", "Model card", "Data card",
        "Technical report",
    ]
    private static let class2 = class3 + ["Training code", "Inference code", "Evaluation code", "Evaluation data"]
    private static let class1 =
        class2 + ["Datasets", "Data preprocessing code", "Model parameters (Intermediate)", "Research paper"]

    /// `except` gives parts a licence of their own; an empty one is none.
    private func entries(_ names: [String], _ licence: String = "Apache-2.0", except: [String: String] = [:])
        -> [MOFJudge.Entry]
    {
        names.map { name in
            let own = except[name] ?? licence
            return MOFJudge.Entry(name: name, licence: own.isEmpty ? nil : own)
        }
    }

    @Test func classesStandOnEachOther() {
        #expect(Self.judge.judge(entries(Self.class1)).class == 1)
        #expect(Self.judge.judge(entries(Self.class2)).class == 2)
        #expect(Self.judge.judge(entries(Self.class3)).class == 3)
        // Class I's own parts without class II's give class III.
        #expect(Self.judge.judge(entries(Self.class3 + Self.class1.suffix(4))).class == 3)
    }

    /// One part of each class missing, without a licence, or under a closed one.
    @Test(arguments: class1.filter { $0 != "Research paper" && $0 != "Technical report" })
    func everyRequiredPartCounts(name: String) {
        let level = Self.class3.contains(name) ? 0 : Self.class2.contains(name) ? 3 : 2
        #expect(Self.judge.judge(entries(Self.class1.filter { $0 != name })).class == level)
        #expect(Self.judge.judge(entries(Self.class1, except: [name: ""])).class == level)
        #expect(Self.judge.judge(entries(Self.class1, except: [name: "CC-BY-NC-4.0"])).class == level)
    }

    @Test func aPaperStandsInForTheReport() {
        let withoutReport = Self.class1.filter { $0 != "Technical report" }
        #expect(Self.judge.judge(entries(withoutReport)).class == 1)
        // A paper under closed terms replaces the missing report, as invalid.
        let closed = Self.judge.judge(entries(withoutReport, except: ["Research paper": "arXiv-perpetual"]))
        #expect(closed.class == 0)
        #expect(closed.classes["3"]?.invalid == ["Research paper"])
        #expect(Self.judge.judge(entries(Self.class1.filter { $0 != "Research paper" })).class == 2)
        #expect(Self.judge.judge(entries(Self.class1, except: ["Research paper": "arXiv-perpetual"])).class == 2)
    }

    @Test func namesAreComparedAsWritten() {
        let result = Self.judge.judge(entries(Self.class3, "Apache 2.0"))
        #expect(result.class == 0)
        #expect(result.normalisedClass == 3)
    }

    @Test(arguments: [
        ("MIT", true), ("CC-BY-4.0", true), ("GPL-3.0", true), ("ODC-By-1.0", true), ("OpenMDW-1.0", true),
        ("PDDL-1.0", false), ("CC-PDDC", false), ("llama2", false), ("CC-BY-NC-4.0", false),
    ])
    func onlyOpenLicencesCount(licence: String, isOpen: Bool) {
        #expect((Self.judge.judge(entries(Self.class3, licence)).class == 3) == isOpen)
    }

    @Test func optionalPartsNeverCount() {
        #expect(
            Self.judge.judge(entries(Self.class3) + [MOFJudge.Entry(name: "Model metadata", licence: "proprietary")])
                .class
                == 3)
    }
}
