import OpenscanBytes
import OpenscanFacts

/// Joins licences that one sentence offers as a choice ("under MIT or Apache-2.0, at your option") to one statement.
enum Choices {
    static let longestJoint = 7

    static func isConnective(_ hash: UInt32, _ words: LicencePhrases) -> Bool {
        words.or.contains(hash) || words.and.contains(hash)
    }

    /// Sets `statement` on neighbours between which nothing stands but a connective.
    static func join(
        _ matches: inout [LicenceMatch], _ tokens: Tokens, _ sentences: SentenceReader, _ words: LicencePhrases
    ) {
        let order = matches.indices.filter {
            matches[$0].method != .text && matches[$0].method != .mentioned && matches[$0].statement == nil
        }.sorted { matches[$0].bytes.lowerBound < matches[$1].bytes.lowerBound }
        var group: [Int] = []
        var isChoice = false
        func close() {
            var seen: Set<LicenceID> = []
            let ids = group.map { matches[$0].id }.filter { seen.insert($0).inserted }
            guard isChoice, ids.count > 1 else { return }
            let statement = LicenceExpression.any(ids.map { .licence($0.rawValue) })
            for place in group { matches[place].statement = statement }
        }
        for place in order {
            if let last = group.last,
                let connective = connective(matches[last], matches[place], tokens, sentences, words)
            {
                isChoice = isChoice || connective
            } else {
                close()
                group = []
                isChoice = false
            }
            group.append(place)
        }
        close()
    }

    /// Whether two neighbours are a choice; `nil` when more than a connective stands between them.
    private static func connective(
        _ left: LicenceMatch, _ right: LicenceMatch, _ tokens: Tokens, _ sentences: SentenceReader,
        _ words: LicencePhrases
    ) -> Bool? {
        guard left.bytes.upperBound <= right.bytes.lowerBound, right.bytes.lowerBound - left.bytes.upperBound < 80
        else { return nil }
        let first = tokens.starts.partitioningIndex { Int($0) >= left.bytes.upperBound }
        let end = tokens.starts.partitioningIndex { Int($0) >= right.bytes.lowerBound }
        guard end - first <= longestJoint, tokens.hashes[first..<end].allSatisfy(words.joints.contains) else {
            return nil
        }
        let between = sentences.bytes.slice(left.bytes.upperBound..<right.bytes.lowerBound)
        guard !between.contains(UInt8(ascii: ";")), !between.contains(UInt8(ascii: "|")) else { return nil }
        if tokens.hashes[first..<end].contains(where: words.or.contains)
            || first == end && between.contains(UInt8(ascii: "/"))
        {
            return true
        }
        let place = left.bytes.lowerBound..<right.bytes.upperBound
        let isOffer = words.offers.areIn(FoldedText(sentences.context(around: place).sentence))
        guard isOffer || first < end || between.contains(UInt8(ascii: ",")) else { return nil }
        return isOffer
    }
}
