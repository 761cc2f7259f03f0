import OpenscanFacts

/// Metadata names a licence, and no file carries its text.
///
/// Guard: a card that gives an address for the text is not broken: what lies behind the address cannot be seen from
/// files.
struct LicenceTextMissing: FlagRule {
    let id: FlagID = "ow-10"

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.component(.licenceFile).status != .present else { return nil }
        let families = LicenceFamilies(context.rules.licenceWords)
        let ownText = Set(context.rules.licenceWords["own-text"])
        let texts = Set(
            context.terms.licences.filter { $0.method == .text || $0.method == .notice || $0.method == .header }
                .map { families.family($0.id) })
        let cardsWithAddress = Set(context.release.files.filter(givesAddress).map(\.path))
        let declared = context.terms.declared.first { declared in
            let isNamed = !declared.ids.isEmpty && texts.isDisjoint(with: declared.ids.map(families.family))
            let isPlaceholder =
                (ownText.contains(declared.value.raw.lowercased()) || declared.value.isUnknown) && texts.isEmpty
            let isElsewhere = declared.source == .card && cardsWithAddress.contains(declared.evidence.path)
            return (isNamed || isPlaceholder) && !isElsewhere
        }
        guard let declared else { return nil }
        return FlagFinding(claim: declared.evidence, reasons: [Reason("no file carries the text")])
    }

    private func givesAddress(_ file: FileFacts) -> Bool {
        file.card?.frontMatter?.first(CardFields.licenceLink)?.contains("://") == true
    }
}
