import Foundation
import OpenscanFacts
import OpenscanTestSupport
import Testing

@testable import OpenscanLicensing

private let engine = ClauseEngine(TestRules.shared.clauses)

private func clauses(_ text: String) -> [ClauseID: ClauseMatch] {
    Dictionary(
        engine.find(in: text, path: "LICENSE").map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }
    )
}

@Suite struct ClauseRuleTests {
    /// Identity and clauses must agree: what the OSI approved shows no clause that fails its definition.
    @Test(
        .enabled(if: LicenceTexts.approved.areReady, LicenceTexts.absence),
        arguments: LicenceTexts.approved.ids)
    func approvedTextsHaveNoClauseAgainstTheDefinition(id: String) throws {
        let text = try LicenceTexts.approved.text(id)
        let failing = clauses(text).values.filter {
            $0.status == .present && !(TestRules.shared.clauses[$0.id]?.fails.isEmpty ?? true)
        }
        #expect(failing.isEmpty, "\(failing.map { "\($0.id) in “\($0.evidence.quote ?? "")”" })")
    }

    /// An example and a counter-example of the same words.
    @Test(arguments: [
        (
            "non-commercial", "You may not use the Model for any commercial purpose.",
            "You may use the Model for any commercial or non-commercial purpose."
        ),
        // A prohibition of a manner is none of passing it on; a use that a sentence leaves free is an example of one.
        (
            "no-redistribution", "You may not distribute the Model to third parties.",
            "You may not distribute the Work with any technological measures that control access to it."
        ),
        (
            "no-derivatives", "You may not create derivative works of the Model.",
            "You must not distribute the modified file with the filename of the original file."
        ),
        (
            "field-of-endeavour", "You may use the Model in any project that is not military.",
            "You may freely and at no cost use the Product in any project, commercial, academic, military, or private."
        ),
        (
            "use-restriction-list", "You may not use the Model to harm people.",
            "You may not use technical measures to obstruct or control the reading of the copies you make."
        ),
        (
            "registration-or-request", "You must submit a registration form before commercial use.",
            "These additional terms shall apply to the client code and to all code covered by this license."
        ),
        (
            "non-commercial", "You may use the Model noncommercially.",
            "You may copy and distribute the Document, either commercially or noncommercially."
        ),
        (
            "share-alike", "You must provide a copy of this license, which license will govern that file.",
            "The law of the place will govern that dispute under this license."
        ),
        (
            "share-alike", "You may release the Modified Version under precisely this License.",
            "You may release the Modified Version under any license."
        ),
        (
            "source-disclosure", "The Licensee allows effective access to the full source code of the Software.",
            "Licensor agrees to provide a machine-readable copy of the Source Code."
        ),
        (
            "state-changes", "Add a Notice stating that You have modified it, with the date.",
            "You may use a modified version of this License if you rename it and note that it is modified."
        ),
        (
            "include-licence-copy", "You must give recipients a copy of this License.",
            "Everyone is permitted to copy verbatim copies of this license document."
        ),
        (
            "grant-use", "You can do whatever you want with this stuff.",
            "You cannot do whatever you want with this stuff."
        ),
        (
            "research-only", "The Materials may be used solely for research purposes.",
            "The Materials may be used for research or commercial purposes."
        ),
        (
            "no-training-other-models", "You will not use the output to improve any other large language model.",
            "“Derivatives” means all other models created or initialized by transferring weights of the Model."
        ),
        (
            "no-reverse-engineering", "You may not reverse engineer or decompile the Software.",
            "These terms do not restrict reverse engineering for debugging such modifications."
        ),
        (
            "termination-at-will", "We may terminate this Agreement at any time without cause.",
            "You may terminate this Agreement at any time by destroying all copies."
        ),
        (
            "patent-excluded", "Patent and trademark rights are not licensed under this License.",
            "Each Contributor hereby grants You a patent license to make and use the Work."
        ),
        (
            "indemnity", "You will indemnify and hold harmless the Licensor.",
            "You may offer indemnity only if You agree to indemnify every Contributor on Your own behalf."
        ),
        (
            "governing-law", "This Agreement is governed by and construed under the laws of Singapore.",
            "The warranty is disclaimed to the extent permitted by law."
        ),
        (
            "registration-or-request", "For commercial use you must register and obtain a written authorization.",
            "Redistributions may not be endorsed without specific prior written permission."
        ),
        (
            "field-of-endeavour", "You must not use the Model for military purposes.",
            "The Software is commercial computer software under the military procurement rules."
        ),
    ])
    func exampleAndCounterExample(id: ClauseID, example: String, counterExample: String) {
        #expect(clauses(example)[id]?.status == .present, "\(clauses(example).keys.sorted())")
        #expect(clauses(counterExample)[id]?.status != .present)
    }

