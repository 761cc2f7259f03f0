import OpenscanBytes
import OpenscanRules

/// Tells changes of a licence's meaning from changes of names, years and layout.
struct OperativeWords: Sendable {
    private let operative: WordSet
    private let copyright: WordSet
    private let turning: WordSet
    private let family: WordSet
    /// Phrases by which a section of a text calls itself no part of the licence, as hashes of their words.
    let remarks: [[UInt32]]

    init(_ words: LicenceWords) {
        operative = WordSet(words["operative"])
        family = WordSet(words["family"])
        turning = WordSet(words["turning"])
        copyright = WordSet(words["copyright"])
        remarks = words["remarks"].map { Tokenizer.tokens(of: $0).hashes }
    }

    func isOperative(_ hash: UInt32) -> Bool { operative.contains(hash) }
    /// The vocabulary numbers of the operative words.
    func numbers(in index: LicenceIndex) -> Set<UInt16> { Self.numbers(of: operative.hashes, in: index) }

    /// The vocabulary numbers of versions and of the words that tell members of a family apart.
    func identityNumbers(in index: LicenceIndex) -> Set<UInt16> {
        Self.numbers(of: family.hashes + ["1", "2", "3"].map(WordHash.of), in: index)
    }

    func isFamilyWord(_ hash: UInt32) -> Bool { family.contains(hash) }

    private static func numbers(of words: [UInt32], in index: LicenceIndex) -> Set<UInt16> {
        Set(words.map { index.number(of: $0) }).subtracting([0])
    }

    /// Whether a run of words that a licence does not have is a copyright line, a name, a number or the like.
    func isBenign(_ run: Range<Int>, _ tokens: Tokens) -> Bool {
        // One word or two are layout or a slip, unless they turn the meaning round.
        if run.count <= 2 { return !run.contains { turning.contains(tokens.hashes[$0]) } }
        let operativeCount = run.reduce(0) { $0 + (operative.contains(tokens.hashes[$1]) ? 1 : 0) }
        if operativeCount == 0 { return run.count <= 12 || hasCopyright(run, tokens) }
        return run.count <= 40 && operativeCount <= 1 && hasCopyright(run, tokens)
    }

    private func hasCopyright(_ run: Range<Int>, _ tokens: Tokens) -> Bool {
        run.prefix(12).contains { copyright.contains(tokens.hashes[$0]) }
    }
}
