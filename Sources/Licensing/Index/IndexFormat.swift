import OpenscanFacts

/// Layout of the compiled index. Little-endian, every section on a 64-byte boundary, read where it lies.
///
///     "OSIX" version sectionCount (offset length)[sectionCount] sections...
///
/// Words, records, texts and expressions are numbered in the order in which they came: what is added gets the numbers
/// behind, so that adding a licence appends to the tables by number and inserts into the sorted ones, and leaves all
/// other bytes alone.
public enum IndexFormat {
    /// First bytes of an index.
    public static let magic: [UInt8] = Array("OSIX".utf8)
    /// Edition of the layout.
    public static let version: UInt32 = 3

    /// Parts of an index, in order.
    public enum Section: Int, CaseIterable, Sendable {
        /// UTF-8 of all ids, names and keys, record by record.
        case strings
        /// `recordSize` bytes a licence, in order of number.
        case records
        /// `textSize` bytes a text, in order of number; the texts of a record need not stand together.
        case texts
        /// All texts' words as vocabulary numbers, 16 bits each.
        case words
        /// Open-addressing table of word hashes, 32 bits a slot, 0 for a free one.
        case vocabularyHashes
        /// Vocabulary number of each slot, 16 bits.
        case vocabularyNumbers
        /// How much each vocabulary word tells, in sixteenths; 8 bits.
        case wordWeights
        /// Number of seeds in each of `seedBuckets` ranges of seed hashes, 16 bits each.
        case seedCounts
        /// Seed hashes in order, 32 bits.
        case seedHashes
        /// Text and position of each seed, 16 bits each.
        case seedPlaces
        /// Hashes of names in order, 32 bits.
        case aliasHashes
        /// Record of each name, 16 bits.
        case aliasRecords
        /// Hashes of licence addresses in order, 32 bits.
        case addressHashes
        /// Record of each address, 16 bits.
        case addressRecords
        /// One bit for each value of the upper 20 bits of a seed hash that is in use.
        case seedBits
        /// Hashes of the first words of each known wording, in order, 32 bits; one entry for each length of
        /// `anchorLengths` in use.
        case wordingAnchors
        /// One bit for each hash of two words with which a wording begins; `startBits` of them.
        case wordingStarts
        /// Number of entries in each of `wordingBuckets` ranges of anchor hashes, 16 bits each.
        case wordingCounts
        /// Hash of all words of each wording, 32 bits.
        case wordingHashes
        /// Number of words of each wording, 16 bits.
        case wordingLengths
        /// Kind in the upper four bits and number of the expression in the others, 16 bits.
        case wordingValues
        /// Place in `expressionTexts` of each expression: offset 32 bits, length 32 bits.
        case wordingExpressions
        /// UTF-8 of all expressions.
        case expressionTexts
    }

    /// Bytes before the digest of what follows the head.
    public static let headerSize = 12 + Section.allCases.count * 8
    /// Bytes before the first section.
    public static let headSize = (headerSize + 8 + alignment - 1) / alignment * alignment
    /// Sections begin at multiples of this.
    public static let alignment = 64
    /// Kinds of licences by the number that records carry; append, never reorder.
    public static let categories: [LicenceCategory] = [
        .permissive, .publicDomain, .copyleft, .copyleftLimited, .openData, .openRAIL, .llamaStyle, .sourceAvailable,
        .researchOnly, .nonCommercial, .noDerivatives, .proprietary, .usePolicy, .exception, .unclear,
    ]

    /// Bytes of a record: offset (32 bits) and length (16 bits) of id, name and key in `strings`, kind and flags
    /// (8 bits each).
    public static let recordSize = 20
    /// Bytes of a text: record (16 bits), kind (8), nothing (8), first word (32), number of words, begin and end of the
    /// core, number of seeds (16 each).
    public static let textSize = 16
    /// Slots of the table of words.
    public static let vocabularySlots = 1 << 16
    /// Ranges of seed hashes, by their upper 16 bits.
    public static let seedBuckets = 1 << 16

    /// Weight of a word that tells as much as any.
    public static let fullWeight: UInt8 = 16

    /// Words per seed.
    public static let seedLength = 5
    /// A run of words is a seed when its hash is below this: one in five.
    public static let seedThreshold = UInt32.max / 5
    /// Texts with fewer words than this have a seed at every place.
    public static let shortText = 60

    /// A wording is looked up by its first 2, 3, 4 or 8 words, the longest of these that it has.
    public static let anchorLengths = [2, 3, 4, 8]
    /// Ranges of anchor hashes, by their upper bits.
    public static let wordingBuckets = 1 << 13

    /// The range that an anchor hash is in.
    @inline(__always)
    public static func wordingBucket(_ anchor: UInt32) -> Int { Int(anchor >> 19) }

    /// Bits of the table of beginnings.
    public static let startBits = 1 << 18
    /// Expressions that 12 bits can number.
    public static let mostExpressions = 1 << 12

    /// What words that are known one by one are.
    public enum WordingKind: UInt8, Sendable {
        /// They put something under a licence.
        case notice = 0
        /// A licence's own words in a form that its text does not have.
        case text = 1
        /// A field of metadata with its value.
        case tag = 2
        /// A name or address of a licence.
        case reference = 3
        /// They look like a licence's and are not.
        case other = 4
        /// The core of a text of the index.
        case licence = 5
    }

    /// Kind and number of a wording, as the index packs them.
    public struct WordingValue: Sendable {
        /// What the words are.
        public let kind: WordingKind
        /// Of the expression, or of the text for `licence`; below `mostExpressions`.
        public let number: Int

        /// A kind with a number.
        public init(_ kind: WordingKind, _ number: Int) {
            self.kind = kind
            self.number = number
        }

        /// A value as the index packs it.
        public init(packed: UInt16) {
            self.init(WordingKind(rawValue: UInt8(packed >> 12)) ?? .other, Int(packed & 0xFFF))
        }

        /// As the index packs it.
        public var packed: UInt16 { UInt16(kind.rawValue) << 12 | UInt16(number) }
    }

    /// What a text is to its licence.
    public enum TextKind: UInt8, Sendable {
        /// The licence itself.
        case full = 0
        /// The words that put a work under the licence.
        case notice = 1
        /// An exception to another licence.
        case exception = 2
    }

    /// Hash of a run of words by their vocabulary numbers.
    @inline(__always)
    public static func seedHash(_ first: UInt16, _ second: UInt16, _ third: UInt16, _ fourth: UInt16, _ fifth: UInt16)
        -> UInt32
    {
        var hash = UInt64(first) | UInt64(second) << 16 | UInt64(third) << 32 | UInt64(fourth) << 48
        hash = (hash ^ UInt64(fifth) &* 0x9E37_79B9_7F4A_7C15) &* 0xFF51_AFD7_ED55_8CCD
        hash ^= hash >> 32
        hash = hash &* 0xC4CE_B9FE_1A85_EC53
        return UInt32(truncatingIfNeeded: hash >> 32)
    }

    /// Where each bucket of a sorted table begins, and where the last one ends, from the buckets' sizes. The sizes are
    /// what the index keeps: a new entry changes one of them, and would shift all beginnings behind it.
    public static func ranges<Place: FixedWidthInteger>(_ counts: some Sequence<UInt16>, as type: Place.Type) -> [Place]
    {
        var sum: Place = 0
        var out: [Place] = [0]
        out.reserveCapacity(counts.underestimatedCount + 1)
        for count in counts {
            sum &+= Place(truncatingIfNeeded: count)
            out.append(sum)
        }
        return out
    }
}
