import OpenscanFacts
import OpenscanOpenness
import OpenscanRules
import OpenscanTestSupport
import Testing

/// Dossiers made by hand: one with something of everything, and small ones.
enum Samples {
    static let licencePlace = Evidence(path: "LICENSE", lines: LineRange(2, 126))
    static let models = [
        ModelTerms(name: "Tiny-S", expression: "LicenseRef-llama-2", open: false, evidence: licencePlace)
    ]
    static let claim = Evidence(path: "README.md", lines: LineRange(5), quote: "Our model is open source.")

    /// A release of which nothing is known but its name.
    static var bare: Dossier {
        Dossier(
            release: ReleaseIdentity(name: "tiny", kind: .directory, path: "tiny", fileCount: 1, byteCount: 12),
            verdict: Verdict(
                answer: .no, ground: .unlicensed,
                sentence: Reason("No licence found: nothing may be copied, changed or passed on by default")),
            components: ComponentID.allCases.map { Component(id: $0) }, terms: [:], licences: [], otherLicences: [],
            expression: ConcludedLicences(), artefacts: [], model: ModelDescription(), claims: [], documents: [],
            parts: [],
            gradient: Gradient(subject: .model, level: "undetermined", licenceClass: .none, confidence: .low),
            yardsticks: Yardsticks(osd: OSDAssessment(), mof: openness, frameworks: [], differences: []), flags: [],
            errors: [])
    }

    /// The bare one with changes.
    static func bare(_ change: (inout Dossier) -> Void) -> Dossier {
        var dossier = bare
        change(&dossier)
        return dossier
    }

    /// Something of everything that a report can hold.
    static var full: Dossier {
        Dossier(
            release: ReleaseIdentity(
                name: "tiny", kind: .gitCheckout, path: "tiny", revision: "0123456789abcdef", fileCount: 3,
                byteCount: 200_947, unseenBytes: 4_000_000),
            verdict: Verdict(
                answer: .no, ground: .limited,
                sentence: Reason("licence of the weights LicenseRef-llama-2 fails OSD 5, 6", [licencePlace]),
                needsPerson: [Reason("whether the use list is narrow enough", [licencePlace])]),
            components: components,
            terms: [
                .weights: PartTerms(
                    expression: "LicenseRef-llama-2", basis: .text, category: .llamaStyle, osd: limited, isOpen: false,
                    evidence: [licencePlace],
                    models: models),
                .code: PartTerms(
                    expression: "MIT", basis: .stated, category: .permissive, osd: open, isOpen: true,
                    evidence: [Evidence(path: "README.md", lines: LineRange(9), quote: "The code is MIT.")],
                    models: models),
                .data: PartTerms(
                    expression: "LicenseRef-llama-2", basis: .inherited, category: nil, osd: OSDAssessment(),
                    isOpen: false, evidence: [], models: models),
                .documents: PartTerms(
                    expression: nil, basis: .notStated, category: nil, osd: OSDAssessment(), isOpen: false,
                    evidence: [], models: models),
            ],
            licences: [licence],
            otherLicences: [
                OtherLicence(id: "MIT", method: .header, reason: .thirdParty, paths: ["lib/a.py"], count: 3)
            ],
            expression: ConcludedLicences(
                declared: "llama2", concluded: "LicenseRef-llama-2",
                byComponent: [.weightsFinal: "LicenseRef-llama-2"]),
            artefacts: artefacts, model: model,
            claims: [Claim(category: .openSource, subject: .model, polarity: .claim, evidence: claim)],
            documents: [
                DocumentSections(
                    path: "README.md", kind: .modelCard, sections: ["licence": LineRange(2)], missing: ["limits"],
                    words: 17)
            ],
            parts: [
                PartDossier(
                    path: "small", components: [.weightsFinal: .present], gradient: gradient,
                    licenceOfWeights: "LicenseRef-llama-2", flags: ["ow-01"])
            ], gradient: gradient,
            yardsticks: Yardsticks(
                osd: limited, mof: openness, frameworks: [framework],
                differences: ["Level 5 says nothing about the licence."]),
            flags: [
                Flag(
                    id: "ow-03", severity: .high,
                    title:
                        "Called open source, but the weights' licence shuts out users by number, revenue or territory",
                    claim: claim,
                    evidence: [Evidence(path: "LICENSE", lines: LineRange(66), quote: "700 million monthly users")],
                    reasons: [Reason("LicenseRef-llama-2 fails OSD 5, 6", [licencePlace])],
                    remedy: "State the threshold beside the claim.")
            ],
            errors: [ReleaseFacts.ReadProblem(path: "secret.bin", code: "unreadable", message: "permission denied")],
            use: [use], duties: [duty], access: access,
            disclosures: [Disclosure(id: "energy", evidence: claim)])
    }

