import OpenscanCards
import OpenscanFacts
import OpenscanTestSupport
import Testing

/// What a card has more of than is kept is said, and what comes behind it is still read where it is of another kind.
@Suite struct CardLimitTests {
    private func read(_ text: String) -> CardFacts { CardReader(TestRules.shared).read(text, path: "README.md") }

    private func details(_ facts: CardFacts) -> String {
        facts.findings.map(\.detail.description).joined(separator: " / ")
    }

    @Test func aPlainCardHasNoSuchFinding() {
        let facts = read("# Tiny\n\nTiny is open source. See https://example.org/a.\n")
        #expect(facts.findings.isEmpty)
        #expect(facts.links.count == 1)
    }

    @Test func linksBeyondTheLimitAreSaid() {
        let links = (0..<2_100).map { "[a](https://example.org/\($0))\n" }.joined()
        let facts = read("# Tiny\n\n" + links + "\nTiny is open source.\n")
        #expect(facts.links.count == 2_000)
        #expect(facts.findings.map(\.id) == [.manyEntries])
        #expect(details(facts).contains("links"))
        #expect(facts.claims.contains { $0.category == .openSource && $0.isOwn })
    }

    @Test func linksOfOneLineAreSaid() {
        let facts = read((0..<70).map { "[a](https://e.org/\($0)) " }.joined() + "\n")
        #expect(facts.links.count == 60)
        #expect(details(facts).contains("links"))
    }

    @Test func claimsBeyondTheLimitAreSaid() {
        let facts = read("# Tiny\n\n" + String(repeating: "Our model Tiny is open source.\n\n", count: 500))
        #expect(facts.claims.count == 400)
        #expect(details(facts).contains("claims"))
    }

    @Test func linesBeyondTheLimitAndLongOnesAreSaid() {
        #expect(details(read(String(repeating: "a\n", count: 20_100))).contains("20000 lines"))
        let filler = "# Tiny\n" + String(repeating: "word ", count: 5_000)
        #expect(read(filler + "\n").findings.isEmpty)
        let long = read(filler + "is open source\n")
        #expect(details(long).contains("line 2"))
        #expect(long.findings.map(\.id) == [.oversizedText])
    }

    @Test func aHeadingWithoutEndIsNoContext() {
        let facts = read("# " + String(repeating: "word ", count: 2_000) + "\n\nhttps://example.org/a\n")
        #expect(facts.links.first.map { $0.heading.utf8.count <= 400 } == true)
        #expect(facts.headings.first.map { $0.text.utf8.count > 9_000 } == true)
    }

    @Test func aSentenceWithoutEndIsReadInParts() {
        let filler = String(repeating: "lorem ipsum dolor sit amet ", count: 200)
        let facts = read("# Tiny\n\n" + filler + "our model Tiny is open source " + filler + "\n")
        #expect(facts.claims.contains { $0.category == .openSource && $0.isOwn }, "\(facts.claims)")
    }

    @Test func addressesEndWhereTheyDid() {
        let facts = read(
            "见 https://example.org/a，以及（https://example.org/b）。 <https://example.org/c>, `http://example.org/d`. hhttp:/ x\n"
        )
        #expect(
            facts.links.map(\.target) == [
                "https://example.org/a", "https://example.org/b", "https://example.org/c", "http://example.org/d",
            ])
    }
}
