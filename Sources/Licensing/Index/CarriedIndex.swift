import OpenscanFacts

/// A compiled index as the compiler of the next one needs it: everything with its number, words as hashes.
public struct CarriedIndex: Sendable {
    /// A licence.
    public struct Record: Sendable {
        /// What the catalogue knows of it.
        public let licence: LicenceRecord
        /// Key of its text in its source.
        public let key: String
    }

    /// A licence's text.
    public struct Text: Sendable {
        /// Number of its licence.
        public let record: Int
        /// What it is to its licence.
        public let kind: IndexFormat.TextKind
        /// Hashes of its words.
        public let words: [UInt32]
        /// The part that has to be there.
        public let core: Range<Int>
    }

    /// Words that are known one by one.
    public struct Wording: Sendable {
        /// Hash of the first words.
        public let anchor: UInt32
        /// Hash of all words.
        public let whole: UInt32
        /// Number of words.
        public let length: Int
        /// What the words are.
        public let kind: IndexFormat.WordingKind
        /// The licences that they name; empty for a licence's own text.
        public let expression: String
    }

    /// The hash of a name or address and the number of the licence that has it.
    public struct Key: Sendable {
        /// Hash of the name or address.
        public let hash: UInt32
        /// Number of the licence.
        public let record: Int
    }

    /// Licences by number.
    public let records: [Record]
    /// Texts by number.
    public let texts: [Text]
    /// Hashes of words by number, the first with number 1; 0 for a number without a word.
    public let words: [UInt32]
    /// Expressions by number.
    public let expressions: [String]
    /// Every wording.
    public let wordings: [Wording]
    /// The table of the wordings' beginnings.
    public let starts: [UInt8]
    /// Names of licences.
    public let aliases: [Key]
    /// Addresses of licences.
    public let addresses: [Key]

    /// Ids of licences that have a text.
    public var withText: Set<String> {
        Set(texts.lazy.filter { $0.kind != .notice }.map { records[$0.record].licence.id.rawValue })
    }

    /// - Parameter index: a verified index.
    public init(_ index: LicenceIndex) {
        records = (0..<index.recordCount).map { Record(licence: index.record($0), key: index.key($0)) }
        let slots = index.section(.vocabularyHashes, of: UInt32.self)
        let numbers = index.section(.vocabularyNumbers, of: UInt16.self)
        var words = [UInt32](repeating: 0, count: Int(numbers.max() ?? 0) + 1)
        for (hash, number) in zip(slots, numbers) where hash != 0 { words[Int(number)] = hash }
        self.words = Array(words.dropFirst())
        texts = (0..<index.textCount).map { number in
            let text = index.text(number)
            return Text(
                record: text.record, kind: text.kind, words: text.words.map { words[Int($0)] }, core: text.core)
        }
        let known = KnownWordings(index)
        let expressions = (0..<index.section(.wordingExpressions, of: UInt32.self).count / 2).map(known.expression)
        self.expressions = expressions
        let anchors = index.section(.wordingAnchors, of: UInt32.self)
        let hashes = index.section(.wordingHashes, of: UInt32.self)
        let lengths = index.section(.wordingLengths, of: UInt16.self)
        let values = index.section(.wordingValues, of: UInt16.self)
        wordings = anchors.indices.map { place in
            let value = IndexFormat.WordingValue(packed: values[place])
            return Wording(
                anchor: anchors[place], whole: hashes[place], length: Int(lengths[place]), kind: value.kind,
                expression: value.kind == .licence ? "" : expressions[value.number])
        }
        starts = Array(index.section(.wordingStarts, of: UInt8.self))
        func keys(_ hashes: IndexFormat.Section, _ records: IndexFormat.Section) -> [Key] {
            zip(index.section(hashes, of: UInt32.self), index.section(records, of: UInt16.self)).map {
                Key(hash: $0, record: Int($1))
            }
        }
        aliases = keys(.aliasHashes, .aliasRecords)
        addresses = keys(.addressHashes, .addressRecords)
    }
}
