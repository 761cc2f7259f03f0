import OpenscanFacts
import OpenscanRules

/// What has to go along when a release, or something made from it, is passed on.
public struct ShippingPlan: Sendable, Hashable {
    /// A file of the release that goes along as it is.
    public struct File: Sendable, Hashable {
        /// Its path in the release.
        public var path: String
        /// Licences that it holds or names.
        public var licences: [LicenceID]
        /// Parts that those cover; empty for other people's parts.
        public var parts: [ReleasePart]
    }

    /// Files, sorted by path.
    public var files: [File]
    /// Notices in prescribed words, with what asks for them.
    public var notices: [UseDuty]
    /// Words to be shown.
    public var displays: [UseDuty]
    /// What else has to be done on passing it on.
    public var duties: [UseDuty]
    /// Whether what was changed has to be marked.
    public var marksChanges: Bool
    /// What has to go along and is not in the release.
    public var missing: [Reason]

    /// How many files a plan has at most.
    public static let mostFiles = 500
}

extension Judge {
    /// What has to be shipped along with a release.
    public func shippingPlan(_ dossier: Dossier) -> ShippingPlan {
        let asked = dossier.duties.filter { [.redistribute, .derive, .display].contains($0.moment) }
        let isPrescribed = { (duty: UseDuty) in duty.text != nil }
        return ShippingPlan(
            files: files(dossier),
            notices: asked.filter { $0.id == .includeNotice && isPrescribed($0) },
            displays: asked.filter { $0.id == .display },
            duties: asked.filter { !isPrescribed($0) }, marksChanges: asked.contains { $0.id == .stateChanges },
            missing: missing(dossier))
    }

    private func files(_ dossier: Dossier) -> [ShippingPlan.File] {
        var paths = Set(
            dossier.component(.licenceFile).paths + dossier.component(.usagePolicy).paths
                + dossier.licences.filter { $0.method == .text }.map(\.path))
        for other in dossier.otherLicences where other.reason == .thirdParty || other.reason == .policy {
            paths.formUnion(other.paths)
        }
        return paths.filter { !$0.isEmpty }.sorted().prefix(ShippingPlan.mostFiles).map { path in
            let here = dossier.licences.filter { $0.path == path }
            let others = dossier.otherLicences.filter { $0.paths.contains(path) }.map(\.id)
            let covered = Set(here.flatMap(\.appliesTo))
            return ShippingPlan.File(
                path: path, licences: Set(here.map(\.expressionID) + others).sorted(),
                parts: ReleasePart.allCases.filter { !covered.isDisjoint(with: $0.components) })
        }
    }

    /// Texts that are only named, and policies that stand in another place.
    private func missing(_ dossier: Dossier) -> [Reason] {
        let stacks = UseStacks(dossier, rules: rules)
        let terms = ReleasePart.allCases.compactMap(stacks.stack).flatMap(\.terms)
        var out: [Reason] = []
        for licence in terms where licence.reading == .named || licence.reading == .kind {
            out.append(Reason("the text of \(licence.title) is not in the release", [licence.place]))
        }
        if dossier.component(.usagePolicy).paths.isEmpty {
            for clause in terms.flatMap(\.clauses) where rules.clauses.has(clause.id, .refersToPolicy) {
                let words =
                    clause.parameters["url"].map {
                        "a policy that its licence refers to is not in the release: \($0)" as Wording
                    }
                    ?? "a policy that its licence refers to is not in the release"
                out.append(Reason(words, [clause.evidence]))
            }
        }
        if dossier.licences.isEmpty { out.append(Reason("there is no licence to ship along")) }
        var seen = Set<Reason>()
        return out.filter { seen.insert($0).inserted }
    }
}
