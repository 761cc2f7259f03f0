import OpenscanBytes
import OpenscanFacts

/// Compares a part of the scanned text, in which nothing was found word for word, with the texts that share runs of words with it.
struct GapComparison {
    let index: LicenceIndex
    let search: SeedSearch
    let scoring: AlignmentScore
    let known: KnownWordings
    let words: UnsafeBufferPointer<UInt16>
    let tokens: Tokens
    let gap: Range<Int>

    private(set) var matches: [TextMatcher.Accepted] = []
    private(set) var wordings: [KnownWordings.Found] = []
    private(set) var nearest: (record: Int, coverage: Double)?
    /// Spans of what was found.
    private(set) var taken: [Range<Int>] = []
    /// Whether there were more candidates than are compared at once.
    private(set) var isCrowded = false

    private var slots: [Slot] = []

    private struct Slot {
        let candidate: SeedSearch.Candidate
        let text: LicenceIndex.Text
        var hits: [SeedSearch.Hit]
        var alignment: Alignment?
        /// Of the alignment; at most that when it is out of date.
        var score: Double?
        /// Words that it used were taken by another.
        var isOutOfDate = false
    }

    private static let candidateLimit = 40
    private static let firstCandidates = 10
    private static let rounds = 24
    private static let wordingPenalty = 1.0
    private static let costOfAHit = 40, costOfAWord = 20

    init(
        index: LicenceIndex, search: SeedSearch, scoring: AlignmentScore, known: KnownWordings,
        words: UnsafeBufferPointer<UInt16>, tokens: Tokens, gap: Range<Int>
    ) {
        self.index = index
        self.search = search
        self.scoring = scoring
        self.known = known
        self.words = words
        self.tokens = tokens
        self.gap = gap
    }

    /// - Parameters:
    ///   - seeds: of the whole block, in order.
    ///   - found: known wordings of the whole block, in order of position.
    mutating func run(
        _ seeds: [SeedSearch.Found], _ found: [KnownWordings.Found], _ work: inout SearchWork
    ) {
        let first = seeds.partitioningIndex { Int($0.position) >= gap.lowerBound }
        let end = seeds.partitioningIndex { Int($0.position) + IndexFormat.seedLength > gap.upperBound }
        guard first < end else { return }
        let seeds = seeds[first..<end]
        work.spend(2 * seeds.reduce(0) { $0 + Int($1.count) })
        let candidates = search.candidates(seeds, limit: Self.candidateLimit).sorted { $0.weight > $1.weight }
        guard !candidates.isEmpty else { return }
        isCrowded = candidates.count > Self.firstCandidates
        let hits = search.hits(seeds, texts: candidates.map(\.text))
        slots = zip(candidates, hits).map { Slot(candidate: $0, text: index.text($0.text), hits: $1) }
        let firstWording = found.partitioningIndex { $0.range.lowerBound >= gap.lowerBound }
        var long = found[firstWording...].prefix { $0.range.lowerBound < gap.upperBound }.filter {
            $0.range.upperBound <= gap.upperBound
        }.sorted(by: KnownWordings.isLonger)[...]
        // The likeliest first; the others are laid only as far as those leave something to explain.
        let split = min(Self.firstCandidates, slots.count)
        for part in [0..<split, split..<slots.count] {
            for slot in part
            where Double(slots[slot].hits.count) >= 0.25 * Double(slots[slot].text.seedCount) && !isHopeless(slot) {
                lay(slot, &work)
            }
            accept(&long, &work)
        }
        for slot in slots {
            if !slot.isOutOfDate, let alignment = slot.alignment, alignment.coverage > (nearest?.coverage ?? 0.2),
                alignment.text.kind == .full
            {
                nearest = (alignment.text.record, alignment.coverage)
            }
        }
    }

    /// Whether another candidate, laid already over all of this one's hits, explains more than this one can.
    private func isHopeless(_ slot: Int) -> Bool {
        guard let first = slots[slot].hits.first, let last = slots[slot].hits.last else { return true }
        let bound = min(
            Double(slots[slot].text.words.count),
            AlignmentScore.bound(words: slots[slot].text.words.count, containment: slots[slot].candidate.containment))
        return slots.contains { other in
            guard !other.isOutOfDate, let alignment = other.alignment, let score = other.score, score >= bound else {
                return false
            }
            return alignment.span.lowerBound <= Int(first.position) && alignment.span.upperBound >= Int(last.position)
        }
    }

