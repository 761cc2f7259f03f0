import Artefacts
import Cards
import Licensing
import Unpacking

/// Facts that flags look at.
struct FlagContext {
    let release: ReleaseFacts
    let components: [Component]
    let licences: LicenceMap
    let claims: [Claim]
    let gradient: Gradient
    let inputs: GradientInputs
    let model: ReportModel

    func component(_ id: String) -> Component { components.first { $0.id == id } ?? Component(id: id) }

    /// The first sentence that calls the model itself open source, in these words: "openly released" says less.
    var openClaim: Claim? {
        let own = claims.filter { $0.isOwn && $0.category == .openSource && Self.saysOpenSource($0) }
        return own.first { $0.subject == .model } ?? own.first { $0.subject != .code }
    }

    private static let strongWords = [
        "open source", "open-source", "open‑source", "opensource", "open sourc", "open-sourc", "fully open",
        "truly open", "completely open", "开源", "開源", "完全开放", "全面开放",
    ]

    private static func saysOpenSource(_ claim: Claim) -> Bool {
        let quote = (claim.evidence.quote ?? "").lowercased()
        return strongWords.contains(where: quote.holds)
    }

    var anyOpenClaim: Claim? {
        openClaim ?? claims.first { $0.isOwn && $0.category == .openWeights && $0.subject == .model }
    }
    var hasWeights: Bool {
        ["weights-final", "weights-adapter", "weights-intermediate"].contains { component($0).status == .present }
    }
    var hasWeightsOrLink: Bool {
        hasWeights || component("weights-final").status == .linked || component("weights-adapter").status == .linked
    }
}

/// One rule a flag. A claim flag has both sides or does not fire.
struct FlagRule: Sendable {
    let id: String
    let check: @Sendable (FlagContext) -> (claim: Evidence?, evidence: [Evidence])?

