import OpenscanBytes
import OpenscanFacts

/// Sentences by which documents tell what readers of a release look for (Licenses/disclosures.yml).
public struct DisclosureRules: Sendable {
    /// Something to be told, and the words of a sentence that tells it.
    public struct Rule: Sendable {
        /// Its id.
        public let id: DisclosureID
        /// Names of files that are there to tell it.
        public let files: NamePatterns?
        /// Fields of a card's head that tell it.
        public let fields: [String]
        /// Words of which the sentence has one.
        public let words: Phrases
        /// Lists of each of which the sentence has a word too.
        public let beside: [Phrases]
        /// Words of a heading above that stand for `beside`.
        public let under: Phrases
        /// Units of which one stands behind a number; none are asked for where there are none.
        public let units: Phrases
        /// Whether a number has to stand in the sentence.
        public let needsNumber: Bool
        /// Words that make the sentence about something else.
        public let unless: Phrases
        /// Whether it tells of a state that later news may have ended.
        public let mayPass: Bool
        /// Whether it is told by a sentence that says that something is withheld.
        public let isRefusal: Bool
        /// Whether an announcement tells it: a plan is about what will be.
        public let mayBePlanned: Bool
    }

    /// What may be told, in the order of the file.
    public let rules: [Rule]
    /// Words by which a sentence says that it does not tell.
    public let withheld: Phrases
    /// What a report tells of data, of training and of evaluation.
    public let reportParts: [[DisclosureID]]
    /// Claims of a class of the Model Openness Framework.
    public let opennessClasses: [(number: Int, id: DisclosureID)]
    /// Words of sentences on how others do it.
    public let others: Phrases
    /// The words of all rules, and the rule of each.
    private let phrases: PhraseSet
    private let owners: [Int]

    /// - Parameter root: the document `disclosures`.
    public init(_ root: JSONValue) {
        withheld = root.phrases("withheld")
        others = root.phrases("others")
        reportParts = (root["report-parts"]?.array ?? []).map { $0.strings.map { DisclosureID($0) } }
        opennessClasses = root.items("openness-classes").map {
            ($0.number("class") ?? 0, DisclosureID($0.text("told")))
        }
        rules = root.items("disclosures").map { item in
            Rule(
                id: DisclosureID(item.text("id")), files: item.list("files").isEmpty ? nil : item.patterns("files"),
                fields: item.list("fields"),
                words: item.phrases("words"),
                beside: ["beside", "also"].map(item.phrases).filter { !$0.words.isEmpty },
                under: item.phrases("under"), units: item.phrases("units"), needsNumber: item.flag("number"),
                unless: item.phrases("unless"),
                mayPass: item.flag("passing"), isRefusal: item.flag("refusal"), mayBePlanned: item.flag("planned"))
        }
        let words = rules.enumerated().flatMap { number, rule in rule.words.words.map { (number, $0) } }
        phrases = PhraseSet(words.map(\.1))
        owners = words.map(\.0)
    }

    /// Rules of which a word stands in a text, in their order: one look for all of them.
    /// - Parameter text: in lower case.
    public func mentioned(in text: [UInt8]) -> [Rule] {
        var found = Set<Int>()
        text.withUnsafeBytes { phrases.forEach(in: $0) { phrase, _ in found.insert(owners[phrase]) } }
        return found.sorted().map { rules[$0] }
    }

    /// The rule with this id.
    public subscript(_ id: DisclosureID) -> Rule? { rules.first { $0.id == id } }
}
