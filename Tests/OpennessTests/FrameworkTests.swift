import Openness
import Testing
import Unpacking

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
        let nothing = framework.judge(JudgedRelease(name: "nothing"))
        #expect(nothing.met == 0 && nothing.partly == 0 && nothing.notMet > 0)
        let all =
            "licence: Apache-2.0\ncomponents:\n"
            + Catalogue.components.map { "- {id: \($0.id), licence: Apache-2.0}\n" }.joined()
        var release = try Inventory.read(all, name: "all")
        for section in [
            "intended-use", "limits", "training-data", "evaluation", "bias-and-risk", "environmental-impact", "contact",
            "model-details",
        ] { release.sections[section] = Evidence(path: "README.md") }
        let everything = framework.judge(release)
        #expect(everything.notMet == 0 && everything.partly == 0)
        #expect(everything.met >= nothing.notMet, "what is not met by nothing is met by everything")
    }
}
