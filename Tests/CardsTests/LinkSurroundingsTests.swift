import OpenscanCards
import OpenscanFacts
import OpenscanTestSupport
import Testing

/// What is read around an address: its own words, its sentence, and whether it is only shown.
@Suite struct LinkSurroundingsTests {
    private func links(_ text: String) -> [Link] { CardReader(TestRules.shared).read(text, path: "README.md").links }

    private func link(_ text: String, to end: String) throws -> Link {
        try #require(links(text).first { $0.target.hasSuffix(end) }, "\(text)")
    }

    @Test func theWordsThatCarryALinkAreItsOwn() throws {
        let text =
            "Pretraining [Checkpoints](https://x.org/a), [Code](https://github.com/o/b) and [Data](https://x.org/c)."
        #expect(links(text).map(\.anchor) == ["checkpoints", "code", "data"])
        #expect(links(text).map(\.noun) == [.weights, .code, .data])
        #expect(try link("<a href=\"https://x.org/a\" target=\"_blank\">The Paper</a>", to: "/a").anchor == "the paper")
        #expect(try link("see https://x.org/a", to: "/a").anchor.isEmpty)
        #expect(try link("[report]: https://x.org/a", to: "/a").noun == .paper)
    }

    @Test func aNounIsAWordOfItsOwnAndOnlyOneDecides() throws {
        #expect(try link("[DeepCoder](https://x.org/a)", to: "/a").noun == nil)
        #expect(try link("[Code and Data](https://x.org/a)", to: "/a").noun == nil)
        #expect(try link("[训练数据](https://x.org/a)", to: "/a").noun == .data)
    }

    @Test func aBadgeSaysWhatItsPictureShows() throws {
        let text = "[![x](https://img.shields.io/badge/%F0%9F%A4%97-Model-yellow)](https://huggingface.co/o/n)"
        #expect(try link(text, to: "o/n").noun == .weights)
        let lines = "<a href=\"https://x.org/a\">\n  <img alt=\"Paper\" src=\"https://x.org/b.php\"/>\n</a>\n"
        #expect(try link(lines, to: "/a").noun == .paper)
        #expect(try link(lines, to: "b.php").setting == .shown)
    }

    @Test func picturesAndCodeAreToldFromProse() throws {
        #expect(try link("![curve](https://x.org/a?raw=true)", to: "raw=true").setting == .shown)
        #expect(try link("<img src=\"https://x.org/a\">", to: "/a").setting == .shown)
        #expect(try link("run `wget https://x.org/a`", to: "/a").setting == .code)
        #expect(try link("the `name` at https://x.org/a", to: "/a").setting == .prose)
        #expect(try link("```\nwget https://x.org/a\n```\n", to: "/a").setting == .code)
    }

    @Test(arguments: [
        (
            "First one. The model, e.g. the small one, is at [here](https://x.org/a) now. Then more.",
            "the model, e.g. the small one, is at here now."
        ),
        ("It was\ntrained on\n[this](https://x.org/a) and\nmore. Next.", "it was trained on this and more."),
        ("第一句。模型在[这里](https://x.org/a)下载。最后。", "模型在这里下载。"),
        ("| a | [b](https://x.org/a) | c. D |", "| a | b | c. d |"),
        ("# Title\n[this](https://x.org/a)\n\nElse", "this"),
    ])
    func theSentenceIsRead(text: String, words: String) throws {
        #expect(try link(text, to: "/a").words == words)
    }

    @Test func anItemHasTheWordsThatIntroduceItsList() throws {
        let list = "Reports on the models:\n\n* one\n  * [small](https://x.org/a)\n* [large](https://x.org/b)\n"
        #expect(try link(list, to: "/b").words.contains("reports on the models"))
        #expect(try !link(list, to: "/a").words.contains("reports on the models"), "its own item introduces it")
        let other = "A sentence.\n* [large](https://x.org/b)\n"
        #expect(try link(other, to: "/b").words == "large")
    }

    @Test func whatIsReadIsBounded() throws {
        let filler = String(repeating: "word ", count: 1_500)
        let found = try link(filler + "[here](https://x.org/a) " + filler, to: "/a")
        #expect(found.words.utf8.count <= 2 * Link.longestWords + 100)
        #expect(found.paragraph.utf8.count <= 2 * Link.longestWords + 100)
        #expect(found.quote.utf8.count <= 3 * Evidence.quoteLimit)
    }

    @Test(arguments: [
        "[", "](https://x.org", "<a https://x.org/a", "![[]](https://x.org/b", "`https://x.org/é", "|https://",
    ])
    func brokenMarkupIsReadToItsEnd(text: String) {
        for text in [text, String(repeating: text, count: 50)] { #expect(links(text).count <= 60) }
    }
}
