import OpenscanFacts
import OpenscanRules

/// Which sections that readers expect a model card or data card has.
struct CardSections {
    let rules: CardRules

    private static let most = 50
    /// Words below a heading; fewer say nothing.
    static let leastWords = 3

    /// The cards of a release with their sections.
    func documents(_ release: ReleaseFacts, _ components: [Component]) -> [DocumentSections] {
        [ComponentID.modelCard, .dataCard].flatMap { kind in
            let paths = Set(components.first { $0.id == kind }?.paths ?? [])
            return release.files.filter { paths.contains($0.path) }.prefix(Self.most).compactMap { sections($0, kind) }
        }
    }

    /// What a card has, and what it lacks.
    private func sections(_ file: FileFacts, _ kind: ComponentID) -> DocumentSections? {
        guard let card = file.card else { return nil }
        let table = kind == .dataCard ? rules.dataSections : rules.modelSections
        var found: [String: LineRange] = [:]
        for section in table {
            if let heading = card.headings.first(where: {
                $0.content.words >= Self.leastWords && section.words.areIn($0.text.lowercased())
            }) {
                found[section.id] = LineRange(heading.line)
            } else if let field = section.field, let line = card.frontMatter?.line(field) {
                found[section.id] = LineRange(line)
            }
        }
        return DocumentSections(
            path: file.path, kind: kind, sections: found, missing: table.map(\.id).filter { found[$0] == nil },
            words: card.wordCount)
    }
}
