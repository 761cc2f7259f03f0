import OpenscanBytes
import OpenscanFacts

/// A yardstick that others published, as data: criteria, each with tests, and how they come to a verdict (Licenses/frameworks/).
public struct Framework: Sendable {
    /// A criterion with its tests; all of them have to be met, or one where the file says so.
    public struct Criterion: Sendable {
        /// What the licence of components has to be: approved by the Open Source Initiative, or failing no criterion.
        public enum Licence: String, Sendable, CaseIterable { case osi, open }

        /// Its id.
        public let id: String
        /// Its name.
        public let name: String
        /// Its name in Chinese.
        public let chinese: String
        /// Components of which each, or any, has to be there.
        public let all, any: [ComponentID]
        /// What their licence has to be.
        public let licence: Licence?
        /// Clauses that the licence of the weights must not have.
        public let freeOf: [ClauseID]
        /// Sections that cards have to have; any of them is a part.
        public let sections: [String]
        /// A criterion of the Open Source Definition.
        public let osd: OSDCriterion?
        /// FLOP of training compute that must not be passed.
        public let computeLimit: Double?
        /// Why files cannot tell.
        public let unknown: String?
        /// What documents have to tell: one of these, all of these.
        public let says, saysAll: [DisclosureID]
        /// Clauses of which the licence of the weights has to have one.
        public let hasTerms: [ClauseID]
        /// Clauses with which a person has to decide.
        public let unclearWith: [ClauseID]
        /// Whether the duties of the bases' licences have to be kept.
        public let keepsDuties: Bool
        /// Whether one of its tests is enough.
        public let needsOne: Bool
        /// Whether the verdict needs it.
        public let isRequired: Bool
        /// What would change the status.
        public let change: String
    }

    /// Its id.
    public let id: String
    /// Its place in reports.
    public let order: Int
    /// Its name.
    public let name: String
    /// Its name in Chinese.
    public let chinese: String
    /// Its version.
    public let version: String
    /// Where it was read.
    public let source: String
    /// What a reader should know beside the criteria, such as how drafts differed; empty for nothing.
    public let notes: String
    /// Its criteria, in order.
    public let criteria: [Criterion]
    /// Words for: all required met, one not met, neither.
    public let verdicts: (met: String, failed: String, open: String)

    /// - Parameter root: a document `frameworks/...`.
    public init(_ root: JSONValue) {
        id = root.text("id")
        order = root.number("order") ?? .max
        name = root.text("name")
        chinese = root.text("zh")
        version = root.text("version")
        source = root.text("source")
        notes = root.text("notes")
        let words = root["verdicts"] ?? .null
        verdicts = (
            words.optionalText("met") ?? "met as far as shown", words.optionalText("failed") ?? "not met",
            words.optionalText("open") ?? "unclear"
        )
        criteria = root.items("criteria").map { item in
            Criterion(
                id: item.text("id"), name: item.text("name"), chinese: item.text("zh"), all: item.cases("all"),
                any: item.cases("any"), licence: Criterion.Licence(rawValue: item.text("licence")),
                freeOf: item.list("free_of").map { ClauseID($0) }, sections: item.list("sections"),
                osd: ClauseRule.criterion(item.text("osd")), computeLimit: Double(item.text("compute_limit")),
                unknown: item.optionalText("unknown"), says: item.list("says").map { DisclosureID($0) },
                saysAll: item.list("says_all").map { DisclosureID($0) },
                hasTerms: item.list("has_terms").map { ClauseID($0) },
                unclearWith: item.list("unclear_with").map { ClauseID($0) }, keepsDuties: item.flag("keeps_duties"),
                needsOne: item.flag("either"), isRequired: item.text("required") != "false",
                change: item.text("change"))
        }
    }

    /// The criterion with this id.
    public func criterion(_ id: String) -> Criterion? { criteria.first { $0.id == id } }
}
