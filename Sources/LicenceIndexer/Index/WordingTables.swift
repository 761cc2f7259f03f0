import OpenscanLicensing

/// Wordings and the cores of texts as the index keeps them.
struct WordingTables {
    var starts = [UInt8](repeating: 0, count: IndexFormat.startBits / 8)
    var anchors: [UInt32] = [], counts: [UInt16] = [], hashes: [UInt32] = [], lengths: [UInt16] = [],
        values: [UInt16] = []
    /// By number.
    var expressions: [String] = []
}

extension Wordings {
    /// The part of a text that has to be there.
    struct Core {
        let words: ArraySlice<UInt32>
        /// The lower, the better known is its licence.
        let rank: Int
        /// Its licence, and its place among the licence's texts.
        let id: String
        let place: Int
    }

    /// - Parameters:
    ///   - cores: by the texts' numbers; of two that agree the better known one stays.
    ///   - old: an earlier index whose numbers of expressions stay.
    /// - Throws: `IndexLimit` where there are too many.
    func tables(cores: [Core], after old: CarriedIndex?) throws -> WordingTables {
        let texts = Self.wordings(of: cores)
        guard all.count + texts.count < 65_536 else { throw IndexLimit.tooManyWordings(all.count + texts.count) }
        guard cores.count <= IndexFormat.mostExpressions else { throw IndexLimit.tooManyTexts(cores.count) }
        var out = WordingTables()
        out.expressions = Numbering.of(Set(all.map(\.expression)), after: old?.expressions ?? []) {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        guard out.expressions.count <= IndexFormat.mostExpressions else {
            throw IndexLimit.tooManyExpressions(out.expressions.count)
        }
        var numbers: [String: Int] = [:]
        for (number, expression) in out.expressions.enumerated() { numbers[expression] = number }
        let numbered = all.map { (wording: $0, number: numbers[$0.expression] ?? 0) } + texts
        // A text goes before another wording of the same words.
        for (wording, number) in numbered.sorted(by: {
            ($0.wording.anchor, -$0.wording.length, $0.wording.whole, -Int($0.wording.kind.rawValue)) < (
                $1.wording.anchor, -$1.wording.length, $1.wording.whole, -Int($1.wording.kind.rawValue)
            )
        }) {
            if let start = wording.start { out.starts.setBit(Int(start)) }
            out.anchors.append(wording.anchor)
            out.hashes.append(wording.whole)
            out.lengths.append(UInt16(wording.length))
            out.values.append(IndexFormat.WordingValue(wording.kind, number).packed)
        }
        out.counts = try BucketCounts.of(
            out.anchors.lazy.map(IndexFormat.wordingBucket), buckets: IndexFormat.wordingBuckets)
        for (place, bits) in carriedStarts.enumerated() where place < out.starts.count { out.starts[place] |= bits }
        return out
    }

    private static func wordings(of cores: [Core]) -> [(wording: Wording, number: Int)] {
        var seen = Set<UInt64>()
        // Numbers say when a text came, which is nothing to which of two that agree is meant.
        return cores.enumerated().sorted {
            ($0.element.rank, $0.element.id, $0.element.place) < ($1.element.rank, $1.element.id, $1.element.place)
        }.compactMap { number, core in
            guard seen.insert(RunHash.of(core.words)).inserted, let wording = Wording(core.words, .licence, "") else {
                return nil
            }
            return (wording, number)
        }
    }
}
