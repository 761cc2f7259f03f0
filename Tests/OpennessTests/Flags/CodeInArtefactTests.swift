import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct CodeInArtefactTests {
    private let rule = CodeInArtefact()

    private func release(_ finding: Finding, area: FilePlace.Area = .main) -> FlagContextBuilder {
        FlagContextBuilder().file("model.bin", area: area) {
            $0.artefact = ArtefactFacts(format: "torch-zip", status: .ok)
            $0.artefact?.findings = [finding]
        }
    }

    @Test(arguments: [FindingID.dangerousGlobal, .unknownGlobal, .embeddedCode, .fetchAndRun])
    func catches(id: FindingID) throws {
        let found = try #require(rule.check(release(Finding(id, .high, "names posix.system", offset: 17)).context))
        #expect(found.claim == nil)
        #expect(found.evidence == [Evidence(path: "model.bin", offset: 17)])
        #expect(found.words == ["names posix.system"])
    }

    @Test func catchesPrograms() throws {
        let program = FlagContextBuilder().file("run.sh") { $0.findings = [Finding(.fetchAndRun, .high, "curl | sh")] }
        #expect(try #require(rule.check(program.context)).places == ["run.sh"])
    }

    @Test func leavesAlone() {
        #expect(rule.check(release(Finding(.unknownGlobal, .low, "names x.y")).context) == nil)
        #expect(rule.check(release(Finding(.truncated, .high, "ends early")).context) == nil)
        #expect(rule.check(release(Finding(.dangerousGlobal, .high, "names x.y"), area: .test).context) == nil)
    }
}