    static let access = ReleaseAccess(
        direct: [.init(way: .weights, status: .present, reason: Reason("Final weights present", [licencePlace]))],
        indirect: [.init(way: .paper, status: .linked, reason: Reason("Research paper linked", [claim]))],
        who: .init(.applicants, Reason("it has to be asked for", [claim])),
        gate: .init(.form, Reason("a form is linked", [claim])), when: .init(.overdue, Reason("late", [claim])),
        promises: [
            .init(
                parts: [.trainingCode], due: StatedDate("2024-06"), isOverdue: true, reason: Reason("late", [claim]))
        ], how: [.init(practice: .feedback, isShown: true, reason: Reason("a sentence says where to answer", [claim]))],
        summary: Reason("directly: weights", [claim]))

    /// Decisions on the full one: one that holds, one whose evidence changed.
    static var review: Review {
        get throws {
            let questions = ReviewQuestions.of(full, rules: TestRules.shared) { _ in nil }
            func decision(_ id: String, _ digest: String?) -> ReviewDecision {
                ReviewDecision(
                    id: id, outcome: .override, answer: id == "verdict" ? "yes" : "low", reason: "read by a <person>",
                    by: "Ana", date: "2026-11-28", evidence: digest ?? "")
            }
            let verdict = questions.first { $0.id == Review.ID.verdict }
            return try Review(
                questions, [decision("verdict", verdict?.digest), decision("flag/ow-03", "sha256:00")])
        }
    }

    /// A policy with a failure of which the exception is over, and one that is waived.
    static var policy: PolicyResult {
        get throws {
            var failure = PolicyResult.Failure(
                rule: "use.commercial-use", part: .weights, reason: Reason("no <money>", [licencePlace]), line: 4)
            let day = try #require(StatedDate("2027-01-31"))
            let waiver = PolicyResult.Waiver(failure: failure, reason: "asked", owner: "Ana", expires: day)
            failure.expired = "2026-01-31"
            return PolicyResult(
                name: "Ours", rules: ["use.commercial-use", "level"], failures: [failure], waivers: [waiver])
        }
    }

    static var gradient: Gradient {
        Gradient(
            subject: .model, level: "weights-available", rank: 5, atMost: "open-with-restrictions", solaiman: "G4",
            g7: "Weights Available AI", licenceClass: .userRestricted, isStaged: true, confidence: .high, rule: 13,
            reasons: [Reason("weights-final present", [Evidence(path: "model.safetensors")])],
            next: [
                Reason("no training code found"),
                Reason("training data neither present nor linked", [Evidence(path: "README.md", lines: LineRange(3))]),
            ])
    }

    static let use = UseDecision(
        id: .atScale, answer: .conditions, part: .weights,
        reason: Reason("LicenseRef-llama-2 permits it", [licencePlace]),
        conditions: [Reason("a limit", [licencePlace])],
        thresholds: [
            UseThreshold(
                measure: .revenue, above: 20_000_000, currency: "USD", period: "monthly", effect: .display)
        ], fields: [UseField(name: "deception", uses: 3, evidence: [licencePlace])])

    static let duty = UseDuty(
        id: .display, moment: .display, part: .weights, words: "words are shown", evidence: [licencePlace],
        text: "Built with X")

    static func assessment(failing: [OSDCriterion]) -> OSDAssessment {
        OSDAssessment(
            Dictionary(
                uniqueKeysWithValues: OSDCriterion.allCases.map {
                    (
                        $0,
                        failing.contains($0)
                            ? OSDJudgement(verdict: .fail, reason: "mau-threshold (line 66)")
                            : OSDJudgement(verdict: .pass, reason: "no clause against it")
                    )
                }))
    }

    static let open = assessment(failing: [])
    static let limited = assessment(failing: [.noDiscriminationAgainstPersons, .noDiscriminationAgainstFields])

    static var beside: ClauseMatch {
        var clause = ClauseMatch(
            id: "non-commercial", status: .present,
            evidence: Evidence(path: "README.md", lines: LineRange(9), quote: "For non-commercial use only."))
        clause.isBeside = true
        return clause
    }