    // MARK: Negation, definitions, approval

    /// In both languages an example of each clause and a counter-example of the same words.
    @Test(arguments: [
        // Permission that has to be asked for is none.
        ("grant-commercial", "您可以免费商用本模型，但须保留署名。", "提交申请表并通过审核后，即可免费商用。"),
        ("grant-commercial", "无需登记即可用于商业用途。", "获得开发者书面授权后，方可用于商业用途。"),
        ("grant-commercial", "您可以将本数据用于研究和商业用途。", "您可以出于非商业用途使用本数据。"),
        (
            "grant-commercial", "The model is free for commercial use; no registration is required.",
            "The model is free for commercial use after your application was approved."
        ),
        ("registration-or-request", "填写问卷并提交申请，审核通过后可免费商用。", "本模型可免费商用，无需申请。"),
        ("registration-or-request", "商业使用前须向我方登记备案。", "商用时须保留版权声明。"),
        (
            "registration-or-request", "Commercial use requires prior registration with the developer.",
            "Commercial use is permitted without registration."
        ),
        (
            "registration-or-request", "You may use the weights commercially upon approval of your application.",
            "You may use the weights commercially for any application."
        ),
        // The exception looks at the same phrase.
        ("termination-at-will", "授予您不可转让、可撤销的许可。", "授予您可转让、不可撤销的许可。"),
        ("termination-at-will", "授予您不可撤销的专利许可和可撤销的著作权许可。", "授予您不可撤销的专利许可和著作权许可。"),
        ("termination-at-will", "许可方可随时单方终止本许可，无需说明理由。", "许可方不得随时单方终止本许可。"),
        (
            "termination-at-will", "We grant a license that is not transferable and revocable.",
            "We grant a license that is transferable and not revocable."
        ),
        (
            "termination-at-will", "The licensor may end and terminate this License at any time.",
            "The licensor may terminate this License at any time if you breach it."
        ),
        // A prohibition reaches over its list, and no further.
        ("grant-modify", "您可以使用、复制、修改及合并本模型。", "您不得使用、复制、修改、合并本模型。"),
        ("grant-modify", "授予您不可转让、不可再许可的许可，以使用和修改本模型。", "禁止任何形式的复制、传播、修改。"),
        ("grant-modify", "使用者可以从事下列行为：\n1. 复制模型；\n2. 修改模型；", "使用者不得从事下列行为：\n1. 复制模型；\n2. 修改模型；"),
        (
            "grant-modify", "You may not sell the model, but you may modify it and make derivatives.",
            "You may not sell, rent, lease, copy, merge, translate, host, modify or make derivatives of the model."
        ),
        (
            "grant-modify", "Recipients may:\n\n- copy the model;\n\n- make derivatives of it",
            "Recipients must not:\n\n- copy the model;\n\n- make derivatives of it"
        ),
        (
            "grant-modify", "You may: (a) copy the model; or (b) make derivatives of it.",
            "You may not: (a) copy the model; or (b) make derivatives of it."
        ),
        ("grant-redistribute", "允许您分发本模型的副本。", "您无权以任何方式分发本模型的副本。"),
        (
            "grant-redistribute", "You do not need permission to distribute copies of the data.",
            "You do not have permission to distribute copies of the data."
        ),
        (
            "grant-redistribute", "Copying and distribution: you may copy and distribute the work.",
            "To copy and distribute the work is strictly prohibited."
        ),
        (
            "grant-redistribute", "We grant you a license to share and distribute the work.",
            "You hereby grant us a license to share and distribute your feedback."
        ),
        // A definition and a name permit nothing.
        ("grant-redistribute", "您可以发布本模型的副本。", "“发布方”：指发布源模型的研究团队及其成员。"),
        ("grant-redistribute", "您有权向第三方传播本模型。", "发布方对模型的质量不作任何保证。"),
        ("grant-modify", "您可以修改本模型。", "“衍生品”是指允许您修改本模型而产生的作品。"),
        (
            "grant-modify", "The team may modify and make derivatives of the source model.",
            "“Publisher”: the team that may modify and make derivatives of the source model."
        ),
    ])
    func bothLanguages(id: ClauseID, example: String, counterExample: String) {
        #expect(clauses(example)[id]?.status == .present, "\(clauses(example).keys.sorted())")
        #expect(clauses(counterExample)[id] == nil, "\(clauses(counterExample)[id]?.evidence.quote ?? "")")
    }

