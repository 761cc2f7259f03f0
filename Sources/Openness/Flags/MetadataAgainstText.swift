import OpenscanFacts

/// A field of metadata, or a sentence on the weights or the data alone, names another licence than the text of the
/// licence file.
///
/// Guard: each text is held against what speaks of its own part: the field of a card speaks of the weights, a
/// package's of the whole. Variants of one licence that metadata cannot tell apart are no difference.
struct MetadataAgainstText: FlagRule {
    let id: FlagID = "ow-04"
    /// Part of a text that has to be there for the file to count as that licence's.
    static let leastCoverage = 0.75

    func check(_ context: FlagContext) -> FlagFinding? {
        let texts = context.terms.licences.filter { licence in
            licence.method == .text && licence.id != .unknown && licence.coverage >= Self.leastCoverage
                && context.rules.licences.record(licence.id)?.isException != true
        }
        let families = LicenceFamilies(context.rules.licenceWords)
        guard !texts.isEmpty else { return names(context, [], families) }
        return metadata(context, texts, families) ?? prose(context, texts, families)
            ?? names(context, texts, families)
    }

    private struct Seen: Hashable {
        let path: String
        let ids: Set<LicenceID>
    }

    private func isSame(_ one: Named, _ other: Named, _ families: LicenceFamilies) -> Bool {
        one.ids.contains { id in other.ids.contains { families.isNearlySame(id, $0) } }
    }

    /// What one place says of a part.
    private struct Named {
        let source: DeclaredTerms.Source?
        var ids: Set<LicenceID>
        let evidence: Evidence
        /// The models that it speaks of; none where it speaks of all.
        var models: [String] = []

        /// "The following models are under X:" speaks of the items below it; another such line speaks of others.
        var introducesAList: Bool { evidence.quote.map { $0.hasSuffix(":") || $0.hasSuffix("：") } ?? false }
    }

    /// Two places that speak of one part by name alone, and name licences that have nothing in common.
    private func names(_ context: FlagContext, _ texts: [JudgedLicence], _ families: LicenceFamilies) -> FlagFinding? {
        // A release of several models has a text for each: sentences that name two of them speak of two models.
        func hasText(_ named: Named) -> Bool {
            named.ids.contains { id in texts.contains { families.isNearlySame(id, $0.id) } }
        }
        for places in places(context) {
            for (number, one) in places.enumerated() {
                for other in places[(number + 1)...]
                where !isSame(one, other, families) && !(hasText(one) && hasText(other))
                    && !(one.introducesAList && other.introducesAList)
                    && !ModelTerms.areApart(one.models, other.models)
                {
                    let names = Wording.joined(other.ids.sorted().map { Wording($0.rawValue) }, by: ", ")
                    return FlagFinding(
                        claim: one.evidence, evidence: [other.evidence],
                        reasons: [Reason("\(names) is named in another place", [other.evidence])])
                }
            }
        }
        return nil
    }

    /// The fields of a card's head are one place, as a list of them is one statement. A package's metadata speak of its code as well:
    /// they are held against each other only.
    private func places(_ context: FlagContext) -> [[Named]] {
        var ofWeights: [Named] = []
        var ofPackages: [String: [Named]] = [:]
        var seen: Set<Seen> = []
        let badges = context.rules.claims.phrases("says-badge")
        for declared in context.terms.declared where !declared.ids.isEmpty && !declared.value.isFamily {
            let named = Named(source: declared.source, ids: Set(declared.ids), evidence: declared.evidence)
            if declared.source == .package {
                let path = declared.evidence.path
                // A package may carry ten thousand classifiers; what differs is few.
                guard !badges.areIn(declared.evidence.quote ?? ""),
                    seen.insert(Seen(path: path, ids: named.ids)).inserted
                else { continue }
                ofPackages[path, default: []].append(named)
            } else if !declared.isAddress,
                let place = ofWeights.firstIndex(where: {
                    $0.source == declared.source && $0.evidence.path == declared.evidence.path
                })
            {
                ofWeights[place].ids.formUnion(declared.ids)
            } else {
                ofWeights.append(named)
            }
        }
        for licence in context.terms.licences
        where (licence.method == .notice || licence.method == .url) && licence.id != .unknown
            && covers(licence, only: .weights)
        {
            ofWeights.append(
                Named(source: nil, ids: [licence.id], evidence: licence.evidence, models: licence.models))
        }
        return [ofWeights] + ofPackages.sorted { $0.key < $1.key }.map(\.value)
    }

    private func metadata(_ context: FlagContext, _ texts: [JudgedLicence], _ families: LicenceFamilies)
        -> FlagFinding?
    {
        let known = Set(texts.map { families.family($0.id) })
        // Where a sentence says what the weights are under, the field is held against that.
        let isSaid = context.terms.ofWeights.contains { $0.method == .notice || $0.method == .url }
        for declared in context.terms.declared where known.isDisjoint(with: declared.ids.map(families.family)) {
            let relevant =
                declared.source == .package
                ? texts : texts.filter { $0.covers(.weightsFinal) || texts.count == 1 && !isSaid }
            let isVariant = relevant.contains { text in
                declared.ids.contains { families.isNearlySame($0, text.id) }
            }
            guard !declared.ids.isEmpty, !relevant.isEmpty, !isVariant else { continue }
            return finding(claim: declared.evidence, texts: Array(relevant.prefix(2)))
        }
        return nil
    }

    /// Prose that names a licence for the weights or the data, beside a file of theirs that is another.
    private func prose(_ context: FlagContext, _ texts: [JudgedLicence], _ families: LicenceFamilies) -> FlagFinding? {
        for part in [ReleasePart.weights, .data] {
            let texts = texts.filter { covers($0, only: part) }
            for licence in context.terms.licences
            where (licence.method == .notice || licence.method == .url) && covers(licence, only: part) {
                guard let other = texts.first, !texts.contains(where: { families.isNearlySame(licence.id, $0.id) })
                else { continue }
                return finding(claim: licence.evidence, texts: [other])
            }
        }
        return nil
    }

    private func covers(_ licence: JudgedLicence, only part: ReleasePart) -> Bool {
        !licence.appliesTo.isEmpty && licence.appliesTo.allSatisfy(part.components.contains)
    }

    private func finding(claim: Evidence, texts: [JudgedLicence]) -> FlagFinding {
        FlagFinding(
            claim: claim, evidence: texts.map(\.evidence),
            reasons: texts.map { Reason("text of \($0.expressionID)", [$0.evidence]) })
    }
}
