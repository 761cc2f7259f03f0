import Unpacking

/// Finds whole licence texts and standard notices in a text.
struct TextMatcher: @unchecked Sendable {
    // Unchecked because it holds pointers into the index, which never changes.

    let index: LicenceIndex
    let search: SeedSearch
    let known: KnownWordings
    private let weights: UnsafeBufferPointer<UInt8>

    struct Result {
        var matches: [Accepted] = []
        /// Notices, tags and references known word by word.
        var wordings: [KnownWordings.Found] = []
        /// The likeliest text of the index for what is not explained.
        var nearest: (record: Int, coverage: Double)?
    }

    struct Accepted {
        let alignment: Alignment
        let record: LicenceIndex.Record
        let isModified: Bool
    }

    private static let blockSize = 60_000
    private static let blockOverlap = 15_000
    private static let candidateLimit = 40
    private static let firstCandidates = 14
    private static let rounds = 24

    /// The operative words as the index numbers them.
    private let operativeNumbers: Set<UInt16>
    private let identityNumbers: Set<UInt16>
    private let libraryNumber: UInt16
    private let gnuNumber: UInt16

    init(_ index: LicenceIndex) {
        self.index = index
        search = SeedSearch(index)
        known = KnownWordings(index)
        weights = index.section(.wordWeights, of: UInt8.self)
        operativeNumbers = OperativeWords.shared.numbers(in: index)
        libraryNumber = index.number(of: Self.library)
        gnuNumber = index.number(of: Self.gnu)
        identityNumbers = OperativeWords.shared.identityNumbers(in: index)
    }

    func match(_ tokens: Tokens, numbers: [UInt16]) -> Result {
        var result = Result()
        numbers.withUnsafeBufferPointer { words in
            var start = 0
            repeat {
                let end = min(words.count, start + Self.blockSize)
                match(start..<end, words, tokens, &result)
                if end == words.count { break }
                start = end - Self.blockOverlap
            } while true
        }
        result.matches.sort { $0.alignment.span.lowerBound < $1.alignment.span.lowerBound }
        result.wordings.sort { $0.range.lowerBound < $1.range.lowerBound }
        return result
    }

    private func match(_ block: Range<Int>, _ words: UnsafeBufferPointer<UInt16>, _ tokens: Tokens, _ result: inout Result) {
        var taken = result.matches.map(\.alignment.span) + result.wordings.map(\.range)
        let found = tokens.hashes.withUnsafeBufferPointer { known.find($0, block) }
        var wordings = found.filter { wording in !taken.contains { $0.overlaps(wording.range) } }.sorted { ($0.range.count, -$0.range.lowerBound) > ($1.range.count, -$1.range.lowerBound) }[...]
        let seeds = search.seeds(words, block)
        let candidates = search.candidates(seeds, limit: Self.candidateLimit).sorted { Double($0.seedHits) * min($0.containment, 1) > Double($1.seedHits) * min($1.containment, 1) }
        let texts = candidates.map(\.text)
        var hits = search.hits(seeds, texts: texts)
        let aligner = Aligner(words: words)
        var alignments = [Alignment?](repeating: nil, count: texts.count)
        // The likeliest first; the others are laid only as far as those leave something to explain.
        for part in [0..<min(Self.firstCandidates, texts.count), min(Self.firstCandidates, texts.count)..<texts.count] {
            for slot in part {
                if !taken.isEmpty { hits[slot].removeAll { hit in taken.contains { $0.contains(Int(hit.position)) } } }
                guard Double(hits[slot].count) >= 0.25 * Double(index.text(texts[slot]).seedCount) else { continue }
                alignments[slot] = taken.isEmpty ? aligner.align(index.text(texts[slot]), hits[slot], in: block) : realign(aligner, texts[slot], hits[slot], block, taken)
            }
            accept(&alignments, &hits, &taken, &wordings, texts, aligner, block, tokens, &result)
        }
        var covered = result.matches.flatMap(\.alignment.covered) + result.wordings.map(\.range)
        for wording in found.sorted(by: { ($0.range.count, -$0.range.lowerBound) > ($1.range.count, -$1.range.lowerBound) }) where !covered.contains(where: { $0.overlaps(wording.range) }) {
            covered.append(wording.range)
            result.wordings.append(wording)
        }
        for case let alignment? in alignments where alignment.coverage > (result.nearest?.coverage ?? 0.2) && alignment.text.kind == .full {
            result.nearest = (alignment.text.record, alignment.coverage)
        }
    }

