import Licensing
import Unpacking

/// The words by which claims are found and told apart, from Licenses/claims.yml.
struct ClaimVocabulary: Sendable {
    /// Words that open a claim, by category.
    let phrases: [(category: Claim.Category, words: [String])]
    /// Any of these stands in every text that could hold a claim.
    let triggers: PhraseSet
    private let lists: [String: [String]]
    private let heads: [String: Head]

    /// What a noun behind "open-source" stands for.
    enum Head: Sendable { case model, models, data, dataSets, code, tool, people }

    subscript(_ list: String) -> [String] { lists[list] ?? [] }

    func head(_ word: String) -> Head? { heads[word] }

    static let shared: ClaimVocabulary = {
        let root = LicenceIndex.embedded.document("claims").flatMap { try? JSONValue.parse($0) }
        var lists: [String: [String]] = [:]
        for member in root?["words"]?.members ?? [] { lists[member.key] = member.value.strings }
        var heads: [String: Head] = [:]
        let kinds: [(String, Head)] = [
            ("model", .model), ("models", .models), ("data", .data), ("data-sets", .dataSets), ("code", .code),
            ("tool", .tool), ("people", .people),
        ]
        for (key, head) in kinds { for word in root?["heads"]?[key]?.strings ?? [] { heads[word] = head } }
        return ClaimVocabulary(
            phrases: Claim.Category.allCases.map { ($0, root?["categories"]?[$0.rawValue]?.strings ?? []) },
            triggers: PhraseSet(root?["triggers"]?.strings ?? []), lists: lists, heads: heads)
    }()
}
