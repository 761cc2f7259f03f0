import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Finds sentences that tell what readers of a release look for.
///
/// One sentence has to say it all: the thing, what is said of it, and its number where one is asked for. A heading tells nothing, a question or
/// an announcement neither, and a sentence that says that something is not told is none that tells it.
struct DisclosureFinder {
    let finder: ClaimFinder
    let rules: DisclosureRules
    let promises: Phrases

    /// Places that are kept of one thing that is told.
    private static let mostPlaces = 3
    /// Sentences of a document that are looked at.
    private static let most = 3000

    /// Words by which lines are found that may tell something, with hyphens for spaces as well.
    static func telling(_ rules: DisclosureRules) -> [String] {
        let words = Set(rules.rules.flatMap(\.words.words).map(\.trimmed))
        return (words.union(words.map { $0.replacing(" ", with: "-") })).sorted()
    }

    /// - Parameters:
    ///   - lines: running text, without code and front matter.
    ///   - wanted: numbers of lines that have one of the rules' words.
    func disclosures(_ lines: [CardLine], wanted: Set<Int>) -> [Disclosure] {
        guard !wanted.isEmpty else { return [] }
        var out: [Disclosure] = []
        var counts: [DisclosureID: Int] = [:]
        var read = 0
        for passage in Passage.read(lines, where: { wanted.contains($0.number) }) where passage.kind != .heading {
            guard read < Self.most else { break }
            let mentioned = rules.mentioned(in: passage.bytes)
            guard !mentioned.isEmpty, !finder.isQuiet(passage), !finder.isReference(passage), !passage.isUnticked
            else { continue }
            for statement in passage.statements {
                read += 1
                if statement.isQuestion || statement.isTableOfContents { continue }
                for rule in mentioned where counts[rule.id, default: 0] < Self.mostPlaces {
                    guard let hit = place(rule, statement) else { continue }
                    counts[rule.id, default: 0] += 1
                    out.append(
                        Disclosure(
                            id: rule.id,
                            evidence: Evidence(
                                path: finder.path, lines: LineRange(passage.line(at: hit)),
                                quote: passage.quote(statement.range, hit: hit))))
                }
            }
        }
        return out
    }

    /// Where a sentence tells something, `nil` where it does not.
    private func place(_ rule: DisclosureRules.Rule, _ statement: Statement) -> Int? {
        guard let hit = statement.first(rule.words.words), !statement.has(rule.unless.words),
            rule.isRefusal || !statement.has(rules.withheld.words), !isOfOthers(statement),
            rule.mayBePlanned || !statement.has(promises.words)
        else { return nil }
        let isUnder = statement.passage.headings.contains { rule.under.areIn($0) }
        guard isUnder || rule.beside.allSatisfy({ statement.has($0.words) }) else { return nil }
        if rule.needsNumber, !statement.hasDigit { return nil }
        return rule.units.words.isEmpty || hasFigure(rule.units, statement) ? hit : nil
    }

    /// A sentence on what others do.
    private func isOfOthers(_ statement: Statement) -> Bool {
        statement.has(rules.others.words) && !statement.has(finder.words("ownership"))
    }

    /// Whether a number stands right before one of the units.
    private func hasFigure(_ units: Phrases, _ statement: Statement) -> Bool {
        units.words.contains { unit in
            statement.places(of: unit).contains { place in
                var before = place.lowerBound - 1
                while before > statement.range.lowerBound, " ,~+x×".utf8.contains(statement.byte(at: before)) {
                    before -= 1
                }
                // "2.1 million", "14.8 t".
                var letters = 0
                while before > statement.range.lowerBound, letters < 9,
                    (0x61...0x7A).contains(statement.byte(at: before))
                {
                    before -= 1
                    letters += 1
                }
                while before > statement.range.lowerBound, statement.byte(at: before) == 0x20 { before -= 1 }
                return (0x30...0x39).contains(statement.byte(at: before))
            }
        }
    }
}

extension Statement {
    /// Whether a number stands in the sentence that is no part of a name.
    fileprivate var hasDigit: Bool {
        range.contains { place in
            guard (0x30...0x39).contains(byte(at: place)), place > range.lowerBound else { return false }
            let before = byte(at: place - 1)
            return !((0x61...0x7A).contains(before) || (0x30...0x39).contains(before))
        }
    }
}
