import OpenscanBytes
import OpenscanLicensing

/// How much the coming or going of a word says about which licence a text is: who holds the rights says little.
enum WordWeights {
    /// Words that stand for a holder, as in "BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS".
    private static let holders: Set<UInt32> = Set(
        [
            "the", "copyright", "holder", "holders", "contributor", "contributors", "author", "authors", "by", "its",
            "their", "his", "her", "s", "inc", "ltd", "llc", "corp", "corporation", "company", "foundation", "regents",
            "university",
            "institute", "project", "team", "group", "developers", "name", "names", "organization", "laboratory",
        ].map(WordHash.of))
    private static let holderWeight: UInt8 = 2
    /// A word of so few licences is a name, as a rule.
    private static let rare = 2
    private static let rareWeight: UInt8 = 4

    /// A weight for each vocabulary number; number 0 stands for words that no licence has.
    static func of(_ vocabulary: [UInt32], _ licences: [Collection.Licence]) -> [UInt8] {
        var uses: [UInt32: Int] = [:]
        for licence in licences {
            for word in licence.texts.reduce(into: Set<UInt32>(), { $0.formUnion($1.words) }) {
                uses[word, default: 0] += 1
            }
        }
        return [rareWeight]
            + vocabulary.map { word in
                holders.contains(word) ? holderWeight : (uses[word] ?? 0) <= rare ? rareWeight : IndexFormat.fullWeight
            }
    }
}
