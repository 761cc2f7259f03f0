import OpenscanFacts
import OpenscanRules

/// What the documents that speak for a release say of how it can be had.
struct AccessDocuments {
    private let cards: [SpeakingDocuments.Document]
    private let rules: RuleSet

    init(_ documents: SpeakingDocuments, rules: RuleSet) {
        cards = documents.cards
        self.rules = rules
    }

    /// The first sentence that tells something.
    func first(_ id: DisclosureID) -> Evidence? {
        cards.lazy.flatMap(\.card.disclosures).first { $0.id == id }?.evidence
    }

    /// The first sentence on a way of access.
    func access(_ kind: AccessStatement.Kind) -> Evidence? {
        cards.lazy.flatMap(\.card.access).first { $0.kind == kind }?.evidence
    }

    /// Announcements that name a date.
    func due(_ promise: Evidence) -> StatedDate? {
        cards.lazy.flatMap(\.card.dueDates).first { $0.evidence == promise }?.date
    }

    /// The latest date of the release's own news.
    var latestNews: DatedStatement? {
        cards.compactMap(\.card.latestNews).max { $0.date < $1.date }
    }

    private func field(where fits: (String) -> Bool) -> Evidence? {
        for document in cards {
            let (path, card) = (document.path, document.card)
            guard let head = card.frontMatter, let name = head.fields.keys.filter(fits).min() else { continue }
            return head.evidence(name, value: head.first(name), path: path)
        }
        return nil
    }

    /// A field that asks whoever comes about themselves.
    var formField: Evidence? { field(where: rules.cards.formFields.matches) }

    /// A field that puts something before the files, whatever it asks for; one that shuts a territory out has its own meaning.
    var gateField: Evidence? {
        field { rules.cards.gateFields.matches($0) && rules.cards.territoryFields[$0] == nil }
    }

    /// A field that names what follows this release.
    var successorField: Evidence? { field(where: rules.cards.successorFields.contains) }

    /// A sentence by which somebody decides who gets the files.
    var selectingSentence: Evidence? {
        let kinds = rules.cards.gateKinds
        return cards.lazy.filter(\.isTop).flatMap(\.card.gates).first { sentence in
            let text = (sentence.quote ?? "").lowercased()
            // A form for commercial use stands before a licence, not before the files.
            return kinds.contains { $0.words.areIn(text) } && !isOfCommerce(text)
        }
    }

    private func isOfCommerce(_ text: String) -> Bool {
        rules.claims.phrases.contains { $0.category == .commercialOK && Phrases($0.words).areIn(text) }
    }

    /// A form that is linked where the text asks for something first.
    var formLink: Evidence? {
        for document in cards where document.isTop {
            let (path, card) = (document.path, document.card)
            guard let link = card.links.first(where: { $0.kind == .form && isGated($0) }) else { continue }
            return Evidence(path: path, lines: LineRange(link.line), quote: link.quote)
        }
        return nil
    }

    /// A form may be for feedback, for a survey, for a job.
    private func isGated(_ link: Link) -> Bool {
        let words = link.words + " " + link.heading
        return rules.cards.gated.areIn(words)
            && (rules.cards.gates.areIn(words) || rules.cards.gates.areIn(link.paragraph))
    }

    /// A heading over what says whom to ask.
    var contact: Evidence? {
        guard let section = rules.cards.modelSections.first(where: { $0.id == Self.contactSection }) else { return nil }
        for document in cards {
            let heading = document.card.headings.first {
                $0.content.words >= CardSections.leastWords && section.words.areIn($0.text.lowercased())
            }
            if let heading {
                return Evidence(path: document.path, lines: LineRange(heading.line), quote: heading.text)
            }
        }
        return nil
    }

    private static let contactSection = "contact"
}

/// What is asked of documents here; the words are those of Licenses/disclosures.yml.
extension DisclosureID {
    static let dataWithheld: DisclosureID = "data-withheld"
    static let audienceInsiders: DisclosureID = "audience-insiders"
    static let audienceApplicants: DisclosureID = "audience-applicants"
    static let noGate: DisclosureID = "no-gate"
    static let computeOffered: DisclosureID = "compute-offered"
    static let stagedRelease: DisclosureID = "staged-release"
    static let versioning: DisclosureID = "versioning"
    static let feedback: DisclosureID = "feedback"
    static let retirement: DisclosureID = "retirement"
}