    private mutating func lay(_ slot: Int, _ work: inout SearchWork) {
        work.spend(Self.costOfAHit * slots[slot].hits.count + Self.costOfAWord * slots[slot].text.words.count)
        let aligner = Aligner(words: words)
        var bounds = gap
        var hits = slots[slot].hits
        if !taken.isEmpty, let first = aligner.chain(hits).first {
            // The free part around the first hit.
            for range in taken {
                if range.upperBound <= Int(first.position) {
                    bounds = max(bounds.lowerBound, range.upperBound)..<bounds.upperBound
                }
                if range.lowerBound > Int(first.position) {
                    bounds = bounds.lowerBound..<max(bounds.lowerBound, min(bounds.upperBound, range.lowerBound))
                }
            }
            hits = hits.filter {
                bounds.contains(Int($0.position)) && Int($0.position) + IndexFormat.seedLength <= bounds.upperBound
            }
        }
        slots[slot].alignment = hits.isEmpty ? nil : aligner.align(slots[slot].text, hits, in: bounds)
        slots[slot].score = slots[slot].alignment.flatMap { scoring.score($0, tokens, words) }
        slots[slot].isOutOfDate = false
    }

    /// Takes the best alignment or the longest wording again and again, and lays anew those alignments that used its words.
    private mutating func accept(_ long: inout ArraySlice<KnownWordings.Found>, _ work: inout SearchWork) {
        for _ in 0..<Self.rounds {
            guard !work.isUsedUp, let best = best(&work), let alignment = slots[best].alignment,
                let score = slots[best].score
            else {
                return
            }
            while let next = long.first, taken.contains(where: { $0.overlaps(next.range) }) { long.removeFirst() }
            // The very words count more than an alignment of as many, but not more than a licence's whole text with a title or a holder around it.
            if let wording = long.first, Double(wording.range.count) - Self.wordingPenalty > score,
                !isWhole(alignment, of: wording)
            {
                long.removeFirst()
                // A changed text is known by name; what was changed, the alignment says.
                if wording.kind == .text, let changed = alignmentOfSameLicence(wording) {
                    matches.append(changed)
                    take(changed.alignment.span)
                } else {
                    wordings.append(wording)
                    take(wording.range)
                }
                continue
            }
            matches.append(
                TextMatcher.Accepted(
                    alignment: alignment, record: index.record(alignment.text.record),
                    isModified: scoring.isModified(alignment, tokens)))
            take(alignment.span)
        }
        isCrowded = true
    }

    /// The slot with the best alignment; those out of date are laid anew when their turn comes, as many never do.
    private mutating func best(_ work: inout SearchWork) -> Int? {
        while true {
            var best: (slot: Int, score: Double)?
            for slot in slots.indices {
                if let score = slots[slot].score, best.map({ score > $0.score }) ?? true { best = (slot, score) }
            }
            guard let best else { return nil }
            guard slots[best.slot].isOutOfDate else { return best.slot }
            lay(best.slot, &work)
        }
    }

    private func isWhole(_ alignment: Alignment, of wording: KnownWordings.Found) -> Bool {
        alignment.text.kind != .notice && alignment.coverage >= (alignment.text.kind == .exception ? 0.95 : 0.99)
            && alignment.span.overlaps(wording.range)
            && Double(alignment.matched) >= (alignment.text.kind == .exception ? 0.6 : 0.87)
                * Double(wording.range.count)
            && !scoring.isModified(alignment, tokens)
    }

    private func alignmentOfSameLicence(_ wording: KnownWordings.Found) -> TextMatcher.Accepted? {
        let id = LicenceID(known.expression(wording.expression))
        for slot in slots {
            guard !slot.isOutOfDate, let alignment = slot.alignment, alignment.text.kind == .full,
                alignment.span.overlaps(wording.range), alignment.coverage >= 0.75
            else { continue }
            let record = index.record(alignment.text.record)
            if record.id == id {
                return TextMatcher.Accepted(
                    alignment: alignment, record: record, isModified: scoring.isModified(alignment, tokens))
            }
        }
        return nil
    }

    private mutating func take(_ span: Range<Int>) {
        taken.append(span)
        for slot in slots.indices {
            slots[slot].hits.removeAll {
                span.contains(Int($0.position)) || span.contains(Int($0.position) + IndexFormat.seedLength - 1)
            }
            guard let alignment = slots[slot].alignment, alignment.span.overlaps(span) else { continue }
            if slots[slot].hits.isEmpty {
                slots[slot].alignment = nil
                slots[slot].score = nil
            } else {
                slots[slot].isOutOfDate = true
            }
        }
    }
}
