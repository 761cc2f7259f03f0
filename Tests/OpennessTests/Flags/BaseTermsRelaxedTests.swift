import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct BaseTermsRelaxedTests {
    private let rule = BaseTermsRelaxed()
    private let own = FlagContextBuilder().having(.weightsFinal).under(.text("Apache-2.0"))

    @Test func catches() throws {
        let release = own.madeFrom("meta-llama/Llama-2-7b-hf", known: "llama-2", "LicenseRef-llama-2")
        let found = try #require(rule.check(release.context))
        #expect(found.claim?.place == "LICENSE:1-20")
        #expect(found.claim?.quote == nil)
        #expect(found.places == ["README.md:2"])
        #expect(found.quotes == ["base_model: meta-llama/Llama-2-7b-hf"])
        #expect(found.words.first == "licence of the weights: Apache-2.0")
        let words = try #require(found.words.last)
        #expect(words.hasPrefix("meta-llama/Llama-2-7b-hf (finetune) is under LicenseRef-llama-2, which passes down: "))
        #expect(words.contains("mau-threshold, "))
        #expect(!words.contains("include-licence-copy"))
    }

    @Test func leavesAlone() {
        let llama = ("meta-llama/Llama-2-7b-hf", "llama-2", "LicenseRef-llama-2" as LicenceID)
        // A licence that was not read, a base that is open, the base's licence beside the own one, an own licence that
        // limits.
        #expect(rule.check(own.madeFrom(llama.0, known: llama.1, llama.2, .probable).context) == nil)
        #expect(rule.check(own.madeFrom("Qwen/Qwen2.5-7B", known: "qwen-2.5", "Apache-2.0").context) == nil)
        let beside = own.madeFrom(llama.0, known: llama.1, llama.2)
            .under(.text(llama.2, path: "LLAMA_LICENSE", covers: [.inferenceCode]))
        #expect(rule.check(beside.context) == nil)
        let limited = FlagContextBuilder().having(.weightsFinal)
            .under(.text("CC-BY-NC-4.0", fails: [.noDiscriminationAgainstFields]))
        #expect(rule.check(limited.madeFrom(llama.0, known: llama.1, llama.2).context) == nil)
        #expect(rule.check(own.context) == nil)
    }
}
