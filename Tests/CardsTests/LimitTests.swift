import OpenscanFacts
import OpenscanLicensing
import OpenscanTestSupport
import Testing

@testable import OpenscanCards

/// Terms that stand in a card's own words, and sentences that sound like terms and bind nobody.
@Suite struct LimitTests {
    private func limits(_ text: String) -> [StatedLimit] {
        CardReader(TestRules.shared).read(text, path: "README.md").limits
    }

    private func ids(_ text: String) -> Set<ClauseID> { Set(limits(text).map(\.clause.id)) }

    @Test(arguments: [
        ("The model may be used for research purposes only.", ClauseID("research-only")),
        ("You may not use this model for military or surveillance purposes.", "field-of-endeavour"),
        ("Commercial use of the weights is prohibited.", "non-commercial"),
        ("Weights: only for non-commercial purposes, because of the corpora.", "non-commercial"),
        ("Unlike earlier models, this model may not be used commercially.", "non-commercial"),
        ("The outputs may not be used to train other language models.", "no-training-other-models"),
        ("本模型仅供学术研究使用，禁止商业用途。", "research-only"),
        ("不得将本模型用于军事用途。", "use.military-weapons"),
        ("These weights must under no circumstances be used for surveillance.", "field-of-endeavour"),
        ("You must currently not deploy these weights in the EU.", "territorial-exclusion"),
        ("Residents of China are not allowed to download or use the model.", "territorial-exclusion"),
        ("Commercial users of the model have to buy a licence.", "registration-or-request"),
        ("Die Gewichte dürfen nur für nichtkommerzielle Zwecke verwendet werden.", "non-commercial"),
        ("L’utilisation commerciale de ce modèle est interdite.", "non-commercial"),
        ("Коммерческое использование модели запрещено.", "non-commercial"),
        ("Ce modèle ne peut être utilisé qu’à des fins de recherche non commerciale.", "non-commercial"),
        ("本モデルの商用利用を禁じます。", "non-commercial"),
        ("본 모델은 비상업적 연구 목적으로만 사용할 수 있습니다.", "non-commercial"),
    ])
    func whatASentenceForbidsIsALimit(sentence: String, clause: ClauseID) throws {
        let found = try #require(limits("# Tiny\n\n\(sentence)\n").first { $0.clause.id == clause })
        #expect(found.clause.evidence.lines == LineRange(3))
        #expect(found.clause.evidence.quote.map(sentence.contains) == true)
        #expect(found.subject == .model)
    }

    @Test(arguments: [
        "Please do not use this model for military purposes.", "The model is intended for research purposes only.",
        "It should not be used for commercial purposes.", "我们希望您不要将其用于商业用途。",
        "Unlike an earlier model of ours, which was for non-commercial use only, this one may be used for anything.",
        "LLaMA may only be used for non-commercial research.", "Until v2 it was for non-commercial use only.",
        "There is no non-commercial restriction.", "It is not limited to non-commercial use.",
        "Is it for non-commercial use only?", "The model only supports English and has no military vocabulary.",
        "Everything here is for information only and is not a substitute for professional advice.",
        "Contrairement à la version précédente, réservée à la recherche non commerciale, celle-ci est libre.",
        "| Use | non-commercial only |", "```\nfor non-commercial use only\n```",
    ])
    func wishesComparisonsAndDenialsBindNobody(sentence: String) {
        #expect(ids("# Tiny\n\n\(sentence)\n") == [])
    }

    @Test func itemsAreLimitedByWhatStandsAboveThem() {
        let items = "- Military applications\n- Surveillance of people\n"
        for head in ["## Prohibited uses\n\n", "You may not use the model for:\n\n", "使用者不得将本模型用于：\n\n"] {
            #expect(ids("# Tiny\n\n" + head + items).isSuperset(of: ["use.military-weapons"]), "\(head)")
        }
        for head in ["## Uses\n\n", "The model was made for:\n\n", "Please do not use the model for:\n\n"] {
            #expect(ids("# Tiny\n\n" + head + items) == [], "\(head)")
        }
        #expect(
            !ids("You may not use it for:\n\n- fun\n\nIt was tested on:\n\n" + items).contains("use.military-weapons"))
    }

    @Test func dataAndCodeHaveLimitsOfTheirOwn() {
        #expect(limits("The dataset may only be used for non-commercial research.").allSatisfy { $0.subject == .data })
        #expect(limits("The source code is for non-commercial use only.").allSatisfy { $0.subject == .code })
        #expect(limits("## Training data\n\nFor non-commercial use only.").first?.subject == .data)
    }

    /// Whoever ticks a box agrees, however politely the box is put.
    @Test(arguments: [
        "extra_gated_prompt: \"You agree not to use the model for commercial purposes.\"",
        "extra_gated_description: You must not use it for any military purpose.",
        "extra_gated_fields:\n  Name: text\n  I agree to use this model for non-commercial use ONLY: checkbox",
    ])
    func whatAGateAsksToAgreeToIsALimit(field: String) throws {
        let text = "---\nlicense: mit\n\(field)\n---\n# Tiny\n"
        let limit = try #require(limits(text).first)
        let line = try #require(limit.clause.evidence.lines?.first)
        #expect((3...5).contains(line) && limit.subject == .model)
        #expect(limits("---\nlicense: mit\nextra_gated_prompt: Please tell us who you are.\n---\n# Tiny\n") == [])
    }
}