    static let all: [FlagRule] = [
        FlagRule(id: "ow-01") { context in
            licenceWashing(context) { !isLimitedToResearch($0) && !isThreshold($0) }
        },
        FlagRule(id: "ow-02") { context in licenceWashing(context, isLimitedToResearch) },
        FlagRule(id: "ow-03") { context in licenceWashing(context) { isThreshold($0) && !isLimitedToResearch($0) } },
        FlagRule(id: "ow-04") { conflict($0) },
        FlagRule(id: "ow-06") { context in
            let changed = context.licences.licences.filter { licence in
                licence.modified && licence.method == .text
                    && (licence.osiApproved || LicenceIndex.embedded.record(id: licence.id)?.isOSIApproved == true)
            }
            guard let first = changed.first else { return nil }
            return (
                Evidence(path: first.path, lines: first.lines, quote: first.name),
                first.additions.isEmpty
                    ? [
                        Evidence(
                            path: first.path, lines: first.lines,
                            quote: "\(first.missingWords) words of the standard text are missing")
                    ] : Array(first.additions.prefix(3))
            )
        },
        FlagRule(id: "ow-09") { context in
            guard context.hasWeightsOrLink, context.licences.ofWeights.isEmpty, context.licences.licences.isEmpty,
                let claim = context.anyOpenClaim
            else { return nil }
            return (
                claim.evidence,
                [
                    Evidence(
                        path: ".",
                        quote:
                            "no licence file, field, header or sentence found in \(context.release.files.count) files")
                ]
            )
        },
        FlagRule(id: "weights-without-licence") { context in
            guard context.hasWeights, context.licences.ofWeights.isEmpty else { return nil }
            return (nil, context.component("weights-final").evidence + context.component("weights-adapter").evidence)
        },
        FlagRule(id: "ow-10") { missingText($0) },
        FlagRule(id: "ow-11") { context in
            guard context.hasWeightsOrLink, let claim = context.openClaim,
                context.inputs.trainingCode == .none || context.inputs.trainingCode == .partial
            else { return nil }
            let code = context.component("training-code")
            return (
                claim.evidence,
                code.evidence.isEmpty
                    ? [
                        Evidence(
                            path: ".",
                            quote: "no training code among \(context.release.files.count) files, no link to any")
                    ]
                    : code.evidence.prefix(1).map {
                        Evidence(
                            path: $0.path, lines: $0.lines, quote: "only tunes a finished model: " + ($0.quote ?? ""))
                    }
            )
        },
        FlagRule(id: "ow-12") { context in
            guard context.hasWeightsOrLink, let claim = context.openClaim,
                !["present", "linked"].contains(context.component("dataset").status.rawValue)
                    || !context.inputs.isTuneOnly && context.inputs.trainingData == .none
            else { return nil }
            return (claim.evidence, [Evidence(path: ".", quote: "no training data and no link to any found")])
        },
        FlagRule(id: "ow-15") { context in
            guard let claim = context.anyOpenClaim, case let missing = shardFindings(context), !missing.isEmpty else {
                return nil
            }
            return (claim.evidence, missing)
        },
        FlagRule(id: "shard-set-incomplete") { context in
            let missing = shardFindings(context)
            return missing.isEmpty ? nil : (nil, missing)
        },
        FlagRule(id: "ow-17") { context in
            guard
                let claim = context.anyOpenClaim
                    ?? context.claims.first(where: { $0.isOwn && $0.category == .openSource }), let gate = gate(context)
            else { return nil }
            return (claim.evidence, [gate])
        },
        FlagRule(id: "ow-18") { context in
            guard let claim = context.anyOpenClaim else { return nil }
            for file in context.release.files {
                if let head = file.card?.frontMatter, head.first("extra_gated_eu_disallowed") == "true" {
                    return (
                        claim.evidence,
                        [
                            Evidence(
                                path: file.path, lines: head.line("extra_gated_eu_disallowed").map { LineRange($0) },
                                quote: "extra_gated_eu_disallowed: true")
                        ]
                    )
                }
            }
            for licence in context.licences.ofWeights {
                if let clause = licence.clauses.first(where: { $0.id == "territorial-exclusion" }) {
                    return (claim.evidence, [Evidence(path: licence.path, lines: clause.lines, quote: clause.quote)])
                }
            }
            return nil
        },
        FlagRule(id: "ow-05", check: ClaimRules.policyBeside),
        FlagRule(id: "ow-07", check: ClaimRules.commercial),
        FlagRule(id: "ow-08", check: ClaimRules.openName),
        FlagRule(id: "ow-13", check: ClaimRules.fullyOpen),
        FlagRule(id: "ow-14", check: ClaimRules.codeRunsOnly),
        FlagRule(id: "ow-16", check: ClaimRules.baseNotNamed),
        FlagRule(id: "ow-19", check: ClaimRules.serviceOnly),
        FlagRule(id: "ow-20", check: ClaimRules.dataNotNamed),
        FlagRule(id: "ow-24", check: ClaimRules.template),
        FlagRule(id: "ow-25", check: ClaimRules.reproducible),
        FlagRule(id: "ow-29", check: ClaimRules.promised),
        FlagRule(id: "ow-22", check: LineageRules.dataTerms),
        FlagRule(id: "ow-26", check: LineageRules.relaxed),
        FlagRule(id: "ow-27", check: LineageRules.hiddenBase),
        FlagRule(id: "ow-28", check: LineageRules.dutiesMissing),
        FlagRule(id: "no-licence-file") { context in
            guard context.gradient.subject != "not-a-model", context.component("licence-file").status != .present else {
                return nil
            }
            return (
                nil,
                [
                    Evidence(
                        path: ".",
                        quote: "no file with a licence's text or notice among \(context.release.files.count) files")
                ]
            )
        },
        FlagRule(id: "weights-only-linked") { context in
            guard !context.hasWeights, context.component("weights-final").status == .linked else { return nil }
            return (nil, Array(context.component("weights-final").evidence.prefix(2)))
        },
        FlagRule(id: "unknown-licence") { context in
            let unknown = context.licences.licences.filter { $0.id == "LicenseRef-unknown" }
            return unknown.isEmpty
                ? nil
                : (
                    nil,
                    unknown.map {
                        Evidence(path: $0.path, lines: $0.lines, quote: $0.nearest.map { "nearest known text: " + $0 })
                    }
                )
        },
        FlagRule(id: "code-in-artefact") { context in
            let ids: Set<String> = ["dangerous-global", "embedded-code", "unknown-global", "fetch-and-run"]
            let found = context.release.files.compactMap { file -> Evidence? in
                guard file.place.area != .test else { return nil }
                let finding = ((file.artefact?.findings ?? []) + file.findings).first {
                    ids.contains($0.id) && $0.severity == .high
                }
                return finding.map { Evidence(path: file.path, quote: $0.detail, offset: $0.offset) }
            }
            return found.isEmpty ? nil : (nil, Array(found.prefix(5)))
        },
        FlagRule(id: "pickle-weights") { context in
            let pickles = context.release.files.filter { file in
                file.artefact?.findings.contains { $0.id == "pickle-present" } ?? false && file.place.area != .test
            }
            return pickles.isEmpty
                ? nil : (nil, pickles.prefix(3).map { Evidence(path: $0.path, quote: $0.artefact?.format) })
        },
    ]

    // MARK: Licence against claim

    private static func clauses(_ licence: ReportLicence) -> Set<String> { Set(licence.clauses.map(\.id)) }

    private static func isLimitedToResearch(_ licence: ReportLicence) -> Bool {
        let category = LicenceCategory(id: licence.category)
        return category == .researchOnly || category == .nonCommercial
            || (!licence.osiApproved && (licence.modified || licence.id == "LicenseRef-unknown")
                && !clauses(licence).isDisjoint(with: ["non-commercial", "research-only"]))
    }

    private static func isThreshold(_ licence: ReportLicence) -> Bool {
        LicenceCategory(id: licence.category) == .llamaStyle
            || (!licence.osiApproved
                && !clauses(licence).isDisjoint(with: ["mau-threshold", "revenue-threshold", "territorial-exclusion"]))
    }

