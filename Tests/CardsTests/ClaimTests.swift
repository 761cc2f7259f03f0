import OpenscanCards
import OpenscanFacts
import OpenscanLicensing
import OpenscanTestSupport
import Testing

@Suite struct ClaimTests {
    private func claims(_ text: String) -> [Claim] {
        let scanner = LicenceScanner(TestRules.index, rules: TestRules.shared)
        let scan = Array(text.utf8).withUnsafeBytes { scanner.scan($0, path: "README.md", role: .document) }
        return CardReader(TestRules.shared).read(text, path: "README.md", licences: scan.matches).claims
    }

    @Test(arguments: [
        ("We open-source our 7B model.", Claim.Category.openSource, Claim.Subject.model),
        ("Tiny is a fully open source language model.", .openSource, .model), ("我们开源了7B模型。", .openSource, .model),
        ("- 2024.5.16 开源12B版本chat模型", .openSource, .model), ("Tiny 是一个基于 Big 改进的开源语言模型。", .openSource, .model),
        ("所有权重对学术研究完全开放。", .openSource, .model),
        ("The model is free for commercial use.", .commercialOK, .model), ("本模型支持免费商用。", .commercialOK, .model),
        ("The data set is built from publicly available data.", .openData, .data),
        ("We introduce Tiny, a family of open-source multimodal models.", .openSource, .model),
        ("The training code has been open-sourced on the hub.", .openSource, .code),
        ("With open weights and code, it runs anywhere.", .openWeights, .model),
        ("The code is licensed under MIT, while the weights are under the Llama 2 community license.", .licence, .code),
        (
            "The code is licensed under MIT, while the weights are under the Llama 2 community license.", .licence,
            .model
        ),
        ("| **License** | Apache 2.0 |", .licence, .model),
        ("## License\n[The MIT license](https://opensource.org/licenses/MIT)", .licence, .model),
        ("All results can be reproduced with our code; it is fully reproducible.", .reproducible, .code),
        ("It provides full transparency with open data and weights.", .transparent, .data),
    ])
    func whatAReleaseSaysOfItselfIsAClaim(line: String, category: Claim.Category, subject: Claim.Subject) {
        #expect(
            claims(line).contains { $0.category == category && $0.subject == subject && $0.polarity == .claim },
            "\(claims(line))")
    }

    @Test(arguments: [
        "It outperforms other open source models of its size.", "This model is not open source.",
        "The code will be open-sourced soon.", "Closed-source models such as GPT-4 are better.",
        "We compare Tiny with strong open-source models of its size.",
        "Built with the open-source framework DeepSpeed.", "Thanks to the open-source community.",
        "See https://opensource.org/licenses/MIT for the words.", "Write to opensource-conduct@fb.com.",
        "## OpenSource",
        "To enable more open-source research on instruction following, we use it.", "暂无开源计划。", "能开源预训练的语料吗？",
        "模型在开源模型中取得第一的成绩。", "我们采用了开源的评测方案。", "- [ ] Open-source the training code.",
        "SpeechBox is an open-source and all-in-one speech toolkit.", "- [Open-source list](#open-source-list)",
        "Our trust tools are open sourced for the community.",
    ])
    func whatIsSaidOfOthersIsNone(line: String) {
        #expect(!claims(line).contains { $0.category == .openSource && $0.isOwn }, "\(claims(line))")
    }

    @Test(arguments: [
        ("This model is not open source.", Claim.Polarity.negated), ("The code will be open-sourced soon.", .promise),
        ("代码即将开源。", .promise), ("我们无法开源训练语料。", .negated), ("Many open-source models exist.", .mention),
        ("- [ ] We open-source the model.", .promise),
    ])
    func denialsPromisesAndMentionsAreToldApart(line: String, polarity: Claim.Polarity) {
        #expect(claims(line).first { $0.category == .openSource }?.polarity == polarity, "\(claims(line))")
    }

    @Test(arguments: [
        "- **License:** [More Information Needed]", "* Megatron-LM is licensed under the Megatron-LM license.",
        "Use in any way prohibited by the Llama 4 Community License.",
        "If you want to use it commercially, ask us for a license.",
    ])
    func placeholdersAndTermsNameNoLicence(line: String) {
        #expect(!claims("# Tiny model\n\n" + line).contains { $0.category == .licence && $0.isOwn }, "\(claims(line))")
    }

    /// A sentence is found where it runs over lines, and quoted as it stands on the line of its telling words.
    @Test func aSentenceOverLinesIsQuotedAtItsTellingWords() throws {
        let claim = try #require(
            claims(
                "We release our checkpoints,\nour fully prepared pre-training dataset, and\nall code is open\nsource."
            ).first { $0.category == .openData })
        #expect(claim.evidence.lines == LineRange(2))
        #expect(claim.evidence.quote == "our fully prepared pre-training dataset, and")
    }

    /// Some pages carry radicals instead of ideographs.
    @Test func radicalsStandForTheirIdeographs() {
        #expect(claims("我们开源了⼤模型的⽤法和7B模型，⽀持商⽤，可以免费商⽤。").contains { $0.category == .commercialOK && $0.isOwn })
    }

    @Test func thanksAreNoClaims() {
        #expect(!claims("## Acknowledgements\n\nWe open-source our model.").contains { $0.isOwn })
    }

    /// Chinese is quoted whole, never cut inside a character.
    @Test func chineseIsQuotedByTheSentence() {
        #expect(claims("你好。我们开源了模型。再见。").first { $0.isOwn }?.evidence.quote == "我们开源了模型。")
    }
}
