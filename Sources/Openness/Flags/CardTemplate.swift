import OpenscanFacts

/// The model card is a template that nobody filled in.
///
/// Guard: adapters often come with cards that tools made.
struct CardTemplate: FlagRule {
    let id: FlagID = "ow-24"
    /// Lines of a template from which on a card counts as one.
    static let fewestPlaceholders = 3

    func check(_ context: FlagContext) -> FlagFinding? {
        guard context.component(.weightsAdapter).status != .present else { return nil }
        for file in context.files(of: .modelCard) {
            guard let lines = file.card?.placeholders, lines.count >= Self.fewestPlaceholders else { continue }
            let shown = Array(lines.prefix(3))
            return FlagFinding(
                claim: Evidence(path: file.path), evidence: shown,
                reasons: [Reason("\(lines.count) lines of a template are not filled in", shown)])
        }
        return nil
    }
}
