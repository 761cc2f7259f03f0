import Licensing
import Unpacking

/// Flags that hold a sentence against what is there. Each has its claim, its evidence and a guard against false alarms.
enum ClaimRules {
    typealias Finding = (claim: Evidence?, evidence: [Evidence])

    private static func isThere(_ context: FlagContext, _ id: String) -> Bool {
        [.present, .linked].contains(context.component(id).status)
    }

    /// Guard: wishes are no terms; the policy's own clauses have to forbid.
    static func policyBeside(_ context: FlagContext) -> Finding? {
        guard let licence = context.licences.ofWeights.first, context.licences.ofWeights.allSatisfy(\.osiApproved)
        else { return nil }
        for path in context.component("usage-policy").paths {
            guard let file = context.release.files.first(where: { $0.path == path }),
                let clause = file.licence?.clauses.first(where: {
                    ["use-restriction-list", "field-of-endeavour", "no-training-other-models", "no-competing-use"]
                        .contains($0.id) && $0.status == .present
                })
            else { continue }
            return (
                Evidence(
                    path: licence.path, lines: licence.lines, quote: "licence of the weights: \(licence.expressionID)"),
                [Evidence(path: path, lines: clause.evidence.lines, quote: clause.evidence.quote)]
            )
        }
        return nil
    }

    private static let conditions = [
        "apply", "register", "request", "contact", "license", "licence", "up to", "less than", "unless", "intended for",
        "申请", "登记", "授权", "许可", "协议",
    ]

    /// Guard: a limit that stands in the same sentence is honest.
    static func commercial(_ context: FlagContext) -> Finding? {
        guard
            let claim = context.claims.first(where: { claim in
                claim.isOwn && claim.category == .commercialOK && claim.subject == .model
                    && !conditions.contains(where: (claim.evidence.quote ?? "").lowercased().holds)
            })
        else { return nil }
        let limits: Set<String> = [
            "non-commercial", "research-only", "separate-commercial-licence", "registration-or-request",
            "revenue-threshold", "mau-threshold",
        ]
        for licence in context.licences.ofWeights where !licence.failedCriteria.isEmpty {
            if let clause = licence.clauses.first(where: { limits.contains($0.id) && $0.status == .present }) {
                return (
                    claim.evidence,
                    [Evidence(path: licence.path, lines: clause.lines, quote: "\(clause.id): \(clause.quote ?? "")")]
                )
            }
            if [.nonCommercial, .researchOnly].contains(LicenceCategory(id: licence.category)) {
                return (
                    claim.evidence,
                    [
                        Evidence(
                            path: licence.path, lines: licence.lines,
                            quote: "\(licence.expressionID) is for non-commercial use")
                    ]
                )
            }
        }
        return nil
    }

    /// A risk of the name, not of the release: its authors need not have claimed anything.
    static func openName(_ context: FlagContext) -> Finding? {
        for licence in context.licences.ofWeights
        where !licence.failedCriteria.isEmpty && licence.id != "LicenseRef-unknown" {
            let words = licence.name.lowercased().split { !$0.isLetter }
            guard words.contains("open") || words.contains("openrail") else { continue }
            return (
                Evidence(path: licence.path, lines: licence.lines, quote: licence.name),
                [
                    Evidence(
                        path: licence.path,
                        lines: licence.clauses.first { $0.id == "use-restriction-list" }?.lines ?? licence.lines,
                        quote:
                            "\(licence.expressionID) fails OSD \(licence.failedCriteria.map(String.init).joined(separator: ", "))"
                    )
                ]
            )
        }
        return nil
    }

    /// Open to some is not what the words promise, and says so itself.
    private static let partialWords = ["academic", "research", "学术", "研究"]
    private static let wholeWords = ["fully open", "truly open", "completely open", "完全开源", "全面开源"]
    private static let whole = [
        "weights-final", "training-code", "inference-code", "evaluation-code", "data-processing-code", "dataset",
        "model-card", "evaluation-results",
    ]