    private static func licenceWashing(_ context: FlagContext, _ fits: (ReportLicence) -> Bool) -> (
        claim: Evidence?, evidence: [Evidence]
    )? {
        guard context.hasWeightsOrLink, let claim = context.openClaim else { return nil }
        for licence in context.licences.ofWeights where !licence.failedCriteria.isEmpty && fits(licence) {
            var evidence = [
                Evidence(
                    path: licence.path, lines: licence.lines,
                    quote:
                        "\(licence.expressionID) fails OSD \(licence.failedCriteria.map(String.init).joined(separator: ", "))"
                )
            ]
            let telling = licence.clauses.filter { clause in Clause.byID[clause.id].map { !$0.fails.isEmpty } ?? false }
            evidence += telling.prefix(3).map {
                Evidence(path: licence.path, lines: $0.lines, quote: "\($0.id): \($0.quote ?? "")")
            }
            return (claim.evidence, evidence)
        }
        return nil
    }

    /// Ids that say the same for this purpose.
    private static func family(_ id: String) -> String {
        var text = id
        for ending in ["-only", "-or-later", "+"] where text.hasSuffix(ending) { text.removeLast(ending.count) }
        return text
    }

    private static func conflict(_ context: FlagContext) -> (claim: Evidence?, evidence: [Evidence])? {
        let texts = context.licences.licences.filter {
            $0.method == .text && $0.id != "LicenseRef-unknown" && ($0.coverage >= 0.75)
                && LicenceIndex.embedded.record(id: $0.id)?.isException != true
        }
        guard !texts.isEmpty else { return nil }
        let known = Set(texts.map { family($0.id) })
        for declared in context.licences.declared where !declared.ids.isEmpty {
            let claimed = Set(declared.ids.map(family))
            // The field of a model card speaks of the weights; a package's of the whole.
            let relevant =
                declared.source == .package
                ? texts : texts.filter { $0.appliesTo.contains("weights-final") || texts.count == 1 }
            guard !relevant.isEmpty, claimed.isDisjoint(with: known) else { continue }
            if relevant.contains(where: { text in claimed.contains { isNearTwin($0, family(text.id)) } }) { continue }
            return (
                declared.evidence,
                relevant.prefix(2).map { Evidence(path: $0.path, lines: $0.lines, quote: "text of \($0.expressionID)") }
            )
        }
        // Prose that names a licence for the weights or the data, beside a file of theirs that is another.
        for group in [LicenceMap.weights, LicenceMap.data] {
            let texts = texts.filter { Set($0.appliesTo).isSubset(of: group) && !$0.appliesTo.isEmpty }
            for licence in context.licences.licences
            where (licence.method == .notice || licence.method == .url) && Set(licence.appliesTo).isSubset(of: group)
                && !licence.appliesTo.isEmpty
            {
                guard let other = texts.first(where: { family($0.id) != family(licence.id) }),
                    !texts.contains(where: {
                        family($0.id) == family(licence.id) || isNearTwin(family(licence.id), family($0.id))
                    })
                else { continue }
                return (
                    Evidence(path: licence.path, lines: licence.lines, quote: licence.id),
                    [Evidence(path: other.path, lines: other.lines, quote: "text of \(other.expressionID)")]
                )
            }
        }
        return nil
    }

    /// Variants of one licence that metadata cannot tell apart.
    private static func isNearTwin(_ left: String, _ right: String) -> Bool {
        if left == right { return true }
        let bsd = ["BSD-2-Clause", "BSD-3-Clause"]
        if bsd.contains(where: { left.hasPrefix($0) && right.hasPrefix($0) }) { return true }
        return (left.hasPrefix("MIT") && right.hasPrefix("MIT")) || (left.hasPrefix("PSF") && right.hasPrefix("Python"))
            || (left.hasPrefix("HPND") && right.hasPrefix("HPND"))
    }

    private static func missingText(_ context: FlagContext) -> (claim: Evidence?, evidence: [Evidence])? {
        let texts = Set(
            context.licences.licences.filter { $0.method == .text || $0.method == .notice || $0.method == .header }.map
            { family($0.id) })
        guard
            let declared = context.licences.declared.first(where: {
                !$0.ids.isEmpty && $0.ids.allSatisfy { !texts.contains(family($0)) }
                    || $0.value.raw.lowercased() == "other" && texts.isEmpty
            }),
            context.component("licence-file").status != .present
        else { return nil }
        return (declared.evidence, [Evidence(path: ".", quote: "no file carries the text")])
    }

    private static func gate(_ context: FlagContext) -> Evidence? {
        for file in context.release.files {
            guard let head = file.card?.frontMatter,
                let key = head.fields.keys.filter({ $0.hasPrefix("extra_gated") && $0 != "extra_gated_eu_disallowed" })
                    .sorted().first
            else { continue }
            return Evidence(
                path: file.path, lines: head.line(key).map { LineRange($0) },
                quote: key + ": " + (head.first(key) ?? ""))
        }
        return nil
    }

    private static func shardFindings(_ context: FlagContext) -> [Evidence] {
        context.release.files.flatMap { file in
            file.findings.filter { $0.id == "missing-shard" }.map { Evidence(path: file.path, quote: $0.detail) }
        }
    }
}

extension GradientInputs {
    /// Whether the training code at hand tunes a finished model only.
    var isTuneOnly: Bool { trainingCode == .partial || isDerivative }
}