    /// What is forbidden for some purposes is left for the others, and that is a part.
    @Test(arguments: [
        "You shall not copy, modify, merge, publish or distribute the model for commercial purposes.",
        "您不得出于军事目的复制、修改、发布或分发本模型。",
    ])
    func prohibitionOfAPurposeIsAPartialGrant(text: String) {
        #expect(clauses(text)["grant-modify"]?.status == .partial)
        #expect(clauses(text)["grant-redistribute"]?.status == .partial)
    }

    /// The limit of a grant is a clause of its own beside it.
    @Test func grantForAPurposeStandsBesideItsLimit() {
        let found = clauses(
            "You are granted a license to use, modify and distribute the model solely for non-commercial research purposes."
        )
        #expect(found["grant-modify"]?.status == .present)
        #expect(found["research-only"]?.status == .present)
    }

    // MARK: Clauses that once had no phrases

    @Test func everyClauseHasPhrases() {
        let rules = TestRules.shared.clauses.all
        #expect(rules.count > 90)
        #expect(rules.filter { $0.patterns.isEmpty }.map(\.id).isEmpty)
    }

    @Test(arguments: [
        ("no-sublicensing", "This license is non-sublicensable.", "This license is sublicensable."),
        ("no-sublicensing", "You must not sublicense or assign this Agreement.", "You may sublicense this work."),
        ("no-sublicensing", "授予您不可再许可的许可。", "授予您可再许可的许可。"),
        ("no-sublicensing", "您不得将本许可转授权给他人。", "您可以将本许可转授权给他人。"),
        ("grant-sublicense", "You may sublicense your rights.", "You may not sublicense your rights."),
        ("grant-sublicense", "您有权再许可。", "您无权再许可。"),
        (
            "no-benchmark-publication", "You may not disclose benchmark results without our consent.",
            "You may disclose benchmark results of the model."
        ),
        ("no-benchmark-publication", "未经同意，不得公开评测结果。", "您可以自由公开评测结果。"),
        ("grant-database-rights", "We license the database rights to you.", "Rights in your own database are yours."),
        ("grant-database-rights", "许可方放弃数据库权。", "数据库由您自行维护。"),
        (
            "public-domain-dedication", "The authors dedicate this work to the public domain.",
            "The work does not include material that is in the public domain."
        ),
        ("public-domain-dedication", "作者放弃全部著作权。", "作者不放弃全部著作权。"),
        (
            "publication-acknowledgement", "In any publication of results you must cite the model.",
            "Publications about the model are listed on our page."
        ),
        ("publication-acknowledgement", "发表论文时应当引用本模型。", "论文介绍了本模型。"),
        (
            "audit-or-reporting", "You must promptly notify the licensor of any misuse.",
            "You need not notify anybody."
        ),
        ("audit-or-reporting", "您应当及时通知许可方。", "许可方会及时通知您。"),
        (
            "feedback-licence", "We may use your feedback without restriction.",
            "The model was trained with human feedback without restriction."
        ),
        ("feedback-licence", "许可方可以无偿使用您的反馈，该反馈可自由使用。", "欢迎您提出意见。"),
        (
            "cure-period", "Rights are reinstated if you cure the breach within 30 days.",
            "You may return the product within 30 days of purchase."
        ),
        ("cure-period", "您应在收到通知后三十日内纠正违约行为。", "本协议自三十日后生效。"),
        (
            "delete-on-termination", "Upon termination you must delete all copies of the model.",
            "You may terminate this agreement; sections 3 and 4 survive."
        ),
        ("delete-on-termination", "协议终止后，您必须删除全部副本。", "协议终止后，第三条仍然有效。"),
        (
            "later-version", "You may use this version or any later version of the License.",
            "The model has a later release."
        ),
        ("later-version", "您可选择任何后续版本的许可证。", "我们会更新模型的版本。"),
        (
            "covers-data", "You may use and share the data made available under these terms.",
            "The license does not apply to training data."
        ),
        ("covers-data", "授予您使用本数据集的权利。", "模型由数据训练而成。"),
    ])
    func clausesThatHadNoPhrases(id: ClauseID, example: String, counterExample: String) {
        #expect(clauses(example)[id]?.status == .present, "\(clauses(example).keys.sorted())")
        #expect(clauses(counterExample)[id] == nil, "\(clauses(counterExample)[id]?.evidence.quote ?? "")")
    }

