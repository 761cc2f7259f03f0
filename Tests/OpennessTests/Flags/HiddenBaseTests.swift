import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct HiddenBaseTests {
    private let rule = HiddenBase()
    private let claim = Evidence(path: "README.md", lines: LineRange(5), quote: "We trained it from scratch.")

    private func release(_ known: String?, source: ModelDescription.Base.Source = .config) -> FlagContextBuilder {
        FlagContextBuilder().having(.weightsFinal).card([]) { $0.fromScratch = [claim] }.with {
            var base = ModelDescription.Base(
                name: "Qwen/Qwen2.5-7B", relation: .finetune, source: source,
                evidence: Evidence(path: "config.json", quote: "Qwen/Qwen2.5-7B"))
            base.known = known
            $0.model.hintedBases = [base]
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(release("qwen-2.5").context))
        #expect(found.claim == claim)
        #expect(found.places == ["config.json"])
        #expect(found.quotes == ["Qwen/Qwen2.5-7B"])
        #expect(found.words == ["the files name Qwen/Qwen2.5-7B"])
    }

    @Test func leavesAlone() {
        // A name nobody knows, a name in prose, a base that the card names, no such sentence.
        #expect(rule.check(release(nil).context) == nil)
        #expect(rule.check(release("qwen-2.5", source: .prose).context) == nil)
        #expect(rule.check(release("qwen-2.5").madeFrom("a/b", known: "x", "MIT").context) == nil)
        #expect(rule.check(release("qwen-2.5").with { $0.files = [] }.context) == nil)
    }
}