    static var licence: JudgedLicence {
        JudgedLicence(
            id: "LicenseRef-llama-2", name: "Llama 2 Community License Agreement", category: .llamaStyle,
            path: "LICENSE", lines: LineRange(2, 126), method: .text, coverage: 0.97, isModified: true,
            additions: [Evidence(path: "LICENSE", lines: LineRange(4), quote: "and one more thing")], missingWords: 3,
            appliesTo: [.weightsFinal],
            clauses: [
                ClauseMatch(
                    id: "mau-threshold", status: .present,
                    evidence: Evidence(path: "LICENSE", lines: LineRange(66), quote: "700 million monthly users"),
                    parameters: ["mau": "700000000"]),
                ClauseMatch(
                    id: "aup-by-reference", status: .partial,
                    evidence: Evidence(path: "USE_POLICY.md", lines: LineRange(1), quote: "Acceptable use")),
                beside,
            ], osd: limited, isOSIApproved: false, nearest: "LicenseRef-llama-3", quote: "Llama 2 License",
            statement: .any([.licence("LicenseRef-llama-2"), .licence("MIT")]))
    }

    static var artefacts: [JudgedArtefact] {
        [
            JudgedArtefact(
                path: "model.safetensors", component: .weightsFinal, format: "safetensors", tensors: 3,
                parameters: 96_768, parametersByType: ["BF16": 96_768], metadata: ["format": "pt"],
                findings: [Finding(.offsetHole, .medium, "8 bytes that no tensor owns", offset: 16)],
                pointer: ArtefactFacts.Pointer(oid: "sha256:00", size: 193_808), size: 193_808,
                unseen: 190_000),
            JudgedArtefact(
                path: "", format: "unknown", findings: [Finding(.manyEntries, .medium, "more than 10 entries")]),
        ]
    }

    static var components: [Component] {
        ComponentID.allCases.map { id in
            var component = Component(id: id)
            switch id {
            case .weightsFinal:
                component.status = .present
                component.paths = ["model.safetensors", "model-2.safetensors"]
                component.licences = ["LicenseRef-llama-2"]
                component.evidence = [Evidence(path: "model.safetensors", offset: 8)]
            case .dataset:
                component.status = .linked
                component.confidence = .medium
                component.links = [
                    Component.Link(
                        target: "org/data", evidence: Evidence(path: "README.md", lines: LineRange(3), quote: "data"))
                ]
                component.reasons = [Reason("its address is a data set's", [Evidence(path: "README.md")])]
            default: break
            }
            return component
        }
    }

    static var model: ModelDescription {
        var base = ModelDescription.Base(
            name: "org/base", relation: .finetune, source: .card,
            evidence: Evidence(path: "README.md", lines: LineRange(3), quote: "base_model: org/base"))
        base.known = "base"
        base.licence = "LicenseRef-llama-2"
        base.certainty = .probable
        base.duties = [.init(clause: "include-licence-copy", status: .missing, note: Reason("no copy in the release"))]
        var model = ModelDescription()
        model.architecture = "LlamaForCausalLM"
        model.parameters = 96_768
        model.quantization = "Q4_K_M"
        model.trainingCompute = 6e21
        model.trainingTokens = Evidence(path: "README.md", lines: LineRange(8), quote: "2T tokens")
        model.baseModels = [base]
        model.hintedBases = [base]
        model.datasets = ["org/data"]
        model.datasetTerms = [
            .init(
                name: "org/data", known: "data", licence: "CC-BY-NC-4.0", commercial: .no, terms: "no commercial use",
                generatedBy: "GPT-3", isWithdrawn: true, certainty: .verified)
        ]
        return model
    }

    static var openness: MOFResult {
        let state = MOFResult.ClassState(
            met: false, needed: 6, included: ["Model card"], missing: ["Data card"], unlicensed: ["Technical report"],
            invalid: ["Model parameters (Final)"])
        return MOFResult(
            class: 0, className: "Unclassified", normalisedClass: 3, inheritedClass: 2, classes: ["3": state],
            missing: ["3": ["Data card"]],
            components: [
                .init(
                    name: "Model card", class: 3, required: true, status: .included, licence: "MIT",
                    notTypeAppropriate: false)
            ])
    }

    static var framework: FrameworkResult {
        func criterion(_ id: String, _ status: FrameworkResult.Status, change: String?) -> FrameworkResult.Criterion {
            .init(
                id: id, name: "Weights can be had", status: status, required: true, reason: "weights-final there",
                evidence: [Evidence(path: "model.safetensors")], change: change)
        }
        return FrameworkResult(
            id: "open-weights", name: "Open Weights Definition", version: "2024-10-17", verdict: "not compatible",
            criteria: [
                criterion("owd-1", .met, change: nil), criterion("owd-2", .notMet, change: "Publish the weights."),
            ])
    }
}
