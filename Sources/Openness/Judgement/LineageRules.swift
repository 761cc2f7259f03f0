import Licensing
import Unpacking

/// Flags about what a release inherits. Only licences that were read in a source make one.
enum LineageRules {
    typealias Finding = (claim: Evidence?, evidence: [Evidence])

    private static let restricting: Set<String> = [
        "non-commercial", "research-only", "use-restriction-list", "aup-by-reference", "mau-threshold",
        "revenue-threshold", "no-training-other-models", "territorial-exclusion", "pass-through-use-restrictions",
    ]

    private static func known(_ base: ReportModel.Base) -> KnownModel? {
        guard base.certainty == .verified else { return nil }
        return KnownModels.shared.models.first { $0.id == base.known }
    }

    private static func restrictions(_ model: KnownModel) -> [String] {
        model.passesDown.filter(restricting.contains)
    }

    /// A permissive licence on weights whose base's terms have to travel.
    static func relaxed(_ context: FlagContext) -> Finding? {
        guard context.hasWeights, !context.licences.ofWeights.isEmpty,
            context.licences.ofWeights.allSatisfy({ $0.osiApproved || $0.isOpen })
        else { return nil }
        for base in context.model.baseModels {
            guard let model = known(base), case let limits = restrictions(model), !limits.isEmpty,
                let own = context.licences.ofWeights.first,
                !context.licences.licences.contains(where: { $0.id == model.licence })
            else { continue }
            return (
                Evidence(path: own.path, lines: own.lines, quote: "licence of the weights: \(own.expressionID)"),
                [
                    base.evidence,
                    Evidence(
                        path: base.evidence.path, lines: base.evidence.lines,
                        quote:
                            "\(base.name) (\(base.relation)) is under \(model.licence), which passes down: \(limits.joined(separator: ", "))"
                    ),
                ]
            )
        }
        return nil
    }

    /// "From scratch" beside a config or metadata that names a known model.
    static func hiddenBase(_ context: FlagContext) -> Finding? {
        guard context.hasWeights, context.model.baseModels.allSatisfy({ $0.source != .card }),
            let claim = context.release.files.lazy.compactMap({ $0.card?.fromScratch.first }).first
        else { return nil }
        let bases = context.model.baseModels + context.model.hintedBases.filter { $0.source == .config }
        guard let base = bases.first(where: { $0.known != nil }) else { return nil }
        return (claim, [base.evidence])
    }

    /// Duties that apply when weights are passed on.
    static func dutiesMissing(_ context: FlagContext) -> Finding? {
        guard context.hasWeights else { return nil }
        let visible: Set<String> = ["include-licence-copy", "notice-file-text", "attribution-display", "model-naming"]
        for base in context.model.baseModels {
            guard let model = known(base), LicenceIndex.embedded.record(id: model.licence)?.isOSIApproved != true else {
                continue
            }
            let missing = base.duties.filter { visible.contains($0.clause) && $0.status == .missing }
            guard !missing.isEmpty else { continue }
            return (base.evidence, missing.map { Evidence(path: ".", quote: "\($0.clause): \($0.note ?? "missing")") })
        }
        return nil
    }

    /// Data under stricter terms than the release promises.
    static func dataTerms(_ context: FlagContext) -> Finding? {
        let isOpen = !context.licences.ofWeights.isEmpty && context.licences.ofWeights.allSatisfy { $0.osiApproved }
        let claim =
            context.claims.first { $0.isOwn && $0.category == .commercialOK }?.evidence
            ?? (isOpen
                ? context.licences.ofWeights.first.map {
                    Evidence(path: $0.path, lines: $0.lines, quote: "licence of the weights: \($0.expressionID)")
                } : nil)
        guard context.hasWeights, let claim else { return nil }
        let strict = context.model.datasetTerms.filter { $0.certainty == .verified && $0.commercial == "no" }
        guard !strict.isEmpty else { return nil }
        let place = context.release.files.lazy.compactMap { file in
            file.card?.frontMatter?.line("datasets").map { Evidence(path: file.path, lines: LineRange($0)) }
        }.first
        return (
            claim,
            strict.prefix(4).map { data in
                Evidence(
                    path: place?.path ?? ".", lines: place?.lines,
                    quote: "\(data.name): \(data.licence ?? data.terms ?? "no commercial use")"
                        + (data.generatedBy.map { ", outputs of \($0) inside" } ?? ""))
            }
        )
    }
}
