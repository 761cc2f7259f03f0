import OpenscanLicensing

/// Runs of words that texts are found by, in order of hash.
struct SeedTables {
    let hashes: [UInt32]
    /// Text and position of each.
    let places: [UInt32]
    /// Seeds in each range of hashes.
    let counts: [UInt16]
    /// Seeds of each text.
    let countOfText: [UInt16]

    /// - Parameter texts: words of texts by number, as vocabulary numbers.
    init(_ texts: [[UInt16]]) throws {
        var seeds: [(hash: UInt32, place: UInt32)] = []
        var countOfText: [UInt16] = []
        for (number, words) in texts.enumerated() {
            let own = Self.seeds(words)
            countOfText.append(UInt16(clamping: own.count))
            for seed in own { seeds.append((seed.hash, UInt32(number) << 16 | UInt32(seed.position))) }
        }
        seeds.sort { ($0.hash, $0.place) < ($1.hash, $1.place) }
        hashes = seeds.map(\.hash)
        places = seeds.map(\.place)
        counts = try BucketCounts.of(hashes.lazy.map { Int($0 >> 16) }, buckets: IndexFormat.seedBuckets)
        self.countOfText = countOfText
    }

    private static func seeds(_ words: [UInt16]) -> [(hash: UInt32, position: Int)] {
        guard words.count >= IndexFormat.seedLength else { return [] }
        var out: [(UInt32, Int)] = []
        for position in 0...(words.count - IndexFormat.seedLength) {
            let hash = IndexFormat.seedHash(
                words[position], words[position + 1], words[position + 2], words[position + 3], words[position + 4])
            if hash < IndexFormat.seedThreshold || words.count < IndexFormat.shortText { out.append((hash, position)) }
        }
        return out
    }
}

/// Sizes of the buckets of a sorted table.
enum BucketCounts {
    static func of(_ buckets: some Sequence<Int>, buckets count: Int) throws -> [UInt16] {
        var sizes = [Int](repeating: 0, count: count)
        for bucket in buckets { sizes[bucket] += 1 }
        guard let largest = sizes.max(), largest <= Int(UInt16.max) else { throw IndexLimit.tooLargeABucket }
        return sizes.map(UInt16.init)
    }
}
