import Unpacking

/// Joins licences that one sentence offers as a choice ("under MIT or Apache-2.0, at your option") to one statement.
enum Choices {
    private static let or = WordHash.of("or"), and = WordHash.of("and")
    private static let joints: Set<UInt32> = Set(
        [
            "license", "licenses", "the", "a", "either", "both", "under", "terms", "of", "version", "alternatively",
            "or", "and", "dual", "licensed", "any",
        ].map(WordHash.of))
    private static let offers = [
        "at your option", "at your choice", "dual", "your option", "either ", "your choice", "one of the following",
        "任选",
    ]

    static let longestJoint = 7

    static func isConnective(_ hash: UInt32) -> Bool { hash == or || hash == and }
    static func isJoint(_ hash: UInt32) -> Bool { joints.contains(hash) }

    /// Sets `statement` on neighbours between which nothing stands but a connective.
    static func join(_ matches: inout [LicenceMatch], _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer) {
        let order = matches.indices.filter {
            matches[$0].method != .text && matches[$0].method != .mentioned && matches[$0].statement == nil
        }.sorted { matches[$0].bytes.lowerBound < matches[$1].bytes.lowerBound }
        var group: [Int] = []
        var isChoice = false
        func close() {
            var ids: [String] = []
            for place in group where !ids.contains(matches[place].id) { ids.append(matches[place].id) }
            guard isChoice, ids.count > 1 else { return }
            let statement = LicenceExpression.any(ids.map { .licence($0) })
            for place in group { matches[place].statement = statement }
        }
        for place in order {
            if let last = group.last, let connective = connective(matches[last], matches[place], tokens, bytes) {
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
        _ left: LicenceMatch, _ right: LicenceMatch, _ tokens: Tokens, _ bytes: UnsafeRawBufferPointer
    ) -> Bool? {
        guard left.bytes.upperBound <= right.bytes.lowerBound, right.bytes.lowerBound - left.bytes.upperBound < 80
        else { return nil }
        let first = tokens.starts.partitioningIndex { Int($0) >= left.bytes.upperBound }
        let end = tokens.starts.partitioningIndex { Int($0) >= right.bytes.lowerBound }
        guard end - first <= longestJoint, tokens.hashes[first..<end].allSatisfy(joints.contains) else { return nil }
        let between = bytes.slice(left.bytes.upperBound..<right.bytes.lowerBound)
        guard !between.contains(UInt8(ascii: ";")), !between.contains(UInt8(ascii: "|")) else { return nil }
        if tokens.hashes[first..<end].contains(or) || first == end && between.contains(UInt8(ascii: "/")) {
            return true
        }
        let around = FoldedText(SentenceContext(bytes, around: left.bytes.lowerBound..<right.bytes.upperBound).sentence)
        let isOffer = offers.contains { around.contains($0) }
        guard isOffer || first < end || between.contains(UInt8(ascii: ",")) else { return nil }
        return isOffer
    }
}
