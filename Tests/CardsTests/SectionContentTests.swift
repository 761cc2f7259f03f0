import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

@Suite struct SectionContentTests {
    @Test(arguments: [
        ("accuracy of 93.2 on X and 87 % on Y", 2), ("| MMLU | 61 | 0.5 |", 2), ("**71.4** and *70.1*", 2),
        ("<td>12.5</td>", 1), ("得分93.2分", 1), ("F1 = 0.83 ± 0.02", 2),
    ])
    func measuredValuesAreFigures(line: String, count: Int) {
        #expect(SectionContent(line: Substring(line)).figures == count)
    }

    @Test(arguments: [
        "Needs Python3.10 and torch==v2.1", "see arXiv:2302.04844", "https://x.org/1.5/2.5", "Llama-3.1 in 2024",
        "release 1.2.3", "Trained on 8 GPUs",
    ])
    func versionsNamesAndAddressesAreNone(line: String) {
        #expect(SectionContent(line: Substring(line)).figures == 0)
    }

    @Test func wordsAreCountedWithAndWithoutSpaces() {
        #expect(SectionContent(line: "It may fail, often.").words == 4)
        #expect(SectionContent(line: "| --- | --- |").words == 0)
        #expect(SectionContent(line: "本模型可能出错").words == 3)
    }

    @Test func aSectionHoldsItsSubsectionsAndEndsAtItsEquals() throws {
        let card = CardReader(TestRules.shared).read(
            """
            # M
            ## Results
            ### On X
            | a | 61.5 |
            | b | 62.5 |
            ## Limitations
            [More Information Needed]
            ## Samples
            ![](a.png)
            """, path: "README.md")
        func content(_ heading: String) throws -> SectionContent {
            try #require(card.headings.first { $0.text == heading }).content
        }
        #expect(try content("Results").figures == 2)
        #expect(try content("On X").figures == 2)
        #expect(try content("Limitations").words == 0)
        #expect(try content("Samples").pictures == 1)
        #expect(try content("M").figures == 2)
    }
}
