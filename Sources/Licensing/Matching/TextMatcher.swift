import OpenscanBytes
import OpenscanFacts

/// Finds whole licence texts, standard notices and known wordings in a text.
///
/// What agrees word for word is found by its hash. What is left is compared with the texts that share runs of words with it.
/// Work goes by blocks, so that cost and memory are linear in the text.
struct TextMatcher: Sendable {
    let index: LicenceIndex
    let known: KnownWordings
    private let search: SeedSearch
    private let scoring: AlignmentScore

    struct Result {
        var matches: [Accepted] = []
        /// Notices, tags and references known word by word.
        var wordings: [KnownWordings.Found] = []
        /// The likeliest text of the index for what is not explained.
        var nearest: (record: Int, coverage: Double)?
    }

    struct Accepted {
        let alignment: Alignment
        let record: LicenceRecord
        let isModified: Bool
    }

    private static let blockSize = 64_000
    /// What begins in the last part of a block is looked for again in the next one, where it is whole.
    private static let blockOverlap = 12_000

    init(_ index: LicenceIndex, _ operatives: OperativeWords) {
        self.index = index
        search = SeedSearch(index)
        known = KnownWordings(index)
        scoring = AlignmentScore(index, operatives)
    }

    /// What `work` allows is compared; the rest is looked through for known words only.
    func match(_ tokens: Tokens, numbers: [UInt16], _ work: inout SearchWork) -> Result {
        var result = Result()
        numbers.withUnsafeBufferPointer { words in
            var start = 0
            while start < words.count {
                let end = min(words.count, start + Self.blockSize)
                var found = Result()
                match(start..<end, words, tokens, &found, &work)
                let limit = end == words.count ? end : end - Self.blockOverlap
                let matches = found.matches.filter { $0.alignment.span.lowerBound < limit }
                let wordings = found.wordings.filter { $0.range.lowerBound < limit }
                result.matches += matches
                result.wordings += wordings
                if let nearest = found.nearest, nearest.coverage > (result.nearest?.coverage ?? 0) {
                    result.nearest = nearest
                }
                start = max(
                    limit, matches.map(\.alignment.span.upperBound).max() ?? 0,
                    wordings.map(\.range.upperBound).max() ?? 0)
            }
        }
        result.matches.sort { $0.alignment.span.lowerBound < $1.alignment.span.lowerBound }
        result.wordings.sort { $0.range.lowerBound < $1.range.lowerBound }
        return result
    }

    private func match(
        _ block: Range<Int>, _ words: UnsafeBufferPointer<UInt16>, _ tokens: Tokens, _ result: inout Result,
        _ work: inout SearchWork
    ) {
        let found = tokens.hashes.withUnsafeBufferPointer { known.find($0, block) }
        let seeds = search.seeds(words, block)
        let verbatim = VerbatimTexts(index: index, search: search, words: words, seeds: seeds, block: block).accepted(
            found)
        for alignment in verbatim {
            result.matches.append(
                Accepted(alignment: alignment, record: index.record(alignment.text.record), isModified: false))
        }
        let wordings = found.filter { $0.kind != .licence }
        var gaps = block.gaps(without: verbatim.map(\.span))
        while let gap = gaps.popLast() {
            guard gap.count >= IndexFormat.seedLength, !work.isUsedUp else { continue }
            let before = result.matches.count
            var comparison = GapComparison(
                index: index, search: search, scoring: scoring, known: known, words: words, tokens: tokens, gap: gap)
            comparison.run(seeds, wordings, &work)
            result.matches += comparison.matches
            result.wordings += comparison.wordings
            if let nearest = comparison.nearest, nearest.coverage > (result.nearest?.coverage ?? 0.2) {
                result.nearest = nearest
            }
            // What was crowded out may be found in what is left.
            if result.matches.count > before, comparison.isCrowded { gaps += gap.gaps(without: comparison.taken) }
        }
        fill(wordings, block, &result)
    }

    /// Takes the wordings that stand where nothing else was found, long ones first.
    private func fill(_ wordings: [KnownWordings.Found], _ block: Range<Int>, _ result: inout Result) {
        guard !wordings.isEmpty else { return }
        var isTaken = [Bool](repeating: false, count: block.count)
        func take(_ range: Range<Int>) {
            for place in range.clamped(to: block) { isTaken[place - block.lowerBound] = true }
        }
        for match in result.matches { match.alignment.covered.forEach(take) }
        for wording in result.wordings { take(wording.range) }
        for wording in wordings.sorted(by: KnownWordings.isLonger)
        where !isTaken[(wording.range.lowerBound - block.lowerBound)..<(wording.range.upperBound - block.lowerBound)]
            .contains(true)
        {
            take(wording.range)
            result.wordings.append(wording)
        }
    }
}
