import OpenscanBytes
import OpenscanRules

/// The words of Licenses/licence-words.yml in the forms in which texts are compared with them.
struct LicencePhrases: Sendable {
    /// Words between "under" or "license" and a name.
    let leadIns: Set<UInt32>
    /// Ordinary words that alone are the name of some licence.
    let tooCommon: Set<UInt32>
    /// Words before and behind a name that make it another licence's.
    let altered: Set<UInt32>
    let alteredBehind: Set<UInt32>
    /// Words that a hyphen may join to a whole name, and words with which a name goes on.
    let joinedToNames, goingOn: Set<UInt32>
    /// Words between the names of a choice.
    let joints: Set<UInt32>
    /// Words that mean "or".
    let or: Set<UInt32>
    /// Words that mean "and".
    let and: Set<UInt32>
    /// Words that offer a choice.
    let offers: Phrases
    /// Borders between parts of a sentence that speak of different things.
    let borders: PhraseSet
    /// Bytes of each border.
    let borderLengths: [Int]
    /// Words with which a clause about the release itself begins.
    let ownSubjects: PhraseSet
    let ownSubjectLengths: [Int]
    /// Words of a clause on models that tell none from another.
    let subjectFillers: Set<String>
    /// Words behind a name that put further parts under the same licence.
    let goingWith: [[UInt8]]
    /// Words around a name, all groups together.
    let sentence: PhraseSet
    /// Bytes of each of those words.
    let sentenceLengths: [Int]
    /// The group of each of those words, by its place in `groups`.
    let groupOfPhrase: [Int]
    /// Words that change what a text allows.
    let operatives: OperativeWords

    private static let groups = [
        "grants", "leading", "mentions", "weights", "model", "model-card", "code", "data", "documents",
        "denials", "exceptions",
    ]

    init(_ words: LicenceWords) {
        func hashes(_ list: String) -> Set<UInt32> { Set(words[list].map(WordHash.of)) }
        leadIns = hashes("lead-ins")
        tooCommon = hashes("too-common")
        altered = hashes("altered")
        alteredBehind = hashes("altered-behind")
        joinedToNames = hashes("joined-to-names")
        goingOn = hashes("going-on")
        // Of words in ideographs each is a token of its own.
        func tokens(_ list: String) -> Set<UInt32> { Set(words[list].flatMap { Tokenizer.tokens(of: $0).hashes }) }
        or = tokens("alternatives")
        and = tokens("field-and")
        joints = tokens("joints").union(or).union(and)
        offers = Phrases(words["offers"])
        borders = PhraseSet(words["borders"])
        borderLengths = words["borders"].map(\.utf8.count)
        ownSubjects = PhraseSet(words["own-subjects"])
        ownSubjectLengths = words["own-subjects"].map(\.utf8.count)
        subjectFillers = Set(words["subject-filler"])
        goingWith = words["going-with"].map { Array($0.utf8) }
        let around = Self.groups.flatMap { words[$0] }
        sentence = PhraseSet(around)
        sentenceLengths = around.map(\.utf8.count)
        groupOfPhrase = Self.groups.enumerated().flatMap { number, list in words[list].map { _ in number } }
        operatives = OperativeWords(words)
    }
}
