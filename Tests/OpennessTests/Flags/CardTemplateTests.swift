import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct CardTemplateTests {
    private let rule = CardTemplate()

    private func release(lines: Int) -> FlagContextBuilder {
        FlagContextBuilder().having(.modelCard, at: Evidence(path: "README.md")).card([]) { card in
            card.placeholders = (0..<lines).map {
                Evidence(path: "README.md", lines: LineRange(10 + $0), quote: "[More Information Needed]")
            }
        }
    }

    @Test func catches() throws {
        let found = try #require(rule.check(release(lines: 5).context))
        #expect(found.claim == Evidence(path: "README.md"))
        #expect(found.places == ["README.md:10", "README.md:11", "README.md:12"])
        #expect(Set(found.quotes) == ["[More Information Needed]"])
        #expect(found.words == ["5 lines of a template are not filled in"])
    }

    @Test func aFewAreNoTemplate() { #expect(rule.check(release(lines: 2).context) == nil) }

    @Test func cardsOfAdaptersAreMadeByTools() {
        #expect(rule.check(release(lines: 5).having(.weightsAdapter).context)?.severity == .info)
        #expect(rule.check(release(lines: 5).context)?.severity == nil)
    }

    @Test func aCardThatIsAnotherModelsIsNone() {
        func release(words: Int) -> FlagContextBuilder {
            FlagContextBuilder().having(.modelCard, at: Evidence(path: "README.md")).card([]) { card in
                card.wordCount = words
                card.parentCard = Evidence(path: "README.md", lines: LineRange(4), quote: "Original model card")
            }
        }
        #expect(rule.check(release(words: 12).context)?.places == ["README.md:4"])
        #expect(rule.check(release(words: 200).context) == nil)
    }

    @Test func otherDocumentsAreNoCards() {
        #expect(rule.check(release(lines: 5).with { $0.components = [] }.context) == nil)
    }
}
