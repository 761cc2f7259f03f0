import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

/// How the text of a card is read: what is a heading, what is under it, what is code, where links end.
@Suite struct CardReaderTests {
    private func read(_ text: String) -> CardFacts { CardReader(TestRules.shared).read(text, path: "README.md") }

    private func headings(_ text: String) -> [String] {
        read(text).headings.map { "\($0.line) \($0.level) \($0.text)" }
    }

    private func targets(_ text: String) -> [String] { read(text).links.map(\.target) }

    // MARK: Headings

    @Test func headingsHaveTheirLevelAndLine() {
        #expect(headings("# Tiny\n\ntext\n### Use\n###### Fine print\n") == ["1 1 Tiny", "4 3 Use", "5 6 Fine print"])
        #expect(headings("<h1 align=\"center\">Tiny</h1>\n<h3>Use</h3>") == ["1 1 Tiny", "2 3 Use"])
        #expect(headings("<h2><b>Tiny</b> <i>two</i></h2> by us") == ["1 2 Tiny two"])
        #expect(headings("> ## Quoted") == ["1 2 Quoted"])
        #expect(headings("---\nlicense: mit\n---\n# Tiny") == ["4 1 Tiny"], "lines are those of the file")
    }

    @Test(arguments: [
        "#tag", "####### seven", "text # no", "#", "#!/bin/sh", "\\# escaped", "C# is a language", "**Bold**",
    ])
    func otherLinesAreNoHeadings(line: String) { #expect(headings("text\n" + line + "\n").isEmpty) }

    @Test func fieldsOfTheHeadAreNoHeadings() {
        #expect(headings("---\n# comment\nlicense: mit\n---\ntext").isEmpty)
    }

    // MARK: Sections

    private func heading(ofLinkIn text: String) -> String? { read(text).links.first?.heading }

    @Test func aLinkStandsUnderAllTheHeadingsAboveIt() {
        #expect(heading(ofLinkIn: "# Tiny\n## Data\n### Training\nhttps://x.org") == "tiny / data / training")
        #expect(heading(ofLinkIn: "https://x.org\n# Tiny") == "")
    }

    @Test func aHeadingEndsTheSectionsOfItsLevelAndBelow() {
        #expect(heading(ofLinkIn: "# Tiny\n## Data\n### Training\n## Use\nhttps://x.org") == "tiny / use")
        #expect(heading(ofLinkIn: "## Data\n# Thanks\nhttps://x.org") == "thanks")
        #expect(heading(ofLinkIn: "# Tiny\n### Deep\n## Use\nhttps://x.org") == "tiny / use")
    }

    @Test func aSectionSaysOfWhatItsSentencesSpeak() {
        let claim = "We open-source our model.\n"
        #expect(read("# Tiny\n\n" + claim).claims.contains { $0.isOwn })
        #expect(!read("# Tiny\n\n## Citation\n\n" + claim).claims.contains { $0.isOwn })
        #expect(read("# Tiny\n\n## Citation\n\n## News\n\n" + claim).claims.contains { $0.isOwn })
    }

    /// The card of the base, quoted below, speaks for the base.
    @Test func theCardOfAnotherModelIsNotRead() {
        let card = read(
            "# Tiny\n\nOwn words.\n\n# Original model card: Big\n\nhttps://x.org\n\n## Training data\n\nWe open-source our model.\n"
        )
        #expect(card.headings.map(\.text) == ["Tiny"] && card.links.isEmpty && card.claims.isEmpty)
        #expect(read("# Tiny\n\n## Original models\n\n## Use\n").headings.count == 3)
    }

    // MARK: Code

    @Test(arguments: ["```", "```python", "~~~", "> ```", "  ```"])
    func whatStandsInAFenceIsNoProse(fence: String) {
        let close = fence.hasPrefix("~") ? "~~~" : fence.hasPrefix(">") ? "> ```" : "```"
        let card = read("text\n\(fence)\n# Heading\nWe open-source our model.\nComing soon.\n\(close)\nmore text\n")
        #expect(card.headings.isEmpty)
        #expect(card.claims.isEmpty)
        #expect(card.promises.isEmpty)
        #expect(card.wordCount == 3)
    }

    @Test func proseGoesOnBehindAFence() {
        let card = read("```\nx = 1\n```\n# Tiny\nThe weights are coming soon.\n")
        #expect(card.headings.map(\.line) == [4])
        #expect(card.promises.map(\.lines) == [LineRange(5)])
    }

    @Test func aFenceThatIsNotClosedGoesOnToTheEnd() {
        #expect(read("# Tiny\n```\n# comment\nWe open-source our model.").headings.map(\.text) == ["Tiny"])
    }

    @Test(arguments: [
        "```\n~~~\nIN\n```\n", "````\n```\nIN\n```\nIN\n````\n", "```\n``` x\nIN\n````\n", "~~~ a`b\n```\nIN\n~~~\n",
    ])
    func onlyItsOwnMarkClosesAFence(block: String) {
        let card = read(block.replacing("IN", with: "# Inside") + "# Behind\n")
        #expect(card.headings.map(\.text) == ["Behind"])
    }

    @Test func threeBackticksInALineBeginNoBlock() {
        #expect(read("```pip install tiny```\n# Use\n").headings.map(\.text) == ["Use"])
        #expect(read("text\n``\n# Use\n").headings.map(\.text) == ["Use"], "nor do two")
    }

    @Test func wordsInBackticksAreProse() {
        #expect(read("# Tiny\n\nWe open-source `tiny`, our model.").claims.contains { $0.isOwn })
    }

    // MARK: Comments

    @Test(arguments: ["<!-- IN -->\n", "<!--\nIN\n-->\n", "  <!-- x\n\nIN\n\nx -->\n", "> <!--\nIN -->\n"])
    func whatStandsInACommentIsNotSaid(comment: String) {
        for inside in ["# Heading", "We open-source our model.", "Weights coming soon.", "https://x.org/a"] {
            let card = read("# Tiny\n\n" + comment.replacing("IN", with: inside) + "\nmore text\n")
            #expect(card.headings.map(\.text) == ["Tiny"])
            #expect(card.claims.isEmpty && card.promises.isEmpty && card.links.isEmpty, "\(inside)")
            #expect(card.wordCount == 4)
        }
    }

    @Test func proseGoesOnBehindAComment() {
        #expect(headings("<!-- one -->\n# Tiny\n<!--\n-->\n# Use\n") == ["2 1 Tiny", "5 1 Use"])
        #expect(targets("<!-- one --> https://x.org/a") == ["https://x.org/a"])
        #expect(read("<!--\n--> The weights are coming soon.\n").promises.map(\.lines) == [LineRange(2)])
    }

    @Test func aCommentInCodeOrNamedInProseHidesNothing() {
        #expect(headings("```\n<!--\n```\n# Use\n") == ["4 1 Use"])
        #expect(headings("Write `<!--` to begin one.\n# Use\n") == ["2 1 Use"])
    }

    @Test func aFenceInACommentBeginsNoCode() {
        #expect(headings("<!--\n```\n-->\n# Use\n") == ["4 1 Use"])
    }

    // MARK: Links

    @Test(arguments: [
        "[weights](https://x.org/a)", "<https://x.org/a>", "https://x.org/a", "(https://x.org/a)",
        "[a](https://x.org/a \"title\")", "<a href=\"https://x.org/a\">a</a>", "<a href='https://x.org/a'>a</a>",
        "| data | https://x.org/a| x |", "`https://x.org/a`", "见https://x.org/a。", "[a]: https://x.org/a",
        "- [ ] https://x.org/a soon", "See https://x.org/a.", "Is it https://x.org/a?", "**https://x.org/a**",
        "At https://x.org/a, and more", "https://x.org/a: here",
    ])
    func anAddressEndsWhereItsMarksBegin(line: String) { #expect(targets(line) == ["https://x.org/a"]) }

    @Test func aPointInsideAnAddressBelongsToIt() {
        #expect(targets("https://x.org/a.pth?v=1.0&x=a:b, here") == ["https://x.org/a.pth?v=1.0&x=a:b"])
        #expect(read("Weights: https://x.org/model.pth.").links.map(\.kind) == [.weights])
    }

    @Test func everyAddressOfALineIsFound() {
        #expect(targets("[a](https://x.org/a), [b](http://x.org/b)") == ["https://x.org/a", "http://x.org/b"])
        #expect(targets("no address, ftp://x.org, http:/x, [a](./a.md), [b](#b)").isEmpty)
    }

    @Test func aLinkIsQuotedAtItsLine() throws {
        let link = try #require(read("---\nlicense: mit\n---\n\n- data: [set](https://x.org/a)\n").links.first)
        #expect(link.line == 5)
        #expect(link.quote == "- data: [set](https://x.org/a)")
    }

    @Test func addressesOfTheHeadAreNoLinks() {
        #expect(targets("---\nlicense_link: https://x.org/licence\n---\ntext").isEmpty)
    }

    // MARK: Lists and tables

    @Test func eachItemSpeaksForItself() {
        let text = "# Tiny\n\n- We open-source our model.\n- It is not open source elsewhere.\n"
        #expect(read(text).claims.filter { $0.category == .openSource }.map(\.polarity) == [.claim, .negated])
    }

    @Test(arguments: ["- [ ] ", "* [ ] "])
    func anItemThatIsNotTickedIsToBeDone(mark: String) {
        let open = read("# Tiny\n\n\(mark)We open-source the model.").claims
        #expect(open.map(\.polarity) == [.promise])
        let done = read("# Tiny\n\n\(mark.replacing("[ ]", with: "[x]"))We open-source the model.").claims
        #expect(done.map(\.polarity) == [.claim])
    }

    @Test func eachRowSpeaksForItself() {
        let text = "# Tiny\n\n| Part | License |\n|---|---|\n| Code | MIT License |\n| Our model | not open source |\n"
        let claims = read(text).claims.filter { $0.category == .openSource }
        #expect(claims.map(\.evidence.lines) == [LineRange(6)])
        #expect(claims.map(\.polarity) == [.negated])
    }

    // MARK: Templates

    @Test func linesThatNobodyFilledInAreFound() {
        let card = read("# Tiny\n\n- **Developed by:** [More Information Needed]\n- **Model type:** transformer\n")
        #expect(card.placeholders.map(\.lines) == [LineRange(3)])
    }
}
