import OpenscanBytes
import OpenscanFacts

/// What cards say besides claims (Licenses/cards.yml).
public struct CardRules: Sendable {
    /// A section that readers expect.
    public struct Section: Sendable {
        /// Its id.
        public let id: String
        /// Words of its heading.
        public let words: Phrases
        /// Field of the head that stands for it.
        public let field: String?
    }

    /// Words by which a way of access is told.
    public struct Access: Sendable {
        /// The way.
        public let kind: AccessStatement.Kind
        /// Words that say it.
        public let words: Phrases
    }

    /// Words of announcements.
    public let promises: Phrases
    /// Words of conditions of access, and what they stand before.
    public let gates, gated: Phrases
    /// Lines of a template that nobody filled in.
    public let placeholders: Phrases
    /// Lines that credit a base.
    public let attributions: Phrases
    /// Lines that say that the model was trained from nothing.
    public let fromScratch: Phrases
    /// Words for training, and for its tokens.
    public let training, tokens: Phrases
    /// Words for checkpoints, for those of the training, and for having them.
    public let checkpoints, checkpointKinds, checkpointOffers: Phrases
    /// Fields of the head that name the licence, the hub's own first.
    public let licenceFields: [String]
    /// Fields that hold the address of the licence's text.
    public let licenceAddressFields: [String]
    /// Fields of the head that name the model.
    public let nameFields: [String]
    /// Fields by which a hub asks for something before the files.
    public let gateFields: NamePatterns
    /// Fields by which a gate asks for data about whoever comes.
    public let formFields: NamePatterns
    /// Fields that name what follows this release.
    public let successorFields: [String]
    /// Words of headings behind which another model's card is quoted.
    public let parentSections: Phrases
    /// Words of headings of a report that follow its references.
    public let annexes: Phrases
    /// Names of the months, January first.
    public let months: [Phrases]
    /// Words before the date of something due: anywhere, and behind the announcement only.
    public let dueAnywhere, dueBehind: Phrases
    /// Fields that shut a territory out where they are true, with its name.
    public let territoryFields: [String: String]
    /// Kinds of what stands before the weights, by words of a sentence that asks for something.
    public let gateKinds: [(kind: String, words: Phrases)]
    /// Ways of access; the first that fits decides.
    public let access: [Access]
    /// Sections of a model card.
    public let modelSections: [Section]
    /// Sections of a data card.
    public let dataSections: [Section]

    /// - Parameter root: the document `cards`.
    public init(_ root: JSONValue) {
        let sentences = root["sentences"] ?? .null
        promises = sentences.phrases("promises")
        gates = sentences.phrases("gates")
        gated = sentences.phrases("gated")
        placeholders = sentences.phrases("placeholders")
        attributions = sentences.phrases("attributions")
        fromScratch = sentences.phrases("from-scratch")
        training = sentences.phrases("training")
        tokens = sentences.phrases("tokens")
        checkpoints = sentences.phrases("checkpoints")
        checkpointKinds = sentences.phrases("checkpoint-kinds")
        checkpointOffers = sentences.phrases("checkpoint-offers")
        licenceFields = root.list("licence-fields")
        licenceAddressFields = root.list("licence-address-fields")
        nameFields = root.list("name-fields")
        gateFields = root.patterns("gate-fields")
        formFields = root.patterns("form-fields")
        successorFields = root.list("successor-fields")
        parentSections = root.phrases("parent-sections")
        annexes = root.phrases("annexes")
        let dates = root["dates"] ?? .null
        months = (dates["months"]?.array ?? []).map { Phrases($0.strings) }
        dueAnywhere = dates.phrases("due-anywhere")
        dueBehind = dates.phrases("due-behind")
        territoryFields = Dictionary(
            root.pairs("territory-fields").map { ($0.key, $0.value.string ?? "") },
            uniquingKeysWith: { first, _ in first })
        gateKinds = root.items("gate-kinds").map { ($0.text("kind"), $0.phrases("words")) }
        access = root.items("access").compactMap { item in
            AccessStatement.Kind(rawValue: item.text("kind")).map { Access(kind: $0, words: item.phrases("words")) }
        }
        func sections(_ key: String) -> [Section] {
            (root["sections"] ?? .null).items(key).map {
                Section(id: $0.text("id"), words: $0.phrases("words"), field: $0.optionalText("field"))
            }
        }
        modelSections = sections("model-card")
        dataSections = sections("data-card")
    }
}