    /// Takes the best alignment or the longest wording again and again, and lays anew those alignments that used its words.
    private func accept(
        _ alignments: inout [Alignment?], _ hits: inout [[SeedSearch.Hit]], _ taken: inout [Range<Int>], _ wordings: inout ArraySlice<KnownWordings.Found>, _ texts: [Int], _ aligner: Aligner, _ block: Range<Int>,
        _ tokens: Tokens, _ result: inout Result
    ) {
        for _ in 0..<Self.rounds {
            var best: (slot: Int, score: Double)?
            for (slot, alignment) in alignments.enumerated() {
                guard let alignment, let score = score(alignment, tokens, aligner.words) else { continue }
                if best.map({ score > $0.score }) ?? true { best = (slot, score) }
            }
            guard let best, let alignment = alignments[best.slot] else { return }
            while let next = wordings.first, taken.contains(where: { $0.overlaps(next.range) }) { wordings.removeFirst() }
            // The very words count more than an alignment of as many, but not more than a licence's whole text with a title or a holder around it.
            if let wording = wordings.first, Double(wording.range.count) - Self.wordingPenalty > best.score, !isWhole(alignment, of: wording, tokens) {
                wordings.removeFirst()
                // A changed text is known by name; what was changed, the alignment says.
                if wording.kind == .text, let changed = alignmentOfSameLicence(wording, alignments, tokens) {
                    result.matches.append(changed)
                    take(changed.alignment.span, nil, &alignments, &hits, &taken, texts, aligner, block)
                    continue
                }
                result.wordings.append(wording)
                take(wording.range, nil, &alignments, &hits, &taken, texts, aligner, block)
                continue
            }
            let record = index.record(alignment.text.record)
            result.matches.append(Accepted(alignment: alignment, record: record, isModified: alignment.text.kind != .notice && isModified(alignment, tokens)))
            take(alignment.span, best.slot, &alignments, &hits, &taken, texts, aligner, block)
        }
    }

    private static let wordingPenalty = 1.0

    private func isWhole(_ alignment: Alignment, of wording: KnownWordings.Found, _ tokens: Tokens) -> Bool {
        alignment.text.kind != .notice && alignment.coverage >= 0.99 && alignment.span.overlaps(wording.range)
            && Double(alignment.matched) >= (alignment.text.kind == .exception ? 0.6 : 0.87) * Double(wording.range.count) && !isModified(alignment, tokens)
    }

    private func alignmentOfSameLicence(_ wording: KnownWordings.Found, _ alignments: [Alignment?], _ tokens: Tokens) -> Accepted? {
        let id = known.expression(wording.expression)
        for case let alignment? in alignments where alignment.text.kind == .full && alignment.span.overlaps(wording.range) && alignment.coverage >= 0.75 {
            let record = index.record(alignment.text.record)
            if record.id == id { return Accepted(alignment: alignment, record: record, isModified: isModified(alignment, tokens)) }
        }
        return nil
    }

    private func take(
        _ span: Range<Int>, _ slot: Int?, _ alignments: inout [Alignment?], _ hits: inout [[SeedSearch.Hit]], _ taken: inout [Range<Int>], _ texts: [Int], _ aligner: Aligner, _ block: Range<Int>
    ) {
        taken.append(span)
        for other in alignments.indices {
            guard let alignment = alignments[other] else { continue }
            hits[other].removeAll { span.contains(Int($0.position)) || span.contains(Int($0.position) + IndexFormat.seedLength - 1) }
            if other == slot || alignment.span.overlaps(span) {
                alignments[other] = hits[other].isEmpty ? nil : realign(aligner, texts[other], hits[other], block, taken)
            }
        }
    }

