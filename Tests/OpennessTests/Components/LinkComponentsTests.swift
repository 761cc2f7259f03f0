import OpenscanFacts
import Testing

@testable import OpenscanOpenness

@Suite struct LinkComponentsTests {
    private let model = "https://huggingface.co/org/model"

    // MARK: Weights

    @Test(arguments: [Link.Kind.hubModel, .weights])
    func aLinkToWeightsLinksThem(kind: Link.Kind) {
        let release = ReleaseBuilder().linking(kind, model, saying: "Weights: \(model)")
        let component = release.component(.weightsFinal)
        #expect(component.status == .linked, "a link is not the thing")
        #expect(component.confidence == .medium)
        #expect(component.paths.isEmpty)
        #expect(component.links.map(\.target) == [model])
        #expect(component.evidence.map(\.place) == ["README.md:10"])
        #expect(release.found.stated.contains(.weightsFinal))
    }

    @Test(arguments: [
        Link.Kind.code, .licence, .form, .other, .demo, .paper, .hubDataset, .data,
    ])
    func aLinkToSomethingElseLinksNoWeights(kind: Link.Kind) {
        let release = ReleaseBuilder().linking(kind, "https://x.org/a/b", saying: "The weights of the model")
        #expect(release.status(.weightsFinal) == .absent)
    }

    @Test func recordsOfTheTrainingAreNoWeights() {
        let release = ReleaseBuilder().linking(.hubModel, model + "-logs", saying: "the logs")
        #expect(release.status(.weightsFinal) == .absent)
    }

    @Test func aLinkToAnAdapterLinksNoModel() {
        let release = ReleaseBuilder().linking(.hubModel, model, saying: "Our weight diff: \(model)")
        #expect(release.status(.weightsAdapter) == .linked)
        #expect(release.status(.weightsFinal) == .absent)
    }

    @Test func checkpointsOfTheTrainingNeedBothWords() {
        let steps = ReleaseBuilder().linking(.hubModel, model, saying: "A checkpoint every 1000 steps: \(model)")
        #expect(steps.status(.weightsIntermediate) == .linked)
        for words in ["The checkpoint: \(model)", "Five steps to run \(model)"] {
            let release = ReleaseBuilder().linking(.hubModel, model, saying: words)
            #expect(release.status(.weightsIntermediate) == .absent, "\(words)")
        }
    }

    // MARK: Who speaks

    @Test(arguments: [
        ("README.md", true), ("models/a/README.md", true), ("model_card.md", true), ("NEWS.md", true),
        ("a/b/c/README.md", false), ("docs/README.md", false), ("tests/README.md", false),
        ("vendor/x/README.md", false),
        ("notes/ideas.md", false), ("CONTRIBUTING.md", false), ("CODE_OF_CONDUCT.md", false),
    ])
    func onlyDocumentsThatSpeakForTheReleaseLink(path: String, speaks: Bool) {
        let release = ReleaseBuilder().linking(.hubModel, model, saying: "Weights: \(model)", in: path)
        #expect(release.status(.weightsFinal) == (speaks ? .linked : .absent))
    }

    // MARK: Code, papers, demos

    @Test func aLinkToCodeIsTrainingCodeOnlyWhereItSaysSo() {
        let code = "https://github.com/org/repo"
        for words in ["Trained using \(code)", "Training code: \(code)", "The training library: \(code)"] {
            let release = ReleaseBuilder().linking(.code, code, saying: words)
            #expect(release.status(.trainingCode) == .linked, "\(words)")
        }
        for words in ["Code: \(code)", "Training took a week, see \(code)", "Install it from \(code)"] {
            let release = ReleaseBuilder().linking(.code, code, saying: words)
            #expect(release.status(.trainingCode) == .absent, "\(words)")
        }
        let deep = ReleaseBuilder().linking(.code, code, saying: "Training code: \(code)", in: "models/a/README.md")
        #expect(deep.status(.trainingCode) == .absent, "what a part's README links is not the release's")
    }

    @Test func aPaperIsLinkedAndADemoByItsWords() {
        let paper = ReleaseBuilder().linking(.paper, "https://arxiv.org/abs/1", saying: "Read it")
        #expect(paper.component(.researchPaper).status == .linked)
        #expect(paper.component(.researchPaper).confidence == .high)
        let demo = ReleaseBuilder().linking(.demo, "https://x.gradio.app", saying: "Live demo")
        #expect(demo.status(.demo) == .linked)
        let other = ReleaseBuilder().linking(.demo, "https://x.gradio.app", saying: "Made with it")
        #expect(other.status(.demo) == .absent)
    }

    @Test func dataCardsAndOutputsAreLinkedByTheirWords() {
        let release = ReleaseBuilder().linking(.other, "https://x.org/a", saying: "The datasheet and generated samples")
        #expect(release.status(.dataCard) == .linked)
        #expect(release.status(.sampleOutputs) == .linked)
        let silent = ReleaseBuilder().linking(.other, "https://x.org/a", saying: "More")
        #expect(silent.status(.dataCard) == .absent && silent.status(.sampleOutputs) == .absent)
    }

