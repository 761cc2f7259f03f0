import OpenscanBytes

/// What puts words of a licence under a permission or a prohibition (`moods` of Licenses/clauses.yml).
public struct MoodRules: Sendable {
    /// What a phrase does to the words around it.
    public enum Cue: String, Sendable, CaseIterable {
        case forbids
        /// The next word or two, and not the list behind them.
        case forbidsAWord = "forbids-a-word"
        /// What stands before it.
        case isForbidden = "is-forbidden"
        case allows
        case allowsUnlessForbidden = "allows-unless-forbidden"
        /// Begins an exception or a condition.
        case ends
        case saysNothing = "says-nothing"
    }

    /// Phrases by what they do, in the order in which they are tried.
    public let cues: [(cue: Cue, phrases: [String])]
    /// What a prohibition may be for, so that it leaves the others.
    public let purposes: [String]
    /// What sounds like a purpose and is every one.
    public let everyPurpose: [String]
    /// What leaves a use free, so that fields and uses named behind it are examples.
    public let freeUses: [String]
    /// Words that turn such a sentence round.
    public let turns: [String]
    /// Words between two items of a list that are in neither.
    public let joins: [String]
    /// Words that end an adjective.
    public let adjectiveEnds: [String]

    /// - Parameter root: the record `moods`.
    init(_ root: JSONValue) {
        cues = root.items("cues").compactMap { item in
            Cue(rawValue: item.text("cue")).map { ($0, item.list("phrases")) }
        }
        purposes = root.list("purposes")
        everyPurpose = root.list("every-purpose")
        freeUses = root.list("free-uses")
        turns = root.list("turns")
        joins = root.list("joins")
        adjectiveEnds = root.list("adjective-ends")
    }
}