    /// A phrase can say what must not stand right before or behind a word.
    @Test(arguments: [
        ("(!not) revocable", "a revocable grant", "a not revocable grant"),
        ("grant (!of)", "grant rights", "grant of rights"),
    ])
    func phrasesCanExclude(pattern: String, fitting: String, other: String) {
        func fits(_ text: String) -> Bool {
            let words = Tokenizer.tokens(of: text).hashes
            return words.indices.contains {
                PhrasePattern(pattern).end(words, from: $0, limit: words.count) != nil
            }
        }
        #expect(fits(fitting))
        #expect(!fits(other))
    }

    @Test(arguments: [
        (
            "mau-threshold", "If the monthly active users exceed 700 million, you must request a license.",
            ["mau": "700000000", "effect": "deny"]
        ),
        (
            "mau-threshold",
            "If it has more than 100,000,000 monthly active users, you shall prominently display “Kimi K2”.",
            ["mau": "100000000", "effect": "display"]
        ),
        (
            "revenue-threshold", "If your annual revenue exceeds USD 1 million, you must request a license.",
            ["amount": "1000000", "currency": "USD", "period": "annual", "effect": "deny"]
        ),
        (
            "governing-law",
            "This Agreement is governed by the laws of the State of California without regard to choice of law.",
            ["law": "California"]
        ),
        ("venue", "The courts of California shall have exclusive jurisdiction.", ["venue": "California"]),
        (
            "model-naming", "You shall include “Llama” at the beginning of any such AI model name.",
            ["name": "Llama", "position": "beginning"]
        ),
        (
            "aup-by-reference",
            "You must comply with the Acceptable Use Policy located at https://example.org/use-policy.",
            ["url": "example.org/use-policy"]
        ),
        // What the word means stands elsewhere, often in capitals.
        (
            "territorial-exclusion",
            """
            THIS LICENSE DOES NOT APPLY OUTSIDE THE TERRITORY, AND NOT IN THE EUROPEAN UNION.

            You must not use the Works outside the Territory.

            “Territory” means the whole world, excluding the United Kingdom and South Korea.
            """, ["territories": "EU,UK,South Korea"]
        ),
        (
            "territorial-exclusion",
            "You must not use the Works outside the Territory.\n\nThe courts of the United States decide.", [:]
        ),
        // A notice has its own signs, over the end of a sentence, and a quotation inside.
        (
            "notice-file-text",
            "Distributions must include a “Notice” text file with the following notice: “X is licensed by Y, Inc. All Rights Reserved. “X” is a mark of Y.”",
            ["text": "X is licensed by Y, Inc. All Rights Reserved. “X” is a mark of Y."]
        ),
        (
            "output-ownership", "The agreement does not impose any restriction or obligations on Results.",
            ["owner": "no-claim"]
        ),
    ])
    func thresholdsLawsAndNamesAreReadOut(id: ClauseID, text: String, expected: [String: String]) {
        #expect(clauses(text)[id]?.parameters == expected)
    }

    /// A term outranks a definition, and a plain text one that only sets out its aims.
    @Test func theTermIsTheEvidence() {
        let text = """
            Whereas the licensor strives for a copy of this License to be shared.

            “Copy” means a copy of this License in any form you like to use.

            You must give any recipient a copy of this License.
            """
        #expect(clauses(text)["include-licence-copy"]?.evidence.lines == LineRange(5))
    }

    @Test func strayUseWordsAreNoList() {
        #expect(
            clauses("The Data has no personal information and the law enforcement community likes it.").keys.filter {
                $0.rawValue.hasPrefix("use.")
            }.isEmpty)
    }

    /// Patterns without a match must not cost more than the gaps allow.
    @Test func hostileRepetitionEnds() {
        let text = String(repeating: "grants license right you may not use commercial ", count: 1_000)
        let clock = ContinuousClock()
        let spent = clock.measure { _ = clauses(text) }
        #expect(spent < .seconds(60))
    }
}
