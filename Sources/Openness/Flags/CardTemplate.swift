import OpenscanFacts

/// The model card is a template that nobody filled in, or another model's card.
///
/// Guard: adapters often come with cards that tools made: a note only.
struct CardTemplate: FlagRule {
    let id: FlagID = "ow-24"
    /// Lines of a template from which on a card counts as one.
    static let fewestPlaceholders = 3

    func check(_ context: FlagContext) -> FlagFinding? {
        let isAdapter = context.component(.weightsAdapter).status == .present
        for file in context.files(of: .modelCard) {
            guard let lines = file.card?.placeholders, lines.count >= Self.fewestPlaceholders else { continue }
            let shown = Array(lines.prefix(3))
            return FlagFinding(
                severity: isAdapter ? .info : nil, claim: Evidence(path: file.path), evidence: shown,
                reasons: [Reason("\(lines.count) lines of a template are not filled in", shown)])
        }
        return copied(context, isAdapter: isAdapter)
    }

    /// Words of a card's own, before the card of another model that it quotes.
    static let fewestWords = 40

    /// A card that is another model's, with next to no words of its own.
    private func copied(_ context: FlagContext, isAdapter: Bool) -> FlagFinding? {
        for file in context.files(of: .modelCard) {
            guard let card = file.card, let quoted = card.parentCard, card.wordCount < Self.fewestWords else {
                continue
            }
            return FlagFinding(
                severity: isAdapter ? .info : nil, claim: Evidence(path: file.path), evidence: [quoted],
                reasons: [Reason("\(card.wordCount) words of its own, then the card of another model", [quoted])])
        }
        return nil
    }
}
