import OpenscanBytes

/// Finds notices, tags and references that are known word by word: hashes of runs are compared, so that only the very words match.
///
/// Every place costs four look-ups, and one comparison for each wording that begins with the same words.
struct KnownWordings: @unchecked Sendable {
    // Unchecked because it holds pointers into the index, which never changes.

    struct Found {
        let range: Range<Int>
        let kind: IndexFormat.WordingKind
        /// Number of the expression in the index; of the text for `licence`.
        let expression: Int
    }

    private let index: LicenceIndex
    private let starts: UnsafeBufferPointer<UInt8>
    private let anchors: UnsafeBufferPointer<UInt32>
    private let ranges: [UInt16]
    private let hashes: UnsafeBufferPointer<UInt32>
    private let lengths: UnsafeBufferPointer<UInt16>
    private let values: UnsafeBufferPointer<UInt16>

    init(_ index: LicenceIndex) {
        self.index = index
        starts = index.section(.wordingStarts, of: UInt8.self)
        anchors = index.section(.wordingAnchors, of: UInt32.self)
        ranges = index.wordingRanges()
        hashes = index.section(.wordingHashes, of: UInt32.self)
        lengths = index.section(.wordingLengths, of: UInt16.self)
        values = index.section(.wordingValues, of: UInt16.self)
    }

    /// The expression of a found wording, in ids of the index.
    func expression(_ number: Int) -> String {
        let places = index.section(.wordingExpressions, of: UInt32.self)
        guard number >= 0, number * 2 + 1 < places.count else { return "" }
        let strings = index.section(.expressionTexts, of: UInt8.self)
        let offset = Int(places[number * 2])
        return String(decoding: strings[offset..<offset + Int(places[number * 2 + 1])], as: UTF8.self)
    }

    static func isLonger(_ left: Found, _ right: Found) -> Bool {
        (left.range.count, -left.range.lowerBound) > (right.range.count, -right.range.lowerBound)
    }

    /// The longest wording at each place of `block`.
    func find(_ words: UnsafeBufferPointer<UInt32>, _ block: Range<Int>) -> [Found] {
        guard ranges.count == IndexFormat.wordingBuckets + 1, !anchors.isEmpty, block.count >= 2 else { return [] }
        let sums = RunHash(words, block)
        var out: [Found] = []
        for position in 0..<(block.count - 1) {
            guard starts.hasBit(Int(RunHash.start(sums.hash(position, 2)))) else { continue }
            let left = block.count - position
            var best: (length: Int, value: IndexFormat.WordingValue)?
            for anchorLength in IndexFormat.anchorLengths where anchorLength <= left {
                let anchor = RunHash.anchor(sums.hash(position, anchorLength))
                let bucket = IndexFormat.wordingBucket(anchor)
                var entry = Int(ranges[bucket])
                let end = Int(ranges[bucket + 1])
                while entry < end, anchors[entry] < anchor { entry += 1 }
                // Entries of one anchor are in descending order of length.
                while entry < end, anchors[entry] == anchor {
                    let length = Int(lengths[entry])
                    if length <= left, length >= anchorLength,
                        RunHash.whole(sums.hash(position, length)) == hashes[entry]
                    {
                        if best.map({ length > $0.length }) ?? true {
                            best = (length, IndexFormat.WordingValue(packed: values[entry]))
                        }
                        break
                    }
                    entry += 1
                }
            }
            if let best {
                let start = block.lowerBound + position
                out.append(
                    Found(range: start..<start + best.length, kind: best.value.kind, expression: best.value.number))
            }
        }
        return out
    }
}

/// Polynomial hashes of all runs of a sequence of words, from sums over its beginnings.
public struct RunHash {
    private static let base: UInt64 = 0x9E37_79B9_7F4A_7C15 | 1
    private let sums: [UInt64]
    private let powers: [UInt64]

    init(_ words: UnsafeBufferPointer<UInt32>, _ block: Range<Int>) {
        sums = [UInt64](unsafeUninitializedCapacity: block.count + 1) { out, count in
            var sum: UInt64 = 0
            out[0] = 0
            for (place, position) in block.enumerated() {
                sum = sum &* Self.base &+ Self.mixed(words[position])
                out[place + 1] = sum
            }
            count = block.count + 1
        }
        powers = [UInt64](unsafeUninitializedCapacity: block.count + 1) { out, count in
            var power: UInt64 = 1
            for place in 0...block.count {
                out[place] = power
                power = power &* Self.base
            }
            count = block.count + 1
        }
    }

    @inline(__always)
    func hash(_ start: Int, _ length: Int) -> UInt64 { sums[start + length] &- sums[start] &* powers[length] }

    @inline(__always)
    private static func mixed(_ word: UInt32) -> UInt64 {
        let product = UInt64(word) &* 0xFF51_AFD7_ED55_8CCD
        return product ^ product >> 31
    }

    /// The same hash of one whole sequence.
    public static func of(_ words: some Sequence<UInt32>) -> UInt64 { words.reduce(0) { $0 &* base &+ mixed($1) } }

    /// Place in the table of beginnings.
    @inline(__always)
    public static func start(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((hash ^ hash >> 27) &* 0x8EBC_6AF0_9C88_C6E3) >> 46)
    }

    /// The two values of a hash that the index keeps; they share no bits.
    @inline(__always)
    public static func anchor(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((hash ^ hash >> 29) &* 0xC4CE_B9FE_1A85_EC53) >> 32)
    }

    /// That of the whole wording; `anchor` is that of its beginning.
    @inline(__always)
    public static func whole(_ hash: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: ((hash ^ hash >> 32) &* 0x9FB2_1C65_1E98_DF25) >> 32)
    }
}
