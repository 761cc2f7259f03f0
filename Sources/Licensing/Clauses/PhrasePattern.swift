import OpenscanBytes

/// Words with gaps, as Licenses/clauses.yml writes them.
struct PhrasePattern: Sendable, Hashable {
    enum Part: Sendable, Hashable {
        /// One of several word sequences.
        case words([[UInt32]], isOptional: Bool)
        case gap(Int)
        /// Word sequences none of which may follow here.
        case noneOf([[UInt32]])
    }

    let parts: [Part]
    /// Words beyond the sentence that a match may use.
    let reach: Int
    /// Word sequences none of which may stand right before.
    let notBehind: [[UInt32]]

    init(_ text: String) {
        var parts: [Part] = []
        var rest = text[...]
        var reach = 0
        var notBehind: [[UInt32]] = []
        while let first = rest.first {
            if first == " " {
                rest.removeFirst()
            } else if rest.hasPrefix("***") {
                parts.append(.gap(60))
                reach = 90
                rest.removeFirst(3)
            } else if rest.hasPrefix("**") {
                parts.append(.gap(25))
                rest.removeFirst(2)
            } else if first == "*" {
                parts.append(.gap(8))
                rest.removeFirst()
            } else {
                var body: Substring
                if first == "(" {
                    rest.removeFirst()
                    body = rest.prefix { $0 != ")" }
                    rest = rest.dropFirst(body.count + 1)
                } else {
                    body = rest.prefix { $0 != " " && $0 != "?" }
                    rest = rest.dropFirst(body.count)
                }
                let isOptional = rest.first == "?"
                if isOptional { rest.removeFirst() }
                let choices = body.split(separator: "|").map { Tokenizer.tokens(of: String($0)).hashes }.filter {
                    !$0.isEmpty
                }
                guard !choices.isEmpty else { continue }
                if !body.hasPrefix("!") {
                    parts.append(.words(choices, isOptional: isOptional))
                } else if parts.isEmpty {
                    notBehind = choices
                } else {
                    parts.append(.noneOf(choices))
                }
            }
        }
        self.parts = parts
        self.reach = reach
        self.notBehind = notBehind
    }

    /// First words that a match can begin with.
    var firstWords: [UInt32] {
        guard
            case .words(let choices, _)? = parts.first(where: { if case .words(_, false) = $0 { true } else { false } })
        else { return [] }
        var out = choices.compactMap(\.first)
        for part in parts {
            guard case .words(let choices, true) = part else { break }
            out += choices.compactMap(\.first)
        }
        return out
    }

    /// End of the match that begins at `start`, `nil` when there is none. Gaps are tried shortest first; the work is bounded by the gaps' lengths.
    func end(_ words: [UInt32], from start: Int, limit: Int) -> Int? {
        words.withUnsafeBufferPointer { words in
            // Most places fail at the first word.
            guard case .words(let choices, let isOptional)? = parts.first else { return nil }
            if !isOptional, !choices.contains(where: { Self.matches($0, words, start, limit) }) { return nil }
            if notBehind.contains(where: { $0.count <= start && Self.matches($0, words, start - $0.count, start) }) {
                return nil
            }
            return end(words, part: 0, from: start, gap: 0, limit: limit)
        }
    }

    /// Places tried for one part; what matches at all matches at one of the first.
    private static let mostPlaces = 6

    private func end(_ words: UnsafeBufferPointer<UInt32>, part number: Int, from start: Int, gap: Int, limit: Int)
        -> Int?
    {
        guard number < parts.count else { return start }
        switch parts[number] {
        case .gap(let length): return end(words, part: number + 1, from: start, gap: gap + length, limit: limit)
        case .noneOf(let choices):
            if choices.contains(where: { Self.matches($0, words, start, limit) }) { return nil }
            return end(words, part: number + 1, from: start, gap: gap, limit: limit)
        case .words(let choices, let isOptional):
            var tried = 0
            let last = min(limit, start + gap)
            var position = start
            while position <= last, tried < Self.mostPlaces {
                for choice in choices where Self.matches(choice, words, position, limit) {
                    tried += 1
                    if let end = end(words, part: number + 1, from: position + choice.count, gap: 0, limit: limit) {
                        return end
                    }
                }
                position += 1
            }
            // A gap that was not used stays open behind an optional word.
            return isOptional ? end(words, part: number + 1, from: start, gap: gap, limit: limit) : nil
        }
    }

    private static func matches(
        _ sequence: [UInt32], _ words: UnsafeBufferPointer<UInt32>, _ position: Int, _ limit: Int
    ) -> Bool {
        guard position + sequence.count <= limit else { return false }
        for (offset, word) in sequence.enumerated() where words[position + offset] != word { return false }
        return true
    }
}
