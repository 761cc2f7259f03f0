import OpenscanFacts

/// Sentences that send to terms in another place: "please follow the licence of each base model", "see the model cards for their licences".
/// They name no licence themselves; what they say is that the terms are not here.
struct ElsewhereFinder {
    let finder: ClaimFinder

    private static let most = 20
    /// Bytes between the word for a licence and the words that say whose it is.
    private static let reach = 48

    /// - Parameters:
    ///   - lines: running text.
    ///   - named: sentences that name a licence, by their lines.
    func sentences(_ lines: [CardLine], named: [Int: [String]]) -> [Evidence] {
        var out: [Evidence] = []
        let nouns = finder.words("licence-terms")
        for passage in Passage.read(lines, where: \.namesTerms) where out.count < Self.most {
            guard passage.kind == .prose || passage.kind == .item, !finder.isQuiet(passage) else { continue }
            for statement in passage.statements where !statement.isQuestion && !statement.isTableOfContents {
                guard let place = place(statement, nouns) else { continue }
                let line = passage.line(at: place)
                let quote = passage.quote(statement.range, hit: place)
                if named[line]?.contains(where: { $0.holds(quote) || quote.holds($0) }) ?? false { continue }
                out.append(Evidence(path: finder.path, lines: LineRange(line), quote: quote))
            }
        }
        return out
    }

    /// Where a sentence speaks of a licence that stands elsewhere.
    private func place(_ statement: Statement, _ nouns: [String]) -> Int? {
        guard statement.has(finder.words("elsewhere-sends")), !statement.has(finder.words("elsewhere-here")),
            // Of code or data alone it says nothing of the model.
            statement.has(finder.words("subject-model")) || !statement.has(finder.words("elsewhere-parts"))
        else { return nil }
        for noun in nouns {
            for hit in statement.places(of: noun) {
                let around =
                    max(
                        statement.range.lowerBound, hit.lowerBound - Self.reach)..<min(
                        statement.range.upperBound, hit.upperBound + Self.reach)
                if statement.has(finder.words("elsewhere-owners"), in: around)
                    || statement.has(finder.words("elsewhere-places"))
                    || statement.passage.hasAddress(at: hit.lowerBound)
                {
                    return hit.lowerBound
                }
            }
        }
        return nil
    }
}
