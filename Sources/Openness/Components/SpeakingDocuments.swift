import OpenscanFacts
import OpenscanRules

/// Documents that speak for a release: READMEs at its top or near it, cards, and the reports that were read.
struct SpeakingDocuments {
    /// A document, and whether it stands at the top.
    struct Document {
        let path: String
        let isTop: Bool
        let card: CardFacts
    }

    /// Cards and READMEs, the outermost first.
    let cards: [Document]
    private let release: ReleaseFacts
    private let rules: RuleSet

    private static let deepest = 2

    init(_ release: ReleaseFacts, rules: RuleSet) {
        self.release = release
        self.rules = rules
        var cards: [Document] = []
        for file in release.files where file.place.area == .main && !rules.places.isCommunityFile(file.place) {
            guard let card = file.card else { continue }
            let place = file.place
            let isCard = [ComponentID.modelCard, .dataCard].contains {
                rules.components[$0]?.files.matches(place.name) ?? false
            }
            guard place.depth == 0 || place.isReadme && place.depth <= Self.deepest || isCard else { continue }
            let isTop = place.depth == 0 && (place.isReadme || isCard)
            cards.append(Document(path: file.path, isTop: isTop, card: card))
        }
        self.cards = cards.filter(\.isTop) + cards.filter { !$0.isTop }
    }

    /// Places that are kept of one thing that is told.
    private static let mostPlaces = 3

    /// Everything that is told: by sentences of cards and reports, and by files that are there for it alone.
    func disclosures(_ components: [Component]) -> [Disclosure] {
        let reports = Set(
            components.filter { $0.id == .researchPaper || $0.id == .technicalReport }.flatMap(\.paths))
        var all = cards.flatMap(\.card.disclosures)
        for file in release.files where reports.contains(file.path) { all += file.card?.disclosures ?? [] }
        let telling = rules.disclosures.rules.filter { $0.files != nil }
        for file in release.files where file.place.area == .main && file.place.depth <= 1 {
            for rule in telling where rule.files?.matches(file.place.name) ?? false {
                all.append(Disclosure(id: rule.id, evidence: Evidence(path: file.path)))
            }
        }
        var counts: [DisclosureID: Int] = [:]
        var seen = Set<Disclosure>()
        return all.filter {
            // A report at the top speaks as a document there as well.
            guard seen.insert($0).inserted else { return false }
            counts[$0.id, default: 0] += 1
            return counts[$0.id, default: 0] <= Self.mostPlaces
        }
    }
}
