/// Finds which texts of the index could be in a text: runs of five words are looked up, and the texts that share many are candidates.
public struct SeedSearch: @unchecked Sendable {
    // Unchecked because it holds pointers into the index, which never changes.

    struct Hit {
        /// Position of the run's first word in the scanned text.
        let position: Int32
        /// Position of the run's first word in the candidate.
        let textPosition: UInt16
    }

    struct Candidate {
        let text: Int
        let seedHits: Int
        /// Part of the candidate's seeds that were found at least once, estimated.
        let containment: Double

        /// How much it would explain.
        var weight: Double { Double(seedHits) * containment }
    }

    let index: LicenceIndex
    private let bits: UnsafeBufferPointer<UInt8>
    private let ranges: [UInt32]
    private let hashes: UnsafeBufferPointer<UInt32>
    private let places: UnsafeBufferPointer<UInt32>

    init(_ index: LicenceIndex) {
        self.index = index
        bits = index.section(.seedBits, of: UInt8.self)
        ranges = index.seedRanges()
        hashes = index.section(.seedHashes, of: UInt32.self)
        places = index.section(.seedPlaces, of: UInt32.self)
    }

    private static let bitCount = 1 << 20

    @inline(__always)
    private static func bit(_ hash: UInt32) -> Int { Int(hash >> 12) }

    /// One bit for each of the values of the upper bits that `hashes` have.
    public static func bits(of hashes: [UInt32]) -> [UInt8] {
        var out = [UInt8](repeating: 0, count: bitCount / 8)
        for hash in hashes { out.setBit(bit(hash)) }
        return out
    }

    /// A seed of the scanned text and its entries in the index.
    struct Found {
        let position: Int32
        let first: UInt32
        let count: UInt32
    }

    /// Seeds of `words[range]` that the index knows.
    func seeds(_ words: UnsafeBufferPointer<UInt16>, _ range: Range<Int>) -> [Found] {
        guard !ranges.isEmpty, range.count >= IndexFormat.seedLength else { return [] }
        var found: [Found] = []
        found.reserveCapacity(range.count / 8)
        // Distance from the last word that no licence has: a run must not hold one.
        var known = 0
        for position in range {
            known = words[position] == 0 ? 0 : known + 1
            guard known >= IndexFormat.seedLength else { continue }
            let start = position - IndexFormat.seedLength + 1
            let hash = IndexFormat.seedHash(
                words[start], words[start + 1], words[start + 2], words[start + 3], words[start + 4])
            guard bits.hasBit(Self.bit(hash)) else { continue }
            if let (first, count) = lookUp(hash) {
                found.append(Found(position: Int32(start), first: UInt32(first), count: UInt32(count)))
            }
        }
        return found
    }

    @inline(__always)
    private func lookUp(_ hash: UInt32) -> (Int, Int)? {
        let bucket = Int(hash >> 16)
        var place = Int(ranges[bucket])
        let end = Int(ranges[bucket + 1])
        while place < end, hashes[place] < hash { place += 1 }
        guard place < end, hashes[place] == hash else { return nil }
        let first = place
        while place < end, hashes[place] == hash { place += 1 }
        return (first, place - first)
    }

    /// Texts and positions that have a seed.
    func places(_ seed: Found, limit: Int) -> some Sequence<(text: Int, position: Int)> {
        let first = Int(seed.first)
        return (first..<first + min(Int(seed.count), limit)).lazy.map {
            (text: Int(places[$0] >> 16), position: Int(places[$0] & 0xFFFF))
        }
    }

    /// Texts that share enough with the scanned one, the likeliest first.
    func candidates(_ found: ArraySlice<Found>, limit: Int) -> [Candidate] {
        guard !found.isEmpty else { return [] }
        var counts = [UInt16](repeating: 0, count: index.textCount)
        var touched: [Int] = []
        for seed in found {
            var last = -1
            for place in Int(seed.first)..<Int(seed.first + seed.count) {
                let text = Int(places[place] >> 16)
                // A run that a text has twice counts once.
                if text == last { continue }
                last = text
                if counts[text] == 0 { touched.append(text) }
                if counts[text] < .max { counts[text] += 1 }
            }
        }
        var out: [Candidate] = []
        for text in touched {
            let seedCount = index.text(text).seedCount
            let hits = Int(counts[text])
            let containment = min(Double(hits) / Double(max(seedCount, 1)), 1)
            guard containment >= 0.25 || (hits >= 24 && containment >= 0.12) else { continue }
            out.append(Candidate(text: text, seedHits: hits, containment: containment))
        }
        guard out.count > limit else { return out }
        // Two rankings: nearly whole texts, and texts that explain the most.
        let whole = out.sorted { ($0.containment, $0.seedHits) > ($1.containment, $1.seedHits) }.prefix(limit / 2)
        let large = out.sorted { $0.weight > $1.weight }.prefix(limit / 2)
        var seen = Set<Int>()
        return (Array(whole) + Array(large)).filter { seen.insert($0.text).inserted }
    }

    /// Every place where the seeds meet each of `texts`.
    func hits(_ found: ArraySlice<Found>, texts: [Int]) -> [[Hit]] {
        var slot = [Int16](repeating: -1, count: index.textCount)
        for (number, text) in texts.enumerated() { slot[text] = Int16(number) }
        var out = [[Hit]](repeating: [], count: texts.count)
        for seed in found {
            for place in Int(seed.first)..<Int(seed.first + seed.count) {
                let value = places[place]
                let number = slot[Int(value >> 16)]
                if number >= 0 {
                    out[Int(number)].append(
                        Hit(position: seed.position, textPosition: UInt16(truncatingIfNeeded: value)))
                }
            }
        }
        return out
    }
}
