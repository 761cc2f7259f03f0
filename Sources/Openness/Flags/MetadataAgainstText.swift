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
        guard !texts.isEmpty else { return nil }
        let families = LicenceFamilies(context.rules.licenceWords)
        return metadata(context, texts, families) ?? prose(context, texts, families)
    }

    private func metadata(_ context: FlagContext, _ texts: [JudgedLicence], _ families: LicenceFamilies)
        -> FlagFinding?
    {
        let known = Set(texts.map { families.family($0.id) })
        for declared in context.terms.declared where known.isDisjoint(with: declared.ids.map(families.family)) {
            let relevant =
                declared.source == .package
                ? texts : texts.filter { $0.covers(.weightsFinal) || texts.count == 1 }
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
