import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanOpenness

@Suite struct NeedsTests {
    /// A release of Tiny by tiny-org with a program that gets something.
    private func release(_ target: String, _ scores: [CodeRole: Int], at path: String = "run.py") -> ReleaseBuilder {
        ReleaseBuilder().card(headings: ["Tiny"]) {
            $0.links = [Link(kind: .code, target: "https://github.com/tiny-org/Tiny", line: 2, quote: "clone")]
        }.program(path, scores) { $0.fetches = [.init(kind: .weights, target: target, line: 7)] }
    }

    private func needs(_ release: ReleaseBuilder) -> [ModelDescription.Need] {
        Judge(TestRules.shared).dossier(release.release).model.needs
    }

    @Test func anothersModelThatInferenceGetsIsNeeded() throws {
        let release = release("openai/clip-vit-large-patch14", [.inference: 3])
        let need = try #require(needs(release).first)
        #expect(need.name == "openai/clip-vit-large-patch14")
        #expect(need.evidence.place == "run.py:7")
        #expect(release.status(.weightsFinal) == .absent, "it is no weights of the release")
    }

    @Test func knownTermsComeAlong() throws {
        let need = try #require(needs(release("meta-llama/Llama-2-7b-hf", [.inference: 3])).first)
        #expect(need.licence?.rawValue.contains("llama") == true, "\(String(describing: need.licence))")
        #expect(need.known != nil)
    }

    @Test(arguments: [
        ("tiny-org/encoder", [CodeRole.inference: 3], "run.py"), ("other/tiny-7b", [.inference: 3], "run.py"),
        ("openai/clip", [.evaluation: 4, .inference: 1], "run.py"), ("openai/clip", [.training: 4], "run.py"),
        ("openai/clip", [.inference: 3], "eval/run.py"), ("https://x.org/fid.pth", [.architecture: 4], "run.py"),
    ])
    func itsOwnAndWhatTrainsOrMeasuresIsNot(target: String, scores: [CodeRole: Int], path: String) {
        #expect(needs(release(target, scores, at: path)).isEmpty)
    }

    @Test func aBaseIsNoNeed() {
        let release = release("meta-llama/Llama-2-7b-hf", [.inference: 3])
            .card("models/README.md", fields: [("base_model", ["meta-llama/Llama-2-7b-hf"])])
        #expect(needs(release).isEmpty)
    }
}
