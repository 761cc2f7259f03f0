import OpenscanBytes
import OpenscanFacts

/// The Open Source Definition, and what kinds of licences do to it where no text is at hand (Licenses/osd.yml).
public struct OSDRules: Sendable {
    /// What a kind of licence does to criteria.
    public struct Kind: Sendable {
        /// Criteria that it fails, with the reason.
        public let fails: [OSDCriterion: String]
        /// Criteria that need a person's look, with the reason.
        public let review: [OSDCriterion: String]
    }

    /// Kinds known to be free of restrictions.
    public let free: Set<LicenceCategory>
    /// Kinds that do something to criteria by what they are.
    public let kinds: [LicenceCategory: Kind]
    /// Freedoms of the Open Source AI Definition.
    public let freedoms: [String]
    private let names: [OSDCriterion: String]

    /// - Parameter root: the document `osd`.
    public init(_ root: JSONValue) {
        func table(_ item: JSONValue, _ key: String) -> [OSDCriterion: String] {
            var out: [OSDCriterion: String] = [:]
            for pair in item.pairs(key) {
                if let criterion = ClauseRule.criterion(pair.key) { out[criterion] = pair.value.string ?? "" }
            }
            return out
        }
        free = Set(root.cases("free"))
        var kinds: [LicenceCategory: Kind] = [:]
        for item in root.items("kinds") {
            guard let category = LicenceCategory(rawValue: item.text("category")) else { continue }
            kinds[category] = Kind(fails: table(item, "fails"), review: table(item, "review"))
        }
        self.kinds = kinds
        freedoms = root.list("freedoms")
        var names: [OSDCriterion: String] = [:]
        for item in root.items("criteria") {
            if let criterion = ClauseRule.criterion(item.text("id")) { names[criterion] = item.text("name") }
        }
        self.names = names
    }

    /// A criterion in short.
    public func name(_ criterion: OSDCriterion) -> String { names[criterion] ?? "" }
}
