import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// Sentences that say from which known model this one was made: "our models are derived from Llama-2", "initialised from Qwen2.5-7B".
///
/// Only models of Licenses/models.yml are told by name alone; any other base is found by its link.
struct BaseSentences {
    let finder: ClaimFinder
    /// Known models are asked for only where a sentence says that something is a base: reading them takes longer than most cards.
    let rules: RuleSet
    private var lineage: LineageRules { rules.lineage }

    init(finder: ClaimFinder, rules: RuleSet) {
        self.finder = finder
        self.rules = rules
    }

    private static let most = 8
    /// Bytes behind the words that a name is looked for in, words before it, and words of a name.
    private static let reach = 100, longestLead = 4, longestName = 4

    func bases(_ lines: [CardLine]) -> [StatedBase] {
        var out: [StatedBase] = []
        for passage in Passage.read(lines, where: { lineage.saysBase($0.text) }) where out.count < Self.most {
            guard passage.kind == .prose || passage.kind == .item, !finder.isQuiet(passage) else { continue }
            for statement in passage.statements where !statement.isQuestion {
                for base in bases(statement) where !out.contains(where: { $0.name == base.name }) { out.append(base) }
            }
        }
        return out
    }

    private func bases(_ statement: Statement) -> [StatedBase] {
        lineage.sentences.flatMap { phrase in
            phrase.words.words.flatMap { words in
                statement.places(of: words).compactMap { place -> StatedBase? in
                    guard isOwn(statement, place), let name = name(statement, behind: place.upperBound) else {
                        return nil
                    }
                    let passage = statement.passage
                    return StatedBase(
                        name: name, relation: phrase.relation,
                        evidence: Evidence(
                            path: finder.path, lines: LineRange(passage.line(at: place.lowerBound)),
                            quote: passage.quote(statement.range, hit: place.lowerBound)))
                }
            }
        }
    }

    /// Whether the release speaks of its own model, and says that it is so.
    private func isOwn(_ statement: Statement, _ place: Range<Int>) -> Bool {
        finder.isOwned(statement, before: place.lowerBound) && !finder.isNegated(statement, at: place)
            && !finder.isPromised(statement, at: place)
            && !statement.has(finder.words("comparisons"), in: statement.before(place.lowerBound, 60))
    }

    /// The known model that is named right behind, where nothing says that a part or an idea of it is meant.
    private func name(_ statement: Statement, behind end: Int) -> String? {
        let range = end..<max(end, min(statement.range.upperBound, end + Self.reach))
        guard !range.isEmpty else { return nil }
        let passage = statement.passage
        var text = passage.quote(range, hit: end)
        if passage.line(at: range.upperBound - 1) != passage.line(at: end) {
            text += " " + passage.quote(range, hit: range.upperBound - 1)
        }
        // A link's address names what its words do.
        let words = text.split { " ()[]*`_,;:\"'".contains($0) }.map(String.init).filter { !$0.holds("://") }
        for start in words.indices.prefix(Self.longestLead) {
            for count in (1...Self.longestName).reversed() where start + count <= words.count {
                let name = words[start..<start + count].joined(separator: "-").trimmedOfStops
                guard rules.models.model(named: name) != nil else { continue }
                let next = start + count < words.count ? words[start + count].lowercased() : ""
                return lineage.parts.contains(where: next.hasPrefix) ? nil : name
            }
        }
        return nil
    }
}

extension String {
    fileprivate var trimmedOfStops: String { String(reversed().drop { ".!?".contains($0) }.reversed()) }
}