    // MARK: Data

    private func data(_ words: String, below heading: String = "", _ target: String = "https://x.org/set")
        -> ReleaseBuilder
    { ReleaseBuilder().linking(.data, target, saying: words, below: heading) }

    @Test(arguments: [
        ("The model was trained on https://x.org/set", ""), ("We release our data: https://x.org/set", ""),
        ("https://x.org/set", "training data"), ("Pretrained on it, then tuning on it", ""),
    ])
    func dataThatTheModelWasMadeFromAreLinked(words: String, heading: String) {
        #expect(data(words, below: heading).status(.dataset) == .linked)
    }

    @Test(arguments: [
        ("See https://x.org/set", ""), ("For example, train on your own data: https://x.org/set", ""),
        ("Fine-tuning data: https://x.org/set", ""), ("Our data, tried here", "demo"),
        ("Results on the benchmark data", ""), ("Trained on data", "evaluation"),
    ])
    func dataForSomethingElseAreNot(words: String, heading: String) {
        #expect(data(words, below: heading).status(.dataset) == .absent)
    }

    @Test func whatIsMeasuredOnIsEvaluationData() {
        #expect(data("We evaluate on it").status(.evaluationData) == .linked)
        #expect(data("Trained on data", below: "evaluation").status(.evaluationData) == .linked)
        #expect(data("Get it", "https://x.org/gsm8k").status(.evaluationData) == .linked)
        #expect(data("Trained on it").status(.evaluationData) == .absent)
    }

    @Test func dataSetsOfTheHeadAreNamesOfTheHub() {
        let release = ReleaseBuilder().card(fields: [("license", ["mit"]), ("datasets", ["org/set"])])
        #expect(release.status(.dataset) == .linked)
        #expect(release.component(.dataset).links.map(\.target) == ["org/set"])
        #expect(release.component(.dataset).evidence.map(\.place) == ["README.md:3"])
        let kind = ReleaseBuilder().card(fields: [("datasets", ["wikipedia"])])
        #expect(kind.status(.dataset) == .absent, "a word is no address")
    }

    // MARK: Services

    @Test func aServiceIsClaimedByASentenceAndLinkedByItsAddress() {
        func saying(_ kind: AccessStatement.Kind) -> ReleaseBuilder {
            ReleaseBuilder().card { $0.access = [.init(kind: kind, evidence: Evidence(path: "README.md"))] }
        }
        #expect(saying(.api).status(.hostedAPI) == .claimed)
        #expect(saying(.fineTuning).status(.hostedAPI) == .claimed)
        #expect(saying(.closed).status(.hostedAPI) == .absent, "a refusal is no service")
        let link = ReleaseBuilder().linking(.other, "https://api.x.org/v1", saying: "Call it through our API here")
        #expect(link.status(.hostedAPI) == .linked)
        let counter = ReleaseBuilder().linking(.other, "https://api.x.org/v1", saying: "Stars over time")
        #expect(counter.status(.hostedAPI) == .absent, "a counter has such an address as well")
        let page = ReleaseBuilder().linking(.other, "https://x.org/api", saying: "here")
        #expect(page.status(.hostedAPI) == .absent)
    }

    // MARK: Whose it is

    /// A release called Tiny, by an owner who is known from its repository's address.
    private func tiny(_ kind: Link.Kind, _ target: String, saying words: String, below heading: String = "")
        -> ReleaseBuilder
    {
        ReleaseBuilder().card(headings: ["Tiny"]) {
            $0.links = [
                Link(kind: .code, target: "https://github.com/tiny-org/Tiny", line: 2, quote: "git clone"),
                Link(kind: kind, target: target, line: 9, quote: words, heading: heading),
            ]
        }
    }

    @Test func otherPeoplesModelsAreNotTheReleases() {
        let used = "We use [CLIP] as text encoder"
        #expect(tiny(.hubModel, "https://huggingface.co/other/clip", saying: used).status(.weightsFinal) == .absent)
        for target in ["https://huggingface.co/tiny-org/base", "https://huggingface.co/mirror/Tiny-7B"] {
            #expect(tiny(.hubModel, target, saying: "Here").status(.weightsFinal) == .linked, "\(target)")
        }
        let given = tiny(.hubModel, "https://huggingface.co/team/xl", saying: "We release the weights here")
        #expect(given.status(.weightsFinal) == .linked, "what the release says it gives is its own")
        let nobody = ReleaseBuilder().linking(.hubModel, "https://huggingface.co/other/clip", saying: used)
        #expect(nobody.status(.weightsFinal) == .linked, "who publishes it is not known")
    }

