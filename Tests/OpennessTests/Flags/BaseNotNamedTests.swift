import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct BaseNotNamedTests {
    private let rule = BaseNotNamed()
    private let adapter = FlagContextBuilder().claiming(.openWeights, "An open model.")
        .having(.weightsAdapter, at: Evidence(path: "adapter_model.safetensors"))

    @Test func catches() throws {
        let found = try #require(rule.check(adapter.context))
        #expect(found.claim?.quote == "An open model.")
        #expect(found.places == ["adapter_model.safetensors"])
        #expect(found.words == ["an adapter, and no field, config or sentence names its base"])
    }

    @Test func aBaseNamedAnywhereIsEnough() {
        #expect(rule.check(adapter.madeFrom("a/b", known: "", "MIT", source: .adapterConfig).context) == nil)
        let hinted = adapter.with {
            $0.model.hintedBases = [
                ModelDescription.Base(
                    name: "a/b", relation: .adapter, source: .prose, evidence: Evidence(path: "README.md"))
            ]
        }
        #expect(rule.check(hinted.context) == nil)
    }

    @Test func wholeModelsNeedNone() { #expect(rule.check(adapter.having(.weightsFinal).context) == nil) }
}