    private func realign(_ aligner: Aligner, _ text: Int, _ hits: [SeedSearch.Hit], _ block: Range<Int>, _ taken: [Range<Int>]) -> Alignment? {
        let chain = aligner.chain(hits)
        guard let first = chain.first else { return nil }
        // The free part around the first hit.
        var bounds = block
        for range in taken {
            if range.upperBound <= Int(first.position) { bounds = max(bounds.lowerBound, range.upperBound)..<bounds.upperBound }
            if range.lowerBound > Int(first.position) { bounds = bounds.lowerBound..<max(bounds.lowerBound, min(bounds.upperBound, range.lowerBound)) }
        }
        let inside = hits.filter { bounds.contains(Int($0.position)) && Int($0.position) + IndexFormat.seedLength <= bounds.upperBound }
        return inside.isEmpty ? nil : aligner.align(index.text(text), inside, in: bounds)
    }

    /// How well an alignment explains its place; `nil` when it is not the licence.
    private func score(_ alignment: Alignment, _ tokens: Tokens, _ words: UnsafeBufferPointer<UInt16>) -> Double? {
        let core = alignment.text.core.count
        let missing = alignment.missingWeight(weights)
        // Short texts must be there nearly whole; long ones may lack some.
        let needed = core < 20 ? 0.95 : core < 40 ? 0.93 : core < 60 ? 0.88 : alignment.text.kind == .notice ? 0.82 : 0.75
        guard Double(alignment.matchedCore) >= needed * (Double(alignment.matchedCore) + missing), alignment.coverage >= needed - 0.1 else { return nil }
        let operativeInserts = alignment.inserted.reduce(0) { $0 + (OperativeWords.shared.isBenign($1, tokens) ? 0 : $1.count) }
        guard Double(operativeInserts) <= Double(alignment.matched) * 0.6 else { return nil }
        var score = Double(alignment.matched) - 1.2 * missing - 0.6 * alignment.insertedWeight(weights, words)
        if alignment.text.kind == .notice { score -= 0.5 + Self.identityPenalty * Double(identityDifferences(alignment, tokens)) }
        let record = index.record(alignment.text.record)
        if record.isDeprecated { score -= 0.6 }
        if record.id.hasPrefix("LicenseRef-") { score -= 0.3 }
        return score > 0 ? score : nil
    }

    private static let library = WordHash.of("library"), gnu = WordHash.of("gnu")
    private static let identityPenalty = 25.0

    /// Words by which notices of one family differ: a version, "lesser", "any later version".
    private func identityDifferences(_ alignment: Alignment, _ tokens: Tokens) -> Int {
        let licence = alignment.text.words
        // "This library" is any work; "the GNU Library" is another licence.
        func isWork(_ isLibrary: Bool, _ isBehindGNU: @autoclosure () -> Bool) -> Bool { isLibrary && !isBehindGNU() }
        let missing = alignment.missing.reduce(0) { sum, run in
            sum + run.count { identityNumbers.contains(licence[$0]) && !isWork(licence[$0] == libraryNumber, $0 > 0 && licence[$0 - 1] == gnuNumber) }
        }
        let inserted = alignment.inserted.reduce(0) { sum, run in
            sum + run.count { OperativeWords.shared.isFamilyWord(tokens.hashes[$0]) && !isWork(tokens.hashes[$0] == Self.library, $0 > 0 && tokens.hashes[$0 - 1] == Self.gnu) }
        }
        return missing + inserted
    }

    /// Whether words that change the meaning came or went.
    private func isModified(_ alignment: Alignment, _ tokens: Tokens) -> Bool {
        if alignment.inserted.contains(where: { !OperativeWords.shared.isBenign($0, tokens) }) { return true }
        // A run of the core that is gone counts when it is a sentence that orders or allows something; names and examples may go.
        let operative = alignment.missing.filter { run in run.count >= 6 && run.count(where: { operativeNumbers.contains(alignment.text.words[$0]) }) >= 2 }
        return !operative.isEmpty || Double(alignment.missingCount) > Double(alignment.text.core.count) * 0.15
    }
}
