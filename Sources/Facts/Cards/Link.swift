/// An address in a card or README, and what it leads to as far as its form and the words around it tell.
public struct Link: Sendable, Hashable, Codable {
    /// What the address leads to: a hub's repository, a page to try the model, files, a form to ask for access.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case hubModel, hubDataset, demo, code, weights, data, paper, form, licence, other
    }

    /// Where in a text an address stands.
    public enum Setting: Sendable, Hashable, Codable {
        case prose
        /// A block of code, or words between backticks.
        case code
        /// What is shown in place: pictures, sounds, films.
        case shown
    }

    /// What a link's own words call its target.
    public enum Noun: String, Sendable, Hashable, Codable, CaseIterable {
        case weights, data, code, paper, demo
        /// Anything else that a release links to: a page, a blog, records of the training.
        case page
    }

    /// What the address leads to.
    public var kind: Kind
    /// The address.
    public var target: String
    /// Its line.
    public var line: Int
    /// The words around.
    public var quote: String
    /// The headings above, lower case.
    public var heading: String
    /// The words that carry the link, lower case; empty where the address stands alone.
    public var anchor: String
    /// The sentence, list item or row that it stands in: lower case, without addresses, up to `longestWords` bytes on either side.
    public var words: String
    /// The part of `words` before the link.
    public var lead: String
    /// The lines of its paragraph that are near, lower case, without addresses.
    public var paragraph: String
    /// Where it stands.
    public var setting: Setting
    /// What its own words call the target; `nil` where they do not say.
    public var noun: Noun?

    /// Bytes of a sentence on either side of a link that count as said of it.
    public static let longestWords = 600

    /// A link with its surroundings.
    /// - Parameters:
    ///   - words: the quote in lower case where none are given.
    ///   - paragraph: the words where none is given.
    public init(
        kind: Kind, target: String, line: Int, quote: String, heading: String = "", anchor: String = "",
        words: String? = nil, lead: String = "", paragraph: String? = nil, setting: Setting = .prose, noun: Noun? = nil
    ) {
        self.kind = kind
        self.target = target
        self.line = line
        self.quote = quote
        self.heading = heading
        self.anchor = anchor
        let said = words ?? quote.lowercased()
        self.words = said
        self.lead = lead
        self.paragraph = paragraph ?? said
        self.setting = setting
        self.noun = noun
    }
}
