/// Layout of the compiled index. Little-endian, every section on a 64-byte boundary, read where it lies.
///
///     "OSIX" version sectionCount (offset length)[sectionCount] sections...
public enum IndexFormat {
    public static let magic: [UInt8] = Array("OSIX".utf8)
    public static let version: UInt32 = 2

    public enum Section: Int, CaseIterable, Sendable {
        /// UTF-8 of all ids and names.
        case strings
        /// `recordSize` bytes a licence, sorted by id.
        case records
        /// `textSize` bytes a text, sorted by record.
        case texts
        /// All texts' words as vocabulary numbers, 16 bits each.
        case words
        /// Open-addressing table of word hashes, 32 bits a slot, 0 for a free one.
        case vocabularyHashes
        /// Vocabulary number of each slot, 16 bits.
        case vocabularyNumbers
        /// How much each vocabulary word tells, in sixteenths; 8 bits.
        case wordWeights
        /// First seed of each of 65,536 ranges of seed hashes, and one more for the end; 32 bits each.
        case seedRanges
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
        /// Hashes of the first words of each known wording, in order, 32 bits; one entry for each length of `anchorLengths` in use.
        case wordingAnchors
        /// One bit for each hash of two words with which a wording begins; `startBits` of them.
        case wordingStarts
        /// First entry of each of `wordingBuckets` ranges of anchor hashes, and one more for the end; 16 bits each.
        case wordingRanges
        /// Hash of all words of each wording, 32 bits.
        case wordingHashes
        /// Number of words of each wording, 16 bits.
        case wordingLengths
        /// Kind in the upper four bits and number of the expression in the others, 16 bits.
        case wordingValues
        /// Place in `strings` of each expression: offset 32 bits, length 32 bits.
        case wordingExpressions
        /// Rule data from Licenses/ as compact JSON: `name\0length32 bytes`, one after the other.
        case documents
    }

    public static let headerSize = 12 + Section.allCases.count * 8
    public static let recordSize = 32
    public static let textSize = 16
    public static let vocabularySlots = 1 << 16

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
    public static let wordingBuckets = 1 << 13

    @inline(__always)
    public static func wordingBucket(_ anchor: UInt32) -> Int { Int(anchor >> 19) }

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
        public let kind: WordingKind
        /// Of the expression, or of the text for `licence`; below `mostExpressions`.
        public let number: Int

        public init(_ kind: WordingKind, _ number: Int) {
            self.kind = kind
            self.number = number
        }

        public init(packed: UInt16) {
            self.init(WordingKind(rawValue: UInt8(packed >> 12)) ?? .other, Int(packed & 0xFFF))
        }

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
}

/// Kind of licence, after the categories of the pinned package (ScanCode) with finer ones for AI licences.
public enum LicenceCategory: UInt8, Sendable, Codable, CaseIterable {
    case permissive, publicDomain, copyleft, copyleftLimited, openData
    case openRAIL, llamaStyle, sourceAvailable, researchOnly, nonCommercial, noDerivatives, proprietary, usePolicy
    case exception, unclear

    /// The name used in reports.
    public var id: String {
        switch self {
        case .permissive: "permissive"
        case .publicDomain: "public-domain"
        case .copyleft: "copyleft"
        case .copyleftLimited: "copyleft-limited"
        case .openData: "open-data"
        case .openRAIL: "openrail"
        case .llamaStyle: "llama-style"
        case .sourceAvailable: "source-available"
        case .researchOnly: "research-only"
        case .nonCommercial: "non-commercial"
        case .noDerivatives: "no-derivatives"
        case .proprietary: "proprietary"
        case .usePolicy: "use-policy"
        case .exception: "exception"
        case .unclear: "unclear"
        }
    }

    public init?(id: String) {
        guard let found = Self.allCases.first(where: { $0.id == id }) else { return nil }
        self = found
    }
}
