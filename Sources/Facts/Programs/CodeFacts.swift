/// What a source file does, as far as its calls, imports and definitions show.
public enum CodeRole: String, Sendable, Codable, CaseIterable, Hashable {
    case training, inference, evaluation
    case dataProcessing = "data-processing"
    case architecture
    case fineTuning = "fine-tuning"
    /// Goes over many things and writes them out; what they are, its name says.
    case handling
}

/// Facts about one source file.
public struct CodeFacts: Sendable, Hashable, Codable {
    /// Strength of the signs for each role.
    public var scores: [CodeRole: Int] = [:]
    /// Line of the strongest sign of each role, with its words.
    public var signs: [CodeRole: Sign] = [:]
    /// Addresses and hub names that the code fetches weights or data from.
    public var fetches: [Fetch] = []
    /// Whether a name comes up that runs programs or text.
    public var mentionsRunner = false
    /// Lines that hold code.
    public var codeLines = 0

    /// A line that shows what the code does.
    public struct Sign: Sendable, Hashable, Codable {
        /// The line.
        public var line: Int
        /// Its words.
        public var words: String
        /// How much it tells.
        public var weight: Int

        /// A sign with its place.
        public init(line: Int, words: String, weight: Int) {
            self.line = line
            self.words = words
            self.weight = weight
        }
    }

    /// Something that the code gets from elsewhere.
    public struct Fetch: Sendable, Hashable, Codable {
        /// What is got.
        public enum Kind: Sendable, Hashable, Codable {
            case weights, data
            /// A hub name that stands in a program beside calls that fetch: a default, a constant.
            case named
        }

        /// What is got.
        public var kind: Kind
        /// Address or hub name.
        public var target: String
        /// The line.
        public var line: Int

        /// A fetch with its place.
        public init(kind: Kind, target: String, line: Int) {
            self.kind = kind
            self.target = target
            self.line = line
        }
    }

    /// A file that does nothing.
    public init() {}
}