    static func fullyOpen(_ context: FlagContext) -> Finding? {
        guard context.hasWeightsOrLink,
            let claim = context.claims.first(where: { claim in
                claim.isOwn && claim.category == .openSource
                    && wholeWords.contains(where: (claim.evidence.quote ?? "").lowercased().holds)
                    && !partialWords.contains(where: (claim.evidence.quote ?? "").lowercased().holds)
            })
        else { return nil }
        let missing = whole.filter { !isThere(context, $0) }
        return missing.isEmpty
            ? nil : (claim.evidence, [Evidence(path: ".", quote: "not found: " + missing.joined(separator: ", "))])
    }

    static func codeRunsOnly(_ context: FlagContext) -> Finding? {
        guard context.hasWeightsOrLink, let claim = context.openClaim, context.inputs.trainingCode == .none,
            let code = context.component("inference-code").evidence.first,
            context.component("inference-code").status == .present
        else { return nil }
        return (claim.evidence, [code])
    }

    /// Guard: a base named anywhere is enough.
    static func baseNotNamed(_ context: FlagContext) -> Finding? {
        guard let weights = context.component("weights-adapter").evidence.first,
            context.component("weights-adapter").status == .present,
            context.component("weights-final").status != .present,
            context.model.baseModels.isEmpty, context.model.hintedBases.isEmpty, let claim = context.anyOpenClaim
        else { return nil }
        return (claim.evidence, [weights])
    }

    static func serviceOnly(_ context: FlagContext) -> Finding? {
        guard context.gradient.subject == "model", !context.hasWeightsOrLink, let claim = context.openClaim else {
            return nil
        }
        let service = ["hosted-api", "demo"].lazy.map { context.component($0) }.first { $0.status != .absent }
        return service.flatMap { $0.evidence.first }.map { (claim.evidence, [$0]) }
    }

    private static let generic = [
        "publicly available", "public data", "public sources", "web data", "public web", "open data", "公开数据", "公开的",
    ]

    /// Guard: one name in a field, a link or a card is enough.
    static func dataNotNamed(_ context: FlagContext) -> Finding? {
        guard context.hasWeightsOrLink, context.model.datasets.isEmpty, !isThere(context, "dataset"),
            !isThere(context, "data-card"),
            let claim = context.claims.first(where: { claim in
                claim.isOwn && claim.category == .openData
                    && generic.contains(where: (claim.evidence.quote ?? "").lowercased().holds)
            })
        else { return nil }
        return (claim.evidence, [Evidence(path: ".", quote: "no data set is named, linked or there")])
    }

    /// Guard: adapters often come with cards that tools made.
    static func template(_ context: FlagContext) -> Finding? {
        guard context.component("weights-adapter").status != .present else { return nil }
        for path in context.component("model-card").paths {
            guard let card = context.release.files.first(where: { $0.path == path })?.card, card.placeholders.count >= 3
            else { continue }
            return (Evidence(path: path, quote: "model card"), Array(card.placeholders.prefix(3)))
        }
        return nil
    }

    static func reproducible(_ context: FlagContext) -> Finding? {
        guard context.hasWeightsOrLink,
            let claim = context.claims.first(where: { $0.isOwn && $0.category == .reproducible }),
            !isThere(context, "training-code"), !isThere(context, "evaluation-code")
        else { return nil }
        return (claim.evidence, [Evidence(path: ".", quote: "neither training nor evaluation code found")])
    }

    static func promised(_ context: FlagContext) -> Finding? {
        guard let claim = context.openClaim else { return nil }
        let parts = context.components.filter { $0.status == .promised }
        return parts.isEmpty
            ? nil
            : (
                claim.evidence,
                parts.compactMap { part in
                    part.evidence.first.map {
                        Evidence(path: $0.path, lines: $0.lines, quote: "\(part.id): \($0.quote ?? "")")
                    }
                }
            )
    }
}
