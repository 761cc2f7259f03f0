import OpenscanBytes
import OpenscanFacts

/// The words by which claims are found and told apart (Licenses/claims.yml).
public struct ClaimVocabulary: Sendable {
    /// What a noun behind "open-source" stands for. Plurals (`models`, `dataSets`) are other people's unless the
    /// sentence says whose; of a tool or of people it says nothing about the model.
    public enum Head: String, Sendable, CaseIterable {
        case model, models, data
        case dataSets = "data-sets"
        case code, tool, people
    }

    /// Words that open a claim, by category.
    public let phrases: [(category: Claim.Category, words: [String])]
    /// Any of these stands in every text that could hold a claim.
    public let triggers: PhraseSet
    /// Words of headings that name no release.
    public let genericNames: Set<String>
    /// Names that stand in every card.
    public let namesEverywhere: Set<String>
    /// Any of these stands in every sentence that binds somebody.
    public let bindingWords: Phrases
    /// Any of these stands in every line that names a part of a release.
    public let partWords: Phrases
    /// Any of these stands in every line that names a licence as such.
    public let termWords: Phrases
    private let lists: [String: [String]]
    private let heads: [String: Head]

    /// - Parameters:
    ///   - root: the document `claims`.
    ///   - languages: words of further languages.
    public init(_ root: JSONValue, languages: [LanguageRules] = []) {
        var lists: [String: [String]] = [:]
        for member in root.pairs("words") { lists[member.key] = member.value.strings }
        lists["limit-binds-abroad"] = languages.flatMap { $0.words[.binds] ?? [] }
        lists["limit-others-abroad"] = languages.flatMap { $0.words[.others] ?? [] }
        lists["limit-own-abroad"] = languages.flatMap { $0.words[.own] ?? [] }
        var heads: [String: Head] = [:]
        for member in root.pairs("heads") {
            guard let head = Head(rawValue: member.key) else { continue }
            for word in member.value.strings { heads[word] = head }
        }
        let categories = root["categories"] ?? .null
        phrases = Claim.Category.allCases.map { ($0, categories.list($0.rawValue)) }
        triggers = PhraseSet(root.list("triggers"))
        genericNames = Set(lists["generic-names"] ?? [])
        namesEverywhere = Set(lists["names-everywhere"] ?? [])
        bindingWords = Phrases(
            ["limit-binds", "limit-headings", "limit-turns", "limit-nobody"].flatMap { lists[$0] ?? [] }
                // A line may begin or end with one.
                + (lists["limit-binds-abroad"] ?? []).map(\.trimmed))
        // Without the spaces that keep words apart: a line may begin or end with one.
        partWords = Phrases(
            ["subject-model", "subject-code", "subject-data", "weights-nouns"].flatMap { lists[$0] ?? [] }.map(
                \.trimmed))
        termWords = Phrases(lists["licence-terms"] ?? [])
        self.lists = lists
        self.heads = heads
    }

    /// A list of words by its name.
    public subscript(_ list: String) -> [String] { lists[list] ?? [] }

    /// A list of words to look for in lower-case text.
    public func phrases(_ list: String) -> Phrases { Phrases(self[list]) }

    /// What a noun stands for.
    public func head(_ word: String) -> Head? { heads[word] }
}
