import OpenscanBytes

/// Judges how well a text of the index explains a place, and whether it stands there changed.
struct AlignmentScore: @unchecked Sendable {
    // Unchecked because it holds pointers into the index, which never changes.

    private let index: LicenceIndex
    private let operatives: OperativeWords
    private let weights: UnsafeBufferPointer<UInt8>
    /// The operative words as the index numbers them.
    private let operativeNumbers: Set<UInt16>
    private let identityNumbers: Set<UInt16>
    /// Phrases by which a section calls itself no part of the licence, as the index numbers their words.
    private let remarks: [[UInt16]]
    private let libraryNumber: UInt16
    private let gnuNumber: UInt16

    private static let library = WordHash.of("library"), gnu = WordHash.of("gnu")
    private static let identityPenalty = 25.0

    init(_ index: LicenceIndex, _ operatives: OperativeWords) {
        self.index = index
        self.operatives = operatives
        weights = index.section(.wordWeights, of: UInt8.self)
        operativeNumbers = operatives.numbers(in: index)
        identityNumbers = operatives.identityNumbers(in: index)
        remarks = operatives.remarks.map { $0.map { index.number(of: $0) } }.filter { !$0.contains(0) }
        libraryNumber = index.number(of: Self.library)
        gnuNumber = index.number(of: Self.gnu)
    }

    /// Words explained less what is missing or too much; `nil` when it is not the licence.
    func score(_ alignment: Alignment, _ tokens: Tokens, _ words: UnsafeBufferPointer<UInt16>) -> Double? {
        let core = alignment.text.core.count
        let missing = alignment.missingWeight(weights)
        // Short texts must be there nearly whole; long ones may lack some.
        let needed =
            core < 20 ? 0.95 : core < 40 ? 0.93 : core < 60 ? 0.88 : alignment.text.kind == .notice ? 0.82 : 0.75
        guard Double(alignment.matchedCore) >= needed * (Double(alignment.matchedCore) + missing),
            alignment.coverage >= needed - 0.1
        else { return nil }
        let operativeInserts = alignment.inserted.reduce(0) { $0 + (operatives.isBenign($1, tokens) ? 0 : $1.count) }
        guard Double(operativeInserts) <= Double(alignment.matched) * 0.6 else { return nil }
        var score = Double(alignment.matched) - 1.2 * missing - 0.6 * alignment.insertedWeight(weights, words)
        if alignment.text.kind == .notice {
            score -= 0.5 + Self.identityPenalty * Double(identityDifferences(alignment, tokens))
        }
        let record = index.record(alignment.text.record)
        if record.isDeprecated { score -= 0.6 }
        if record.id.isReference { score -= 0.3 }
        return score > 0 ? score : nil
    }

    /// What a candidate can reach at most, from the part of its runs that were found: one changed word breaks five runs.
    static func bound(words: Int, containment: Double) -> Double {
        // Changes stand together as a rule, so that few runs break.
        let coverage = containment >= 1 ? 1 : min(fifthRoot(containment), containment + 0.25)
        return Double(words) * (2.2 * coverage - 1.2) + 4
    }

    private static func fifthRoot(_ value: Double) -> Double {
        // Newton from above; four steps are exact enough for a bound.
        var root = 1.0
        for _ in 0..<6 { root -= (root * root * root * root * root - value) / (5 * root * root * root * root) }
        return root
    }

    /// Words by which notices of one family differ: a version, "lesser", "any later version".
    private func identityDifferences(_ alignment: Alignment, _ tokens: Tokens) -> Int {
        let licence = alignment.text.words
        // "This library" is any work; "the GNU Library" is another licence.
        func isWork(_ isLibrary: Bool, _ isBehindGNU: @autoclosure () -> Bool) -> Bool { isLibrary && !isBehindGNU() }
        let missing = alignment.missing.reduce(0) { sum, run in
            sum
                + run.count {
                    identityNumbers.contains(licence[$0])
                        && !isWork(licence[$0] == libraryNumber, $0 > 0 && licence[$0 - 1] == gnuNumber)
                }
        }
        let inserted = alignment.inserted.reduce(0) { sum, run in
            sum
                + run.count {
                    operatives.isFamilyWord(tokens.hashes[$0])
                        && !isWork(tokens.hashes[$0] == Self.library, $0 > 0 && tokens.hashes[$0 - 1] == Self.gnu)
                }
        }
        return missing + inserted
    }

    /// Whether words that change the meaning came or went.
    func isModified(_ alignment: Alignment, _ tokens: Tokens) -> Bool {
        if alignment.text.kind == .notice { return false }
        if alignment.inserted.contains(where: { !operatives.isBenign($0, tokens) }) { return true }
        // A run of the core that is gone counts when it is a sentence that orders or allows something; names and examples may go.
        let remarks = [front(alignment), back(alignment)].filter { holdsRemark($0, alignment.text) }
        let missing = alignment.missing.filter { run in !remarks.contains { $0.overlaps(run) } }
        let operative = missing.filter { run in
            run.count >= 6 && run.count(where: { operativeNumbers.contains(alignment.text.words[$0]) }) >= 2
        }
        let count = missing.reduce(0) { $0 + $1.count }
        return !operative.isEmpty || Double(count) > Double(alignment.text.core.count) * 0.15
    }

    /// Words that may agree by chance between what is missing: a title, a name.
    private static let longestChance = 24

    /// What is missing before the first longer stretch that is there.
    private func front(_ alignment: Alignment) -> Range<Int> {
        let start = alignment.text.core.lowerBound
        var end = start
        for run in alignment.missing where run.lowerBound - end <= Self.longestChance { end = run.upperBound }
        return start..<end
    }

    /// What is missing behind the last longer stretch that is there.
    private func back(_ alignment: Alignment) -> Range<Int> {
        let end = alignment.text.core.upperBound
        var start = end
        for run in alignment.missing.reversed() where start - run.upperBound <= Self.longestChance {
            start = run.lowerBound
        }
        return start..<end
    }

    /// Whether a stretch is what the author of the licence says beside it: who he is, and how to use it.
    private func holdsRemark(_ run: Range<Int>, _ text: LicenceIndex.Text) -> Bool {
        remarks.contains { remark in
            run.count >= remark.count
                && (run.lowerBound...run.upperBound - remark.count).contains { start in
                    remark.indices.allSatisfy { text.words[start + $0] == remark[$0] }
                }
        }
    }
}
