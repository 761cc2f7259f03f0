import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct ComponentTableTests {
    private let file = Evidence(path: "train.py")
    private let sentence = Evidence(path: "README.md", lines: LineRange(3), quote: "Training code coming soon.")
    private let link = Evidence(path: "README.md", lines: LineRange(5), quote: "[code](https://x)")

    @Test func theStrongestSignDecidesWhicheverComesFirst() {
        var rising = ComponentTable()
        rising.named(.trainingCode, .claimed, sentence)
        #expect(rising[.trainingCode].status == .claimed)
        rising.named(.trainingCode, .promised, sentence)
        #expect(rising[.trainingCode].status == .promised)
        rising.linked(.trainingCode, link, to: "https://x")
        #expect(rising[.trainingCode].status == .linked)
        rising.present(.trainingCode, file)
        #expect(rising[.trainingCode].status == .present)
        var falling = ComponentTable()
        falling.present(.trainingCode, file)
        falling.linked(.trainingCode, link, to: "https://x")
        falling.named(.trainingCode, .promised, sentence)
        #expect(falling[.trainingCode].status == .present)
    }

    @Test func onlyThePlacesOfTheStrongestSignShowIt() {
        var table = ComponentTable()
        table.named(.trainingCode, .promised, sentence, reason: Reason("announced", [sentence]))
        table.present(.trainingCode, file)
        table.named(.trainingCode, .promised, sentence)
        #expect(table[.trainingCode].evidence == [file])
        #expect(table[.trainingCode].reasons.isEmpty)
    }

    @Test func aPartThatIsThereKeepsItsLinks() {
        var table = ComponentTable()
        table.linked(.trainingCode, link, to: "https://x")
        table.present(.trainingCode, file)
        table.linked(.trainingCode, link, to: "https://x")
        table.linked(.trainingCode, link, to: "https://y")
        #expect(table[.trainingCode].links.map(\.target) == ["https://x", "https://y"])
        #expect(table[.trainingCode].paths == ["train.py"])
    }

    @Test func whatAProgramGetsIsNoStatementOfTheRelease() {
        var table = ComponentTable()
        table.fetched(.weightsFinal, Evidence(path: "run.py"), from: "org/model")
        #expect(table[.weightsFinal].status == .linked)
        #expect(table.stated.isEmpty)
        table.linked(.weightsFinal, link, to: "org/model")
        #expect(table.stated == [.weightsFinal])
    }

    /// The file that announces a part is not one of its files.
    @Test func anAnnouncementGivesNoPath() {
        var table = ComponentTable()
        table.named(.trainingCode, .promised, sentence)
        table.named(.hostedAPI, .claimed, sentence)
        #expect(table[.trainingCode].paths.isEmpty)
        #expect(table[.hostedAPI].paths.isEmpty)
        table.named(.weightsFinal, .claimed, file, reason: Reason("an empty file", [file]))
        #expect(table[.weightsFinal].paths == ["train.py"], "a file that claims to be the part is named")
    }

    @Test func onlyAnEqualSignMakesSurer() {
        var table = ComponentTable()
        table.present(.researchPaper, file, confidence: .medium)
        table.linked(.researchPaper, link, confidence: .high)
        #expect(table[.researchPaper].confidence == .medium)
        table.present(.researchPaper, Evidence(path: "paper.pdf"), confidence: .high)
        #expect(table[.researchPaper].confidence == .high)
    }

    @Test func placesAreShownOnceAndUpToALimit() {
        var table = ComponentTable()
        for number in [1, 1, 2, 3, 4, 5, 6, 7] { table.present(.dataset, Evidence(path: "\(number).parquet")) }
        #expect(table[.dataset].evidence.count == 5)
        #expect(table[.dataset].paths.count == 7, "files are listed beyond those that are shown")
    }

    @Test func nothingFoundIsAbsent() { #expect(ComponentTable()[.dataset].status == .absent) }
}
