import OpenscanBytes
import OpenscanRules

/// The words of Licenses/languages.yml in the form in which sentences are searched for them.
struct LanguagePhrases: Sendable {
    /// What a phrase is a word of.
    struct Meaning: Sendable {
        let language: Int
        let group: LanguageRules.Group
        let length: Int
    }

    /// All words.
    let all: PhraseSet
    let meanings: [Meaning]
    /// Words for licences and of granting: one of them stands in every statement.
    let signs: PhraseSet
    let signLengths: [Int]

    init(_ languages: [LanguageRules]) {
        var phrases: [String] = []
        var meanings: [Meaning] = []
        for (number, language) in languages.enumerated() {
            for group in LanguageRules.Group.allCases {
                for phrase in (language.words[group] ?? []).flatMap(Self.spellings) {
                    phrases.append(phrase)
                    meanings.append(Meaning(language: number, group: group, length: phrase.utf8.count))
                }
            }
        }
        all = PhraseSet(phrases)
        self.meanings = meanings
        let telling = phrases.indices.filter { meanings[$0].group == .licence || meanings[$0].group == .grants }
        signs = PhraseSet(telling.map { phrases[$0] })
        signLengths = telling.map { meanings[$0].length }
    }

    /// Capitals beyond ASCII are not folded where bytes are compared: a word may begin a sentence.
    private static func spellings(_ phrase: String) -> [String] {
        guard let first = phrase.first(where: { $0 != " " }), !first.isASCII, first.isLowercase,
            let place = phrase.firstIndex(of: first)
        else { return [phrase] }
        var capital = phrase
        capital.replaceSubrange(place...place, with: first.uppercased())
        return [phrase, capital]
    }
}
