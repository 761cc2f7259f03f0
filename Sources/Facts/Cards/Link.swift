/// An address in a card or README, and what it leads to as far as its form and the words around it tell.
public struct Link: Sendable, Hashable {
    /// What the address leads to: a hub's repository, a page to try the model, files, a form to ask for access.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case hubModel, hubDataset, demo, code, weights, data, paper, form, licence, other
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

    /// A link with its surroundings.
    public init(kind: Kind, target: String, line: Int, quote: String, heading: String = "") {
        self.kind = kind
        self.target = target
        self.line = line
        self.quote = quote
        self.heading = heading
    }
}
