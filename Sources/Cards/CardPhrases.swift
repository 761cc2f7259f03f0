import OpenscanBytes
import OpenscanFacts
import OpenscanRules

/// The words of Licenses/cards.yml that single lines are asked for, looked for all at once.
struct CardPhrases: Sendable {
    /// Lists of words; the ways of access come behind them, in their own order.
    enum List: Int, CaseIterable {
        case promises, gates, gated, placeholders, attributions, fromScratch, training, tokens
        case checkpoints, checkpointKinds, checkpointOffers, disclosures
    }

    /// Which lists a line has words of.
    struct Hits {
        fileprivate var bits: UInt64 = 0

        var isEmpty: Bool { bits == 0 }

        func has(_ list: List) -> Bool { bits & 1 << UInt64(list.rawValue) != 0 }

        /// Place of the first way of access.
        fileprivate var firstAccess: Int? {
            let rest = bits >> UInt64(List.allCases.count)
            return rest == 0 ? nil : rest.trailingZeroBitCount
        }
    }

    private let set: PhraseSet
    /// The list of each phrase.
    private let lists: [UInt8]
    private let ways: [AccessStatement.Kind]

    /// - Parameter disclosed: words of what documents tell.
    init(_ rules: CardRules, disclosed: [String]) {
        var phrases: [String] = []
        var lists: [UInt8] = []
        func add(_ words: Phrases, _ list: Int) {
            phrases += words.words
            lists += words.words.map { _ in UInt8(list) }
        }
        for list in List.allCases {
            add(list == .disclosures ? Phrases(disclosed) : Self.words(of: list, rules), list.rawValue)
        }
        for (number, way) in rules.access.enumerated() { add(way.words, List.allCases.count + number) }
        set = PhraseSet(phrases)
        self.lists = lists
        ways = rules.access.map(\.kind)
    }

    private static func words(of list: List, _ rules: CardRules) -> Phrases {
        switch list {
        case .promises: rules.promises
        case .gates: rules.gates
        case .gated: rules.gated
        case .placeholders: rules.placeholders
        case .attributions: rules.attributions
        case .fromScratch: rules.fromScratch
        case .training: rules.training
        case .tokens: rules.tokens
        case .checkpoints: rules.checkpoints
        case .checkpointKinds: rules.checkpointKinds
        case .checkpointOffers: rules.checkpointOffers
        case .disclosures: Phrases([])
        }
    }

    /// What a line, in lower case, has of all lists.
    func hits(in line: FoldedText) -> Hits {
        var out = Hits()
        line.bytes.withUnsafeBytes { bytes in
            set.forEach(in: bytes) { phrase, _ in out.bits |= 1 << UInt64(lists[phrase]) }
        }
        return out
    }

    /// The strongest way of access that a line speaks of.
    func access(_ hits: Hits) -> AccessStatement.Kind? { hits.firstAccess.map { ways[$0] } }
}