    @Test func otherPeoplesCodeIsNoCodeOfTheTraining() {
        let words = "Tiny-DiT builds on Tiny and has released its training code"
        #expect(tiny(.code, "https://github.com/fans/dit", saying: words).status(.trainingCode) == .absent)
        #expect(tiny(.code, "https://github.com/tiny-org/train", saying: words).status(.trainingCode) == .linked)
        let here = tiny(.code, "https://github.com/tiny-org/Tiny/tree/main/train", saying: "Training code")
        #expect(here.status(.trainingCode) == .absent, "the release itself is no place elsewhere")
    }

    @Test func evaluationCodeElsewhereIsLinked() {
        let words = "Figures come from our evaluation toolkit"
        #expect(tiny(.code, "https://github.com/tiny-org/evalkit", saying: words).status(.evaluationCode) == .linked)
        #expect(tiny(.code, "https://github.com/other/harness", saying: words).status(.evaluationCode) == .absent)
    }

    @Test func otherPeoplesDataCountWhereTheModelWasMadeFromThem() {
        let pile = "https://huggingface.co/datasets/other/pile"
        #expect(tiny(.hubDataset, pile, saying: "Trained on the Pile").status(.dataset) == .linked)
        #expect(tiny(.hubDataset, pile, saying: "200k steps on it").status(.dataset) == .linked)
        #expect(tiny(.hubDataset, pile, saying: "See also").status(.dataset) == .absent)
        #expect(tiny(.hubDataset, pile, saying: "See", below: "training data").status(.dataset) == .linked)
        #expect(
            tiny(.hubDataset, "https://huggingface.co/datasets/tiny-org/mix", saying: "See").status(.dataset) == .linked
        )
    }

    @Test func onlyAStatementOnTheTrainingIsOneOfTheRelease() {
        let pile = "https://huggingface.co/datasets/other/pile"
        func isStated(_ words: String, _ target: String, below heading: String = "") -> Bool {
            tiny(.hubDataset, target, saying: words, below: heading).found.stated.contains(.dataset)
        }
        #expect(isStated("Trained on the Pile", pile))
        #expect(isStated("See", pile, below: "training data"))
        #expect(isStated("See", "https://huggingface.co/datasets/tiny-org/mix"))
        #expect(!isStated("200k steps on it", pile), "linked, and no more")
    }

    @Test func theNearestWordsDecideBetweenTrainingAndMeasuring() {
        func status(_ id: ComponentID, lead: String, words: String, anchor: String = "") -> Component.Status {
            ReleaseBuilder().card {
                $0.links = [
                    Link(
                        kind: .data, target: "https://x.org/a", line: 3, quote: words, anchor: anchor, words: words,
                        lead: lead)
                ]
            }.status(id)
        }
        let both = "we trained on a and evaluate on b"
        #expect(status(.dataset, lead: "we trained on ", words: both) == .linked)
        #expect(status(.evaluationData, lead: "we trained on a and evaluate on ", words: both) == .linked)
        let testSet = status(
            .evaluationData, lead: "we collect and release ", words: "we collect and release our data",
            anchor: "a testset")
        #expect(testSet == .linked, "its own name says what it is for")
    }

    @Test func whatIsOnlyShownLinksNothing() {
        let release = ReleaseBuilder().card {
            $0.links = [
                Link(kind: .weights, target: "https://x.org/a.pth", line: 3, quote: "our weights", setting: .shown)
            ]
        }
        #expect(release.status(.weightsFinal) == .absent)
    }

    // MARK: Announcements

    private func promising(_ words: String, _ release: ReleaseBuilder = ReleaseBuilder()) -> ReleaseBuilder {
        release.card { $0.promises = [Evidence(path: "README.md", lines: LineRange(4), quote: words)] }
    }

    @Test func whatIsAnnouncedIsPromised() {
        let release = promising("Training code and weights coming soon.")
        #expect(release.status(.trainingCode) == .promised)
        #expect(release.status(.weightsFinal) == .promised)
        #expect(release.status(.dataset) == .absent, "only what the sentence names")
        #expect(release.component(.trainingCode).paths.isEmpty)
    }

    @Test func anAnnouncementTakesNothingAway() {
        let release = promising("More weights coming soon.", ReleaseBuilder().weights())
        #expect(release.status(.weightsFinal) == .present)
        let linked = promising("More weights coming soon.").linking(.hubModel, model, saying: "here")
        #expect(linked.status(.weightsFinal) == .linked)
    }

    @Test func aPaperOfWhatIsMeasuredWithOrThankedIsNoneOfThisModel() {
        func status(_ quote: String, below heading: String = "") -> Component.Status {
            ReleaseBuilder().linking(.paper, "https://arxiv.org/abs/2009.03300", saying: quote, below: heading)
                .status(.researchPaper)
        }
        #expect(status("Read our paper: https://arxiv.org/abs/2009.03300") == .linked)
        #expect(status("MMLU is a benchmark of 57 subjects (arXiv)") == .absent)
        #expect(status("[X](https://arxiv.org/abs/2009.03300)", below: "acknowledgements") == .absent)
    }
}
