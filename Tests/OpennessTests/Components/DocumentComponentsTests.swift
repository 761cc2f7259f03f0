import OpenscanBytes
import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct DocumentComponentsTests {
    // MARK: Licence files

    @Test(arguments: [LicenceMatch.Method.text, .notice, .header])
    func aFileThatLicensesIsALicenceFile(method: LicenceMatch.Method) {
        let component = ReleaseBuilder().licensing("LICENSE", .words("MIT", method)).component(.licenceFile)
        #expect(component.status == .present)
        #expect(component.evidence.map(\.place) == ["LICENSE:30"])
    }

    @Test func theNameAloneMakesNoLicenceFile() {
        #expect(ReleaseBuilder().file("LICENSE").status(.licenceFile) == .absent)
        #expect(ReleaseBuilder().licensing("LICENSE").status(.licenceFile) == .absent)
        let pointing = ReleaseBuilder().licensing("LICENSE", .words("MIT", .url))
        #expect(pointing.status(.licenceFile) == .absent, "an address of a licence is not its text")
    }

    @Test func aTextThatNobodyKnowsIsALicenceFile() {
        let release = ReleaseBuilder().licensing("LICENSE").file("LICENSE") {
            $0.licence?.unknownText = [Evidence(path: "LICENSE", lines: LineRange(1, 9))]
        }
        #expect(release.status(.licenceFile) == .present)
    }

    @Test func licencesOfOthersAndTextsElsewhereAreNoLicenceFile() {
        #expect(ReleaseBuilder().licensing("THIRD_PARTY_LICENSES", .text("MIT")).status(.licenceFile) == .absent)
        #expect(ReleaseBuilder().licensing("vendor/x/LICENSE", .text("MIT")).status(.licenceFile) == .absent)
        #expect(ReleaseBuilder().licensing("README.md", .text("MIT")).status(.licenceFile) == .absent)
    }

    @Test func anUnreadPDFIsALicenceFileWithLowConfidence() {
        #expect(ReleaseBuilder().file("LICENSE.pdf").component(.licenceFile).confidence == .low)
        #expect(ReleaseBuilder().file("LICENSE.pdf").status(.licenceFile) == .present)
        #expect(ReleaseBuilder().file("LICENSE.pdf").status(.researchPaper) == .absent, "and no paper")
    }

    // MARK: Reports and papers

    @Test func aPDFIsAReportByItsNameAndAPaperByItsPlace() {
        let report = ReleaseBuilder().file("Tech_Report.pdf")
        #expect(report.status(.technicalReport) == .present)
        #expect(report.status(.researchPaper) == .absent)
        for path in ["2302.1234.pdf", "docs/model.pdf"] {
            let component = ReleaseBuilder().file(path).component(.researchPaper)
            #expect(component.status == .present && component.confidence == .medium, "\(path)")
        }
        for path in ["assets/figures/fig1.pdf", "user-guide.pdf", "paper.txt"] {
            #expect(ReleaseBuilder().file(path).status(.researchPaper) == .absent, "\(path)")
        }
    }

    // MARK: Cards

    @Test func aHeadMakesACardAndItsWordsMakeItSure() {
        let card = ReleaseBuilder().card(fields: [("pipeline_tag", ["text-generation"])], words: 200)
        #expect(card.component(.modelCard).confidence == .high)
        let bare = ReleaseBuilder().card(fields: [("license", ["mit"])], words: 3)
        #expect(bare.status(.modelCard) == .present)
        #expect(bare.component(.modelCard).confidence == .low, "a head without words says little")
        let other = ReleaseBuilder().card(fields: [("layout", ["page"])], words: 3)
        #expect(other.status(.modelCard) == .absent, "the head of something else")
    }

    @Test func theHeadOfADataSetIsADataCard() {
        let release = ReleaseBuilder().card(
            fields: [("license", ["mit"]), ("task_categories", ["text"])], words: 200)
        #expect(release.status(.dataCard) == .present)
        #expect(release.status(.modelCard) == .absent)
    }

    @Test func aPlainReadmeIsACardByTwoOfItsSections() {
        let card = ReleaseBuilder().card(headings: ["Intended Use", "Limitations"], words: 200)
        #expect(card.component(.modelCard).reasons.map(\.words.description) == ["sections of a model card"])
        #expect(card.component(.modelCard).confidence == .medium)
        for headings in [["Installation", "Usage"], ["Limitations"], ["Limitations", "Known limitations"]] {
            let readme = ReleaseBuilder().card(headings: headings, words: 200)
            #expect(readme.status(.modelCard) == .absent, "\(headings)")
        }
    }

    @Test func aReadmeBesideWeightsIsACard() {
        let release = ReleaseBuilder().card("models/a/README.md", words: 100)
        #expect(release.status(.modelCard) == .absent)
        #expect(release.weights("models/a/model.safetensors").status(.modelCard) == .present)
        #expect(release.weights("models/b/model.safetensors").status(.modelCard) == .absent, "another model's")
        let top = ReleaseBuilder().card(words: 100).weights()
        #expect(top.status(.modelCard) == .absent, "the project's own README is one by what it says")
    }

    @Test func aCardIsKnownByItsNameAndReadByItsText() {
        #expect(ReleaseBuilder().card("MODEL_CARD.md").status(.modelCard) == .present)
        #expect(ReleaseBuilder().card("DATASHEET.md").status(.dataCard) == .present)
        #expect(ReleaseBuilder().file("MODEL_CARD.md").status(.modelCard) == .absent, "nothing was read of it")
        #expect(ReleaseBuilder().card("tests/MODEL_CARD.md").status(.modelCard) == .absent)
    }

    // MARK: Results

    @Test func resultsAreFoundByFieldOrHeading() {
        let field = ReleaseBuilder().card(fields: [("license", ["mit"]), ("model-index", ["x"])])
        #expect(field.component(.evaluationResults).evidence.map(\.place) == ["README.md:3"])
        let heading = ReleaseBuilder().card(headings: ["Install", "Evaluation Results"], words: 100)
        #expect(heading.component(.evaluationResults).evidence.map(\.quote) == ["Evaluation Results"])
        #expect(heading.component(.evaluationResults).confidence == .medium)
        #expect(ReleaseBuilder().card(headings: ["Install"], words: 100).status(.evaluationResults) == .absent)
        let manual = ReleaseBuilder().card("docs/guide.md", headings: ["Results"], words: 100)
        #expect(manual.status(.evaluationResults) == .absent, "the manual's chapter is not the model's")
    }

    @Test func resultsAreFiguresAndNotTheirHeading() {
        func status(_ content: SectionContent) -> Component.Status {
            ReleaseBuilder().card(headings: ["Results"], content: content, words: 100).status(.evaluationResults)
        }
        #expect(status(SectionContent(words: 4, figures: 2)) == .present)
        #expect(status(SectionContent(words: 40)) == .absent, "a sentence on what is to come")
        #expect(status(SectionContent(pictures: 6)) == .absent, "pictures are samples")
        #expect(status(SectionContent()) == .absent)
    }

    @Test func aHeadingOverNothingIsNoSectionOfACard() {
        let empty = ReleaseBuilder().card(
            headings: ["Intended Use", "Limitations"], content: SectionContent(words: 1), words: 200)
        #expect(empty.status(.modelCard) == .absent)
    }

    @Test func aLicenceOrPolicyIsNoPaperInAnyLanguage() {
        for path in ["模型社区许可协议.pdf", "MODEL_LICENSE_Agreement.pdf", "use_policy.pdf"] {
            #expect(ReleaseBuilder().file(path).status(.researchPaper) == .absent, "\(path)")
        }
        #expect(ReleaseBuilder().file("模型.pdf").status(.researchPaper) == .present)
    }

    @Test func aReadmeBesideOtherArraysIsNoCard() {
        let release = ReleaseBuilder().card("metrics/README.md", words: 100)
        #expect(release.artefact("metrics/statistics.npz", .weights, "npz").status(.modelCard) == .absent)
    }
}
