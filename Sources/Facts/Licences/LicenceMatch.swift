import OpenscanBytes

/// One licence found in a text, with the place and the reason.
public struct LicenceMatch: Sendable, Hashable, Codable {
    /// How the licence was recognised.
    public enum Method: String, Sendable, Codable, Comparable {
        /// The licence's own text.
        case text
        /// Words that put a work under the licence ("licensed under ...").
        case notice
        /// Such words in the head of a source file.
        case header
        /// An SPDX-License-Identifier.
        case tag
        /// A licence field of package or card metadata.
        case metadata
        /// An address of the licence.
        case url
        /// Named, but nothing is licensed by it.
        case mentioned

        private var rank: Int {
            switch self {
            case .text: 0
            case .notice: 1
            case .header: 2
            case .tag: 3
            case .metadata: 4
            case .url: 5
            case .mentioned: 6
            }
        }

        /// By weight, `text` first.
        public static func < (left: Method, right: Method) -> Bool { left.rank < right.rank }
    }

    /// Difference between the found text and the licence's.
    public struct Modification: Sendable, Hashable, Codable {
        /// Words that the licence does not have, quoted, with their line.
        public var added: [Evidence]
        /// Number of the licence's words that are not there.
        public var missingWords: Int

        /// What was added, and how many words are not there.
        public init(added: [Evidence], missingWords: Int) {
            self.added = added
            self.missingWords = missingWords
        }
    }

    /// SPDX id or `LicenseRef-`.
    public var id: LicenceID
    /// How it was recognised.
    public var method: Method
    /// Part of the licence's text that was found, 0...1; 1 for methods other than text and notice.
    public var coverage: Double
    /// Lines of the text that carry it.
    public var lines: LineRange
    /// Bytes of the text that carry it.
    public var bytes: Range<Int>
    /// What differs from the licence's own text; `nil` where nothing that counts does.
    public var modification: Modification?
    /// Parts of the release that the words around say are licensed; empty when they do not say.
    public var subjects: [ReleasePart]
    /// What the clause with the name speaks of besides words for models and licences: "small" of "the small model is under X".
    public var models: [String]
    /// The words that carry it, for short forms.
    public var quote: String?
    /// What the whole statement says, where it names several licences ("MIT OR Apache-2.0").
    public var statement: LicenceExpression?

    /// A licence with its place; unless said, whole and unmodified.
    public init(
        id: LicenceID, method: Method, coverage: Double = 1, lines: LineRange, bytes: Range<Int>,
        modification: Modification? = nil, subjects: [ReleasePart] = [], models: [String] = [], quote: String? = nil,
        statement: LicenceExpression? = nil
    ) {
        self.id = id
        self.method = method
        self.coverage = coverage
        self.lines = lines
        self.bytes = bytes
        self.modification = modification
        self.subjects = subjects
        self.models = models
        self.quote = quote
        self.statement = statement
    }

    /// Whether the text is not the licence's own.
    public var isModified: Bool { modification != nil }
}
